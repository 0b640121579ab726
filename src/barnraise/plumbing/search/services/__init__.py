"""Writes of search. They follow writes of other rooms and keep no journal of their own."""

from .again import bring_back
from .index import index, index_later, remove
from .reindex import compare_counts, reindex, reindex_step

__all__ = ["bring_back", "compare_counts", "index", "index_later", "reindex", "reindex_step", "remove"]
