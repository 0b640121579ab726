"""Reads of search."""

from .find import Hit, find, find_by_kind, holding, kinds_for
from .matching import holds, keys_with, some_with

__all__ = ["Hit", "find", "find_by_kind", "holding", "holds", "keys_with", "kinds_for", "some_with"]
