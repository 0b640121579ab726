"""The nouns of links: short links, their visits, and one-time links that were used."""

from .short_link import ShortLink, Visits
from .used_link import UsedLink

__all__ = ["ShortLink", "UsedLink", "Visits"]
