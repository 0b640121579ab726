"""The tables of this room."""

from .answer import Answer
from .issue import Issue

__all__ = ["Answer", "Issue"]
