"""Verbs of this room."""

from .following import follow, forget
from .snooze import purge, snooze, wake

__all__ = ["follow", "forget", "purge", "snooze", "wake"]
