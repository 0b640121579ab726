"""Writes of needs: one verb in each function."""

from .communities import move_uses, release_uses
from .cycles import (
    add_cycle,
    amend_cycles,
    change_cycle,
    check_cycle,
    close_cycle,
    remove_cycle,
    reopen_cycle,
)
from .evidence import (
    add_evidence,
    amend_evidence,
    change_evidence,
    check_evidence,
    remove_evidence,
    take_out_evidence,
)
from .needs import add_need, amend, change_need, end_need, remove_need, reopen_need, restore, write
from .sample import remove_sample
from .score import amend_scores, check_score, forget_rater, remove_score, score_need, scored_by
from .sessions import add_session, amend_sessions, change_session, check_session, remove_session
from .undo import restore_parts

__all__ = [
    "amend",
    "amend_cycles",
    "amend_evidence",
    "amend_scores",
    "amend_sessions",
    "check_cycle",
    "check_evidence",
    "check_score",
    "check_session",
    "restore_parts",
    "add_cycle",
    "add_evidence",
    "add_need",
    "add_session",
    "change_cycle",
    "change_evidence",
    "change_need",
    "change_session",
    "close_cycle",
    "end_need",
    "move_uses",
    "release_uses",
    "remove_cycle",
    "remove_evidence",
    "remove_need",
    "remove_sample",
    "remove_score",
    "remove_session",
    "reopen_cycle",
    "reopen_need",
    "restore",
    "forget_rater",
    "score_need",
    "scored_by",
    "take_out_evidence",
    "write",
]
