"""Writes of reports: one verb in each function."""

from .drafting import New, change_report, remove_report, write, write_report
from .following import MERGED, hand_back, hand_on, let_go
from .issuing import issue, remove_sample, restore, withdraw

__all__ = [
    "MERGED",
    "New",
    "change_report",
    "hand_back",
    "hand_on",
    "issue",
    "let_go",
    "remove_report",
    "remove_sample",
    "restore",
    "withdraw",
    "write",
    "write_report",
]
