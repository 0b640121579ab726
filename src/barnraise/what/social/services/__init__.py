"""Writes of posts: one verb in each module."""

from .accounts import (
    add_account,
    amend_accounts,
    change_account,
    connect_account,
    end_account,
    restore_accounts,
    write_accounts,
)
from .amend import REACHED_FROM, amend_messages, amend_variants
from .approve import approve, fit, unapprove
from .change import OPEN, change_message, change_variant
from .make import New, draft_from, make_message, write
from .post import Answer, ask_network, keep_answer, post_by_hand, queue, take_down
from .reach import amend_reaches, note_reach, remove_reach, write_reaches
from .remove import remove_message, remove_sample
from .undo import restore, restore_reaches, restore_variants

__all__ = [
    "OPEN",
    "REACHED_FROM",
    "Answer",
    "New",
    "add_account",
    "amend_accounts",
    "amend_messages",
    "amend_reaches",
    "amend_variants",
    "approve",
    "ask_network",
    "change_account",
    "change_message",
    "change_variant",
    "connect_account",
    "draft_from",
    "end_account",
    "fit",
    "keep_answer",
    "make_message",
    "note_reach",
    "post_by_hand",
    "queue",
    "remove_message",
    "remove_reach",
    "remove_sample",
    "restore",
    "restore_accounts",
    "restore_reaches",
    "restore_variants",
    "take_down",
    "unapprove",
    "write",
    "write_accounts",
    "write_reaches",
]
