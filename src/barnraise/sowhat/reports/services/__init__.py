"""Writes of reports: one verb in each function."""

from .drafting import New, amend_reports, change_report, drafted, remove_report, write, write_report
from .following import MERGED, hand_back, hand_on, let_go
from .issuing import forget_told, issue, remove_sample, restore, withdraw

__all__ = [
    "MERGED",
    "New",
    "amend_reports",
    "change_report",
    "drafted",
    "forget_told",
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
