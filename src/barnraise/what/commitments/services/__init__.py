"""Writes of promises: one verb in each module."""

from .change import change_commitment
from .following import hand_back, hand_on, let_go
from .make import New, make_commitment, write
from .remove import remove_commitment, remove_sample
from .settle import amend_commitments, reopen, settle
from .undo import restore

__all__ = [
    "amend_commitments",
    "New",
    "change_commitment",
    "hand_back",
    "hand_on",
    "let_go",
    "make_commitment",
    "remove_commitment",
    "remove_sample",
    "reopen",
    "restore",
    "settle",
    "write",
]
