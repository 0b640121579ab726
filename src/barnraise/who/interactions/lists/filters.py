"""Filters of this room's lists: by a name, by words, by days of an instant, by the state of a next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.lists import ChoiceFilter, DateFilter
from barnraise.plumbing.ui.lists.filters import BadFilter, Filter

NAMESAKES = 50
"""So many people of one name are looked at."""


@dataclass(frozen=True)
class NamedFilter(Filter):
    """Rows about whoever has this name (or identifier); `find(text, most)` gives keys, `rows(keys)` a subquery."""

    find: Callable[..., list[int]] = lambda text, most: []
    subquery: Callable[[list[int]], Any] = lambda keys: ()
    nobody: Any = ""

    def read(self, params: QueryDict) -> Any:
        """The name as typed and the keys it means."""
        text = params.get(self.name, "").replace("\x00", "").strip()[:200]
        if not text:
            return None
        keys = self.find(text, NAMESAKES)
        if not keys:
            raise BadFilter(self.nobody % {"name": text[:60]})
        return text, keys

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        return rows.filter(pk__in=self.subquery(value[1]))

    def words(self, value: Any) -> Any:
        """See Filter."""
        return value[0]


@dataclass(frozen=True)
class WordsFilter(Filter):
    """Rows whose search document holds a word that begins with each word asked: an index, at any number of rows."""

    kind: str = ""

    def read(self, params: QueryDict) -> Any:
        """The words."""
        return params.get(self.name, "").replace("\x00", "").strip()[:200] or None

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        return rows.filter(pk__in=self.subquery(value))

    def subquery(self, value: str) -> Any:
        """The keys of the rows that hold the words."""
        return search.keys_with(self.kind, value)

    def words(self, value: Any) -> Any:
        """See Filter."""
        return f"“{value}”"


@dataclass(frozen=True)
class InstantFilter(DateFilter):
    """Days of a date-time field, as a range of its index."""

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        low, high = value
        if low is not None:
            rows = rows.filter(**{f"{self.field}__gte": _midnight(low)})
        return rows.filter(**{f"{self.field}__lt": _midnight(high + timedelta(days=1))}) if high else rows


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


@dataclass(frozen=True)
class StateFilter(ChoiceFilter):
    """Open, late and done next steps."""

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        today = timezone.localdate()
        conditions = {
            "open": Q(done_at__isnull=True),
            "late": Q(done_at__isnull=True, due_on__lt=today),
            "undated": Q(done_at__isnull=True, due_on__isnull=True),
            "done": Q(done_at__isnull=False),
        }
        passing = Q()
        for one in value:
            passing |= conditions[one]
        return rows.filter(passing)
