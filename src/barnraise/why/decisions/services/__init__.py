"""Writes of decisions: one verb in each function."""

from .ballots import take_ballots_back, write_ballots
from .comments import add_comment, bring_comments, change_comment, remove_comment
from .decisions import (
    add_decision,
    amend_decisions,
    carry,
    change_decision,
    check_decision,
    drop_decision,
    follow_up,
    open_proposals,
    open_vote,
    remove_decision,
    restore_decisions,
    settle,
)
from .following import hand_back, hand_on, let_go
from .proposals import amend_said, moderate, name_proposer, propose, restore, write
from .sample import remove_sample
from .vote import vote

__all__ = [
    "take_ballots_back",
    "write_ballots",
    "add_comment",
    "amend_said",
    "bring_comments",
    "add_decision",
    "amend_decisions",
    "check_decision",
    "restore_decisions",
    "carry",
    "change_comment",
    "change_decision",
    "drop_decision",
    "follow_up",
    "hand_back",
    "hand_on",
    "let_go",
    "moderate",
    "name_proposer",
    "open_proposals",
    "open_vote",
    "propose",
    "remove_comment",
    "remove_decision",
    "remove_sample",
    "restore",
    "settle",
    "vote",
    "write",
]
