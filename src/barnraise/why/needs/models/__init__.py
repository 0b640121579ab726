"""The nouns of needs."""

from .cycle import Cycle
from .need import Evidence, Need, Score
from .session import Session

__all__ = ["Cycle", "Evidence", "Need", "Score", "Session"]
