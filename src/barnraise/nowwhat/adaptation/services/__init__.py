"""Writes of revisions, experiments, reviews and lessons."""

from .experiments import add_experiment, change_experiment, judge, remove_experiment, reopen
from .moving import amend_moves, restore_moves, short_line, with_beside, write_moves
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
    take_out_reviews,
)
from .revisions import (
    add_move,
    add_revision,
    approve,
    change_move,
    change_revision,
    drop,
    make_moves,
    remove_move,
    remove_revision,
)
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
    "amend_moves",
    "approve",
    "change_experiment",
    "change_lesson",
    "change_move",
    "change_review",
    "change_revision",
    "drop",
    "follow_up",
    "judge",
    "make_moves",
    "remove_experiment",
    "remove_lesson",
    "remove_move",
    "remove_review",
    "remove_revision",
    "remove_sample",
    "reopen",
    "reopen_lesson",
    "restore",
    "restore_moves",
    "set_aside",
    "take_out_reviews",
    "short_line",
    "with_beside",
    "write_moves",
]
