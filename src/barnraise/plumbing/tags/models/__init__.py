"""The nouns of tags: a tag, and that it sticks to something."""

from .tag import Tag, Tagging

__all__ = ["Tag", "Tagging"]
