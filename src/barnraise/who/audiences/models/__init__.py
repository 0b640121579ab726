"""The nouns of audiences."""

from .audience import Audience, Rule

__all__ = ["Audience", "Rule"]
