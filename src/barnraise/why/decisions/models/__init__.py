"""The nouns of decisions."""

from .decision import Decision
from .proposal import Comment, Proposal
from .vote import Voice, Vote

__all__ = ["Comment", "Decision", "Proposal", "Voice", "Vote"]
