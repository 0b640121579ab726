"""A filter of lists by words: what search holds of the rows of one kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from barnraise.plumbing.ui.lists.filters import CAP, FEW, Filter

from .matching import holds, keys_with, some_with


@dataclass(frozen=True)
class WordsFilter(Filter):
    """Rows whose search document holds a word that begins with each word asked: an index, at any number of rows."""

    kind: str = ""

    def read(self, params: QueryDict) -> Any:
        """The words."""
        return params.get(self.name, "").replace("\x00", "").strip()[:200] or None

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return Q(pk__in=self.subquery(value))

    def subquery(self, value: str) -> Any:
        """The keys of the rows that hold the words."""
        return keys_with(self.kind, value)

    def sized(self, rows: QuerySet[Any], value: Any) -> tuple[int, list[int]]:
        """See Filter."""
        keys, are_many = some_with(self.kind, value, FEW + 1)
        return CAP + 1 if are_many else len(keys), keys

    def listing(self, model: Any, value: Any) -> None:
        """See Filter. All keys of a common word would be too many."""

    def is_exact(self, rows: QuerySet[Any]) -> bool:
        """See Filter. There may be many more than were looked up."""
        return False

    def test(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Look at the words of every row met: a word that many rows hold is soon met, and its list would be long."""
        return rows.filter(holds(self.kind, value))

    def words(self, value: Any) -> Any:
        """See Filter."""
        return f"“{value}”"
