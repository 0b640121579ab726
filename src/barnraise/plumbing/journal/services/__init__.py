"""Writes of the journal."""

from .change_sets import add_changes, close_change_set, open_change_set
from .record import record

__all__ = ["add_changes", "close_change_set", "open_change_set", "record"]
