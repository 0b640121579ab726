"""Writes of consents: one verb in each module."""

from ..faults import Said
from .following import hand_back, hand_on, let_go
from .purposes import (
    add_purpose,
    amend_purpose,
    bring_purpose,
    change_purpose,
    check_purpose,
    end_purpose,
    remove_purpose,
    reopen_purpose,
    restore_purposes,
)
from .record import choose, record_consent, withdraw, write
from .sample import remove_sample
from .settle import settle
from .undo import restore

__all__ = [
    "Said",
    "add_purpose",
    "amend_purpose",
    "bring_purpose",
    "check_purpose",
    "restore_purposes",
    "change_purpose",
    "choose",
    "end_purpose",
    "hand_back",
    "hand_on",
    "let_go",
    "record_consent",
    "remove_purpose",
    "remove_sample",
    "reopen_purpose",
    "restore",
    "settle",
    "withdraw",
    "write",
]
