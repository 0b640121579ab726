"""How the rows of a list are read: found by its rarest filter and then sorted, or walked in order with every row tested.

A filter that lets few rows through is quickest looked up; one that lets many through is quickest met while walking the
list. Which it is tells a capped count of what each filter alone lets through, which the page shows anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from . import keyset
from .filters import CAP, FEW, Filter
from .keyset import Order, Position
from .selection import Asked, capped_count

WALKED = 20_000
"""Rows that are tested before the walk is given up: those wanted may all stand at the other end of the order."""


class Plan:
    """The rows that an address asks for. `keyset.page` and its neighbours read it like a QuerySet."""

    def __init__(self, rows: QuerySet[Any], values: Iterable[tuple[Filter, Any]]) -> None:
        self._all = rows
        self._parts = [(filter_, part) for filter_, value in values for part in filter_.parts(value)]
        self.model = rows.model

    @classmethod
    def of(cls, asked: Asked, actor: Any) -> Plan:
        """The rows that match an address, of those the actor may see."""
        return cls(asked.page.rows(actor), asked.active())

    @cached_property
    def _rarest(self) -> tuple[int, Filter, Any, Any]:
        """(how many rows, CAP + 1 for many; the filter; its value; their keys) of the part that lets fewest through."""
        sized = []
        for filter_, value in self._parts:
            size, keys = filter_.sized(self._all, value)
            sized.append((size, filter_, value, keys))
        return min(sized, key=lambda one: (one[0], not one[1].is_exact(self._all)))

    @property
    def _tested(self) -> QuerySet[Any]:
        rows = self._all
        for filter_, value in self._parts:
            rows = filter_.test(rows, value)
        return rows

    @property
    def _found(self) -> QuerySet[Any]:
        size, rarest, wanted, keys = self._rarest
        if isinstance(keys, list) and size <= CAP:
            return self._tested.filter(pk__in=keys)
        rows = self._all
        for filter_, value in self._parts:
            if (filter_, value) != (rarest, wanted):
                rows = filter_.test(rows, value)
        return rarest.narrow(rows, wanted)

    def take(self, order: Order, position: Position | None, size: int) -> list[Any]:
        """See keyset.take."""
        if not self._parts:
            return keyset.take(self._all, order, position, size)
        if self._rarest[0] <= FEW:
            return keyset.take(self._found, order, position, size, is_sorted=True)
        edge = keyset.skipped(self._all, order, position, WALKED)
        rows = keyset.before(self._tested, order, edge) if edge else self._tested
        found = keyset.take(rows, order, position, size)
        if len(found) == size or edge is None:
            return found
        return keyset.take(self._found, order, position, size, is_sorted=True)

    def count(self) -> tuple[int, bool]:
        """How many rows, and whether there are more than were counted.

        Of many rows that one filter lets through a few are asked for the others: "312 and more" is at least 312.
        """
        if not self._parts:
            return capped_count(self._all)
        size, rarest, _value, keys = self._rarest
        if len(self._parts) == 1 and rarest.is_exact(self._all):
            return min(size, CAP), size > CAP
        if size <= CAP:
            return self._found.count(), False
        return self._tested.filter(pk__in=keys[:FEW]).count(), True
