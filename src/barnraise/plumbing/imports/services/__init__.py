"""Writes of imports."""

from .absent import add_absent, join_absent
from .choose import choose, decide, set_format, set_mapping, set_noun, set_series
from .following import forget_record, move_listings
from .give import Unreadable, give
from .start import begin_waiting, start_check, start_next, start_run
from .stop import cancel, take_back, undo

__all__ = [
    "Unreadable",
    "add_absent",
    "begin_waiting",
    "cancel",
    "choose",
    "decide",
    "forget_record",
    "give",
    "move_listings",
    "join_absent",
    "set_format",
    "set_mapping",
    "set_noun",
    "set_series",
    "start_check",
    "start_next",
    "start_run",
    "take_back",
    "undo",
]
