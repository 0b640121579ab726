"""The tables of this room."""

from .answer import Answer
from .clock import ResponseClock
from .issue import Issue

__all__ = ["Answer", "ResponseClock", "Issue"]
