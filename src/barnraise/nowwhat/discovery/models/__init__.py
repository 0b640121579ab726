"""The nouns of discovery."""

from .candidate import Candidate

__all__ = ["Candidate"]
