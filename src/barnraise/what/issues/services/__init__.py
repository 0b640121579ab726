"""Writes of concerns: one verb in each module."""

from .amend import Amended, amend_issues
from .answer import answer_issue, decline
from .bring import raise_issue
from .change import change_issue
from .clocks import set_clocks
from .following import hand_back, hand_on, let_go
from .remove import remove_issue, remove_sample
from .reopen import asker_says, reopen
from .resolve import resolve
from .undo import restore
from .write import New, Said, write

__all__ = [
    "Amended",
    "New",
    "Said",
    "amend_issues",
    "answer_issue",
    "asker_says",
    "change_issue",
    "decline",
    "hand_back",
    "hand_on",
    "let_go",
    "raise_issue",
    "remove_issue",
    "remove_sample",
    "reopen",
    "resolve",
    "restore",
    "set_clocks",
    "write",
]
