"""Writes of events: one verb in each module."""

from .check_in import check_in, set_minutes, undo_check_in, walk_in
from .close import cancel_event, close_event, reopen_event
from .following import hand_back, hand_on, hand_on_hosts, let_go, let_go_of_host
from .made import set_made
from .plan import amend_events, change_event, plan_event
from .register import Newcomer, Registered, cancel_registration, confirm, promote, register
from .remove import remove_event, remove_sample
from .rows import restore_rows, write_rows
from .take_in import Incoming, amend_registrations, take_in
from .undo import restore, restore_events

__all__ = [
    "amend_registrations",
    "Incoming",
    "Newcomer",
    "Registered",
    "amend_events",
    "cancel_event",
    "cancel_registration",
    "change_event",
    "check_in",
    "close_event",
    "confirm",
    "hand_back",
    "hand_on",
    "hand_on_hosts",
    "let_go",
    "let_go_of_host",
    "plan_event",
    "promote",
    "register",
    "remove_event",
    "remove_sample",
    "reopen_event",
    "restore",
    "restore_events",
    "restore_rows",
    "set_made",
    "set_minutes",
    "take_in",
    "undo_check_in",
    "walk_in",
    "write_rows",
]
