"""Filters of this room's lists: by a name, by words, by days of an instant, by the state of a next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.http import QueryDict
from django.utils import timezone

from barnraise.plumbing.ui.lists import ChoiceFilter
from barnraise.plumbing.ui.lists.filters import BadFilter, Filter

from ..models import Interaction

NAMESAKES = 50
"""So many people of one name are looked at."""


@dataclass(frozen=True)
class NamedFilter(Filter):
    """Rows about whoever has this name (or identifier); `find(text, most)` gives keys, `subquery(keys)` those of the rows,
    in its field `column`.
    """

    find: Callable[..., list[int]] = lambda text, most: []
    subquery: Callable[[list[int]], QuerySet[Any, Any]] = lambda keys: QuerySet()
    column: str = "pk"
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

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return Q(pk__in=self.subquery(value[1]).values(self.column))

    def keys(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        return self.subquery(value[1]).values(self.column).distinct()

    def is_exact(self, rows: QuerySet[Any]) -> bool:
        """See Filter."""
        return not rows.query.where

    def test(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        return rows.filter(Exists(self.subquery(value[1]).filter(**{self.column: OuterRef("pk")})))

    def words(self, value: Any) -> Any:
        """See Filter."""
        return value[0]


class _Written(Value):
    """A constant that stands in the statement itself: only so SQLite sees that an index over some rows holds those asked for."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Never a value from outside."""
        return f"'{self.value}'", []


@dataclass(frozen=True)
class SeenFilter(ChoiceFilter):
    """Who may read it; the few that only coordinators read have an index of their own."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        few = Interaction.Visibility.COORDINATORS.value
        return Q(visibility=_Written(few)) if value == [few] else super().passing(value)


@dataclass(frozen=True)
class StateFilter(ChoiceFilter):
    """Open, late and done next steps."""

    def passing(self, value: Any) -> Q:
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
        return passing
