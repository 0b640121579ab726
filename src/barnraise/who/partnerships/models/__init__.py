"""The nouns of partnerships."""

from .partnership import Partnership, Stage
from .rating import Rating
from .step import StageChange

__all__ = ["Partnership", "Rating", "Stage", "StageChange"]
