"""A filter of lists by words: what search holds of the rows of one kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from barnraise.plumbing.ui.lists.filters import CAP, FEW, Filter

from .matching import holds, keys_with, some_with


@dataclass(frozen=True)
class Words:
    """What was typed. Two of the same text are equal; each looks up once how many rows hold it."""

    kind: str
    text: str

    @cached_property
    def some(self) -> tuple[list[int], bool]:
        """See `some_with`."""
        return some_with(self.kind, self.text, FEW + 1)


@dataclass(frozen=True)
class WordsFilter(Filter):
    """Rows whose search document holds a word that begins with each word asked: an index, at any number of rows."""

    kind: str = ""
    told_in: str = ""
    """The field, if the list sorts by one, that most of these words stand in: rows with a common word lie together there,
    and a walk that begins elsewhere would not meet them."""

    def read(self, params: QueryDict) -> Any:
        """The words."""
        text = params.get(self.name, "").replace("\x00", "").strip()[:200]
        return Words(self.kind, text) if text else None

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return Q(pk__in=self.subquery(value))

    def subquery(self, value: Any) -> Any:
        """The keys of the rows that hold the words."""
        return keys_with(self.kind, value.text)

    def sized(self, rows: QuerySet[Any], value: Any) -> tuple[int, list[int]]:
        """See Filter."""
        keys, are_many = value.some
        return CAP + 1 if are_many else len(keys), keys

    def listing(self, model: Any, value: Any) -> None:
        """See Filter. All keys of a common word would be too many."""

    def is_exact(self, rows: QuerySet[Any]) -> bool:
        """See Filter. There may be many more than were looked up."""
        return False

    def test(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Look at the words of every row met: a word that many rows hold is soon met, and its list would be long."""
        return rows.filter(holds(self.kind, value.text))

    def words(self, value: Any) -> Any:
        """See Filter."""
        return f"“{value.text}”"

    def is_scattered(self, value: Any, field: str) -> bool:
        """See Filter."""
        return field == self.told_in and value.some[1]
