"""The noun of search: a document."""

from .document import SearchDocument

__all__ = ["SearchDocument"]
