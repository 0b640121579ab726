"""Reads of search."""

from .find import Hit, find, find_by_kind, holding, kinds_for

__all__ = ["Hit", "find", "find_by_kind", "holding", "kinds_for"]
