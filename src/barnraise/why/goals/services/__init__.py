"""Writes of goals."""

from .amend import amend
from .cite import cite, rest_on, uncite
from .endorse import (
    amend_endorsements,
    answer,
    ask,
    bring_endorsement,
    check_answer,
    forget_signer,
    note_answer,
    take_back,
)
from .goals import add_goal, agree_goal, change_goal, end_goal, remove_goal, reopen_goal
from .indicators import add_indicator, change_indicator, end_indicator, remove_indicator, reopen_indicator
from .logic import (
    add_arrow,
    add_step,
    amend_step,
    change_step,
    check_step,
    lead_to,
    remove_arrow,
    remove_step,
    take_out_step,
)
from .objectives import (
    add_objective,
    agree_objective,
    change_objective,
    end_objective,
    remove_objective,
    reopen_objective,
)
from .sample import remove_sample
from .undo import restore, restore_rows

__all__ = [
    "amend_endorsements",
    "amend_step",
    "bring_endorsement",
    "check_answer",
    "check_step",
    "forget_signer",
    "lead_to",
    "restore_rows",
    "take_out_step",
    "add_arrow",
    "add_goal",
    "add_indicator",
    "add_objective",
    "add_step",
    "amend",
    "agree_goal",
    "agree_objective",
    "answer",
    "ask",
    "change_goal",
    "change_indicator",
    "change_objective",
    "change_step",
    "cite",
    "end_goal",
    "end_indicator",
    "end_objective",
    "note_answer",
    "remove_arrow",
    "remove_goal",
    "remove_indicator",
    "remove_objective",
    "remove_sample",
    "remove_step",
    "reopen_goal",
    "reopen_indicator",
    "reopen_objective",
    "restore",
    "take_back",
    "rest_on",
    "uncite",
]
