"""Writes of revisions, experiments, reviews and lessons."""

from .experiments import add_experiment, change_experiment, judge, remove_experiment, reopen
from .reviews import (
    add_lesson,
    add_review,
    change_lesson,
    change_review,
    follow_up,
    remove_lesson,
    remove_review,
    reopen_lesson,
    set_aside,
)
from .revisions import add_move, add_revision, approve, change_revision, drop, remove_move, remove_revision
from .sample import remove_sample
from .undo import restore
from .writing import amend

__all__ = [
    "add_experiment",
    "add_lesson",
    "add_move",
    "add_review",
    "add_revision",
    "amend",
    "approve",
    "change_experiment",
    "change_lesson",
    "change_review",
    "change_revision",
    "drop",
    "follow_up",
    "judge",
    "remove_experiment",
    "remove_lesson",
    "remove_move",
    "remove_review",
    "remove_revision",
    "remove_sample",
    "reopen",
    "reopen_lesson",
    "restore",
    "set_aside",
]
