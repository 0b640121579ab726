"""Writes of feedback: one verb in each function."""

from .amending import amend_answers, amend_comments, amend_marks, amend_themes, write_answers, write_themes
from .answering import (
    answer_comments,
    change_answer,
    publish,
    remove_answer,
    set_aside,
    wait_again,
    withdraw,
    write_answer,
)
from .following import MERGED, hand_back, hand_on, let_go
from .gather import New, gather, note_comment, remove_comment, remove_sample, sweep, write
from .theming import add_theme, change_theme, remove_theme, set_themes, suggest, take_suggestion
from .undo import restore, restore_answers, restore_marks, restore_themes

__all__ = [
    "MERGED",
    "New",
    "add_theme",
    "amend_answers",
    "amend_comments",
    "amend_marks",
    "amend_themes",
    "answer_comments",
    "change_answer",
    "change_theme",
    "gather",
    "hand_back",
    "hand_on",
    "let_go",
    "note_comment",
    "publish",
    "remove_answer",
    "remove_comment",
    "remove_sample",
    "remove_theme",
    "restore",
    "restore_answers",
    "restore_marks",
    "restore_themes",
    "set_aside",
    "set_themes",
    "suggest",
    "sweep",
    "take_suggestion",
    "wait_again",
    "withdraw",
    "write",
    "write_answer",
    "write_answers",
    "write_themes",
]
