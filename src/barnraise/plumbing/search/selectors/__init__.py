"""Reads of search."""

from .citing import cited, cited_title, cited_titles
from .find import Hit, find, find_by_kind, holding, kinds_for
from .matching import holds, keys_with, some_with
from .words_filter import WordsFilter

__all__ = [
    "Hit",
    "WordsFilter",
    "cited",
    "cited_title",
    "cited_titles",
    "find",
    "find_by_kind",
    "holding",
    "holds",
    "keys_with",
    "kinds_for",
    "some_with",
]
