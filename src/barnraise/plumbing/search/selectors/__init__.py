"""Reads of search."""

from .find import Hit, find, find_by_kind, holding, kinds_for
from .matching import keys_with

__all__ = ["Hit", "find", "find_by_kind", "holding", "keys_with", "kinds_for"]
