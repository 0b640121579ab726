"""Writes of the network: one verb in each function."""

from .answers import NewTie, answer, ask_all, forget_signer, write_ties
from .bring import amend_waves, restore
from .following import MERGED, hand_back, hand_on, let_go
from .ties import amend_ties, end_ties, restore_ties
from .waves import (
    add_members,
    begin_wave,
    change_wave,
    close_wave,
    open_again,
    remove_member,
    remove_sample,
    remove_wave,
)

__all__ = [
    "MERGED",
    "NewTie",
    "add_members",
    "amend_ties",
    "amend_waves",
    "answer",
    "ask_all",
    "begin_wave",
    "change_wave",
    "close_wave",
    "end_ties",
    "forget_signer",
    "hand_back",
    "hand_on",
    "let_go",
    "open_again",
    "remove_member",
    "remove_sample",
    "remove_wave",
    "restore",
    "restore_ties",
    "write_ties",
]
