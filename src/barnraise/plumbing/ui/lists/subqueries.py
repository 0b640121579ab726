"""A filter of lists by what hangs on other tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Exists, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from .filters import CAP, ChoiceFilter


@dataclass(frozen=True)
class SubqueryFilter(ChoiceFilter):
    """Rows whose key is among `subquery(value)`, for things that hang on other tables (tags, communities)."""

    subquery: Callable[[str], Any] = lambda value: ()
    is_all: bool = False

    def parts(self, value: Any) -> list[Any]:
        """See Filter."""
        return [[one] for one in value] if self.is_all else [value]

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Any of the values, or all of them when `is_all`."""
        for part in self.parts(value):
            passing = Q()
            for one in part:
                passing |= Q(pk__in=self.subquery(one))
            rows = rows.filter(passing)
        return rows

    def keys(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any] | list[int]:
        """See Filter."""
        found = [self.subquery(one) for one in value]
        if len(found) == 1 and isinstance(found[0], QuerySet):
            return found[0].distinct()
        keys: set[int] = set()
        for one in found:
            keys.update(_plain(one)[: CAP + 1])
        return sorted(keys)[: CAP + 1]

    def listing(self, model: type[Model], value: Any) -> QuerySet[Any] | None:
        """See Filter."""
        found = [self.subquery(one) for one in value]
        if not all(isinstance(one, QuerySet) for one in found):
            return super().listing(model, value)
        listed: QuerySet[Any] = reduce(or_, found)
        return listed.order_by()

    def is_exact(self, rows: QuerySet[Any]) -> bool:
        """See Filter."""
        return not rows.query.where

    def test(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Ask for every row whether the other table has it, instead of collecting all keys of that table first."""
        for part in self.parts(value):
            passing = Q()
            for one in part:
                found = self.subquery(one)
                if isinstance(found, QuerySet):
                    passing |= Q(Exists(found.filter(**{column_of(found): OuterRef("pk")})))
                else:
                    passing |= Q(pk__in=found)
            rows = rows.filter(passing)
        return rows


def is_there(rows: QuerySet[Any]) -> Q:
    """Whether there is such a row, with OuterRef in its conditions, looked up for every row that asks.

    For an EXISTS PostgreSQL would rather collect all rows first, which is dear where only the first page is asked for.
    """
    one = rows.order_by().annotate(is_there=Value(True)).values("is_there")[:1]
    return Q(Coalesce(Subquery(one, output_field=BooleanField()), Value(False)))


def column_of(subquery: QuerySet[Any]) -> str:
    """What a subquery of one column selects."""
    (name,) = subquery.query.values_select
    return str(name)


def _plain(keys: Any) -> Any:
    """A query or a collection of keys, so that it can be sliced."""
    return (
        keys.values_list(column_of(keys), flat=True).distinct() if isinstance(keys, QuerySet) else list(keys)
    )
