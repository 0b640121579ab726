"""The nouns of recognition."""

from .milestone import Mark, Milestone
from .thanks import Thanks

__all__ = ["Mark", "Milestone", "Thanks"]
