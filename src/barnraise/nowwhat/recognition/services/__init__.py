"""Writes of recognition: one verb in each module."""

from .answer import answer_wording, forget_signer
from .following import hand_back, hand_on, let_go
from .marks import add_mark, amend_marks, change_mark, end_mark, look, write_marks
from .milestones import draft_campaign, draft_message, leave
from .remove import remove_sample, remove_thanks
from .thanks import New, amend_thanks, change_thanks, end_thanks, send_thanks, write, write_thanks
from .undo import restore, restore_marks

__all__ = [
    "New",
    "add_mark",
    "amend_marks",
    "amend_thanks",
    "answer_wording",
    "change_mark",
    "change_thanks",
    "draft_campaign",
    "draft_message",
    "end_mark",
    "end_thanks",
    "forget_signer",
    "hand_back",
    "hand_on",
    "leave",
    "let_go",
    "look",
    "remove_sample",
    "remove_thanks",
    "restore",
    "restore_marks",
    "send_thanks",
    "write",
    "write_marks",
    "write_thanks",
]
