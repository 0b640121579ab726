"""Writes of links."""

from .short import change, count_visit, create, end, remove
from .signed import AlreadyUsed, act, forget_expired, sign

__all__ = [
    "AlreadyUsed",
    "act",
    "change",
    "count_visit",
    "create",
    "end",
    "forget_expired",
    "remove",
    "sign",
]
