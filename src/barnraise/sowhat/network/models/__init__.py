"""The nouns of the network."""

from .wave import Member, Tie, Wave

__all__ = ["Member", "Tie", "Wave"]
