"""Writes of links."""

from .short import change, count_visit, count_visits, create, end, remove, remove_sample
from .signed import AlreadyUsed, act, forget_expired, sign

__all__ = [
    "AlreadyUsed",
    "act",
    "change",
    "count_visit",
    "count_visits",
    "create",
    "end",
    "forget_expired",
    "remove",
    "remove_sample",
    "sign",
]
