"""Writes of links."""

from .short import (
    amend_links,
    change,
    check,
    count_visit,
    count_visits,
    create,
    end,
    labels,
    remove,
    remove_sample,
    restore,
)
from .signed import AlreadyUsed, act, forget_expired, sign
from .visiting import is_visit

__all__ = [
    "AlreadyUsed",
    "act",
    "amend_links",
    "change",
    "check",
    "count_visit",
    "count_visits",
    "create",
    "end",
    "forget_expired",
    "is_visit",
    "labels",
    "remove",
    "remove_sample",
    "restore",
    "sign",
]
