"""The noun of this room: a reminder that waits."""

from .snooze import Snooze

__all__ = ["Snooze"]
