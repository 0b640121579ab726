"""Writes of the journal."""

from .bulk import bulk_batch, finish_bulk, run_bulk
from .change_sets import add_changes, close_change_set, open_change_set
from .following import MENTIONS, forget_detail, forget_things, move_mentions, restore_mentions
from .inserting import insert, insert_values, reserve_keys
from .keeping import (
    FOLLOWS,
    amend,
    bring_all_back,
    bring_back,
    fields_of,
    is_as_it_came,
    note_resets,
    removal,
    reset,
    reset_row,
    take_away,
    take_out,
    update,
)
from .record import arriving_by, record, way
from .undo import CannotUndo, finish_undo, purge_changes, undo, undo_batch

__all__ = [
    "update",
    "take_away",
    "take_out",
    "reset",
    "reset_row",
    "removal",
    "fields_of",
    "is_as_it_came",
    "bring_back",
    "FOLLOWS",
    "MENTIONS",
    "CannotUndo",
    "add_changes",
    "amend",
    "bring_all_back",
    "arriving_by",
    "bulk_batch",
    "close_change_set",
    "finish_bulk",
    "finish_undo",
    "forget_detail",
    "forget_things",
    "insert",
    "insert_values",
    "move_mentions",
    "note_resets",
    "open_change_set",
    "purge_changes",
    "record",
    "reserve_keys",
    "restore_mentions",
    "run_bulk",
    "undo",
    "undo_batch",
    "way",
]
