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
    "labels",
    "remove",
    "remove_sample",
    "restore",
    "sign",
]
