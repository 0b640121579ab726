"""How the rows of a list are read: found by its filters and then sorted, or walked in order with every row tested.

A filter that lets few rows through is quickest looked up; one that lets many through is quickest met while walking the
list. Which it is tells a capped count of what each filter alone lets through, which the page shows anyway. Several common
filters may let few rows through together: what they list is intersected until more than a few have been met.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from . import keyset
from .among import Among
from .filters import CANDIDATES, CAP, FEW, Filter
from .keyset import Order, Position
from .selection import Asked, capped_count
from .subqueries import column_of

SHORT, WALKED = 5_000, 20_000
"""Rows that are tested before a walk is given up: those wanted may all stand at the other end of the order. Where several
filters are set it is given up sooner at first, and the rows they let through together are looked for. Where more would have to be
found and sorted instead, as many are walked: at worst the page costs twice the better way."""

TOGETHER = 5_000
"""So many rows that several common filters let through are found and sorted."""

LISTED = 150_000
"""Filters that let no more rows through are listed and intersected; rows of the others are tested."""

REMEMBERED = 600
"""Seconds for which the size of such a list is remembered: it decides how to read, never what is shown."""

_sizes: dict[tuple[Any, ...], tuple[float, int]] = {}


class Plan:
    """The rows that an address asks for. `keyset.page` and its neighbours read it like a QuerySet."""

    def __init__(self, rows: QuerySet[Any], values: Iterable[tuple[Filter, Any]]) -> None:
        self._all = rows
        self._parts = [(filter_, part) for filter_, value in values for part in filter_.parts(value)]
        self.model = rows.model
        self._listed: dict[int, int] = {}
        # Whether a short walk met so many rows that a longer one may be expected to fill the page.
        self._is_common = False

    @classmethod
    def of(cls, asked: Asked, actor: Any) -> Plan:
        """The rows that match an address, of those the actor may see."""
        return cls(asked.page.rows(actor), asked.active())

    @cached_property
    def _rarest(self) -> tuple[int, Filter, Any, Any]:
        """(how many rows, CAP + 1 for many; the filter; its value; their keys) of the part that lets fewest through."""
        sized = []
        for filter_, value in self._parts:
            named = filter_.candidates(value) if len(self._parts) > 1 else None
            size, keys = filter_.sized(self._all, value) if named is None else (len(named), named)
            sized.append((size if named is None or size <= CANDIDATES else CAP + 1, filter_, value, keys))
        return min(sized, key=lambda one: (one[0], not one[1].is_exact(self._all)))

    @cached_property
    def _together(self) -> tuple[list[int] | None, bool]:
        """(keys of the rows that several common filters let through, or None; whether they are more than TOGETHER)"""
        size, _filter, _value, keys = self._rarest
        if len(self._parts) < 2 or size <= FEW:
            return None, False
        if isinstance(keys, list) and size <= CAP:
            return _keys_of(self._tested.filter(Among("pk", keys)))
        lists, without, rows = self._lists, self._without, self._all
        for at, (filter_, value) in enumerate(self._parts):
            rows = rows if at in lists or at in without else filter_.test(rows, value)
        if len(lists) + len(without) < 2:
            return _keys_of(rows.filter(pk__in=lists[min(lists)])) if lists else (None, False)
        is_all = len(lists) + len(without) == len(self._parts) and not rows.query.where
        most = TOGETHER if is_all else CAP
        found = list(shared(list(lists.values()), list(without.values()))[: most + 1])
        if len(found) > most:
            return None, is_all
        return (found, False) if is_all else _keys_of(rows.filter(Among("pk", found)))

    @cached_property
    def _lists(self) -> dict[int, QuerySet[Any]]:
        """By place of the filter: the keys it lists, where they are not too many. `_listed`: how many."""
        found = {}
        for at, (filter_, value) in enumerate(self._parts):
            keys = filter_.listing(self.model, value)
            if keys is not None:
                self._listed[at] = _size_of(keys, (self.model, filter_.name, repr(value)))
                if self._listed[at] <= LISTED:
                    found[at] = keys
        return found

    @cached_property
    def _without(self) -> dict[int, QuerySet[Any]]:
        """Where one filter lists its keys, by place of another: the keys that do not pass it, where they are not too many."""
        found: dict[int, QuerySet[Any]] = {}
        for at, (filter_, value) in enumerate(self._parts if len(self._lists) == 1 else ()):
            keys = None if at in self._lists else filter_.missing(self.model, value)
            if keys is not None and _size_of(keys, (self.model, filter_.name, repr(value), "not")) <= LISTED:
                found[at] = keys
        return found

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
            return self._tested.filter(Among("pk", keys))
        if size > CAP and self._lists:
            rarest, wanted = self._parts[min(self._lists, key=self._listed.__getitem__)]
        rows = self._all
        for filter_, value in self._parts:
            if (filter_, value) != (rarest, wanted):
                rows = filter_.test(rows, value)
        return rarest.narrow(rows, wanted)

    @property
    def _else_read(self) -> int | None:
        """How many rows would be found and sorted where a walk is given up; None for more than LISTED."""
        if self._rarest[0] <= CAP:
            return self._rarest[0]
        return min((self._listed[at] for at in self._lists), default=None)

    def take(self, order: Order, position: Position | None, size: int) -> list[Any]:
        """See keyset.take."""
        if not self._parts:
            return keyset.take(self._all, order, position, size)
        if all(filter_.is_range_of(order.field, value) for filter_, value in self._parts):
            rows = self._all
            for filter_, value in self._parts:
                rows = filter_.narrow(rows, value)
            return keyset.take(rows, order, position, size)
        if self._rarest[0] <= FEW:
            return keyset.take(self._found, order, position, size, is_sorted=True)
        if len(self._parts) > 1:
            if self._is_rare and self._together[0] is not None:
                return self._taken(order, position, size)
            found, is_whole = self._walked(order, position, size, SHORT)
            self._is_common = len(found) * WALKED >= size * SHORT
            if is_whole or (not self._is_common and self._is_told and self._together[0] is not None):
                return found if is_whole else self._taken(order, position, size)
        other = self._else_read
        found, is_whole = self._walked(order, position, size, min(WALKED, max(SHORT, other or WALKED)))
        if not is_whole and (other is None or other > WALKED):
            found, is_whole = self._walked(order, position, size, other)
        return found if is_whole else self._taken(order, position, size)

    def _walked(
        self, order: Order, position: Position | None, size: int, most: int | None
    ) -> tuple[list[Any], bool]:
        """(rows met on a walk of at most `most` rows, None for all; whether these are all that was wanted)"""
        edge = keyset.skipped(self._all, order, position, most) if most is not None else None
        rows = keyset.before(self._tested, order, edge) if edge else self._tested
        found = keyset.take(rows, order, position, size)
        return found, len(found) == size or edge is None

    @property
    def _is_rare(self) -> bool:
        """Whether few rows would pass all filters if these had nothing to do with each other."""
        if isinstance(self._rarest[3], list) and self._rarest[0] <= CANDIDATES:
            return True
        if len(self._lists) < 2:
            return False
        top = self.model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 1
        return math.prod(self._listed[at] / top for at in self._lists) * top <= TOGETHER

    @property
    def _is_told(self) -> bool:
        """Whether the rows that several filters let through together can be told without testing too many."""
        if self._rarest[0] <= CAP or len(self._lists) + len(self._without) > 1:
            return True
        return bool(self._lists) and min(self._listed[at] for at in self._lists) <= WALKED

    def _taken(self, order: Order, position: Position | None, size: int) -> list[Any]:
        """Rows that were found first, then sorted."""
        together, _is_many = self._together
        rows = self._found if together is None else self._all.filter(Among("pk", together))
        return keyset.take(rows, order, position, size, is_sorted=True)

    def count(self) -> tuple[int, bool]:
        """How many rows, and whether there are more than were counted.

        Of many rows that one filter lets through a few are asked for the others: "312 and more" is at least 312.
        """
        if not self._parts:
            return capped_count(self._all)
        size, rarest, _value, keys = self._rarest
        if len(self._parts) == 1 and rarest.is_exact(self._all):
            return min(size, CAP), size > CAP
        if size <= CAP or (self._is_told and not self._is_common):
            together, is_many = self._together
            if together is not None:
                return len(together), False
            if size <= CAP:
                return self._found.count(), False
            if is_many:
                return TOGETHER, True
        some = Among("pk", keys[:FEW]) if isinstance(keys, list) else Q(pk__in=keys[:FEW])
        return self._tested.filter(some).count(), True


def _size_of(keys: QuerySet[Any], name: tuple[Any, ...]) -> int:
    """How many they are, LISTED + 1 for more, as of some minutes ago."""
    now = time.monotonic()
    since, size = _sizes.get(name, (now - REMEMBERED, 0))
    if now - since >= REMEMBERED:
        if len(_sizes) > 1_000:
            _sizes.clear()
        size = keys[: LISTED + 1].count()
        _sizes[name] = now, size
    return size


def _keys_of(rows: QuerySet[Any]) -> tuple[list[int] | None, bool]:
    """(the keys of these rows, or None when they are more than TOGETHER; whether they are more)"""
    keys = list(rows.order_by().values_list("pk", flat=True)[: TOGETHER + 1])
    return (None, True) if len(keys) > TOGETHER else (keys, False)


def shared(lists: list[QuerySet[Any]], without: list[QuerySet[Any]]) -> QuerySet[Any]:
    """The keys that all `lists` hold and none of `without`: SQLite merges what indexes sort, PostgreSQL joins.

    With `without` there is one list.
    """
    first, *others = lists
    column = column_of(first)
    if connection.vendor == "sqlite":
        merged = first.difference(*without) if without else first.intersection(*others)
        return merged.order_by(column).values_list(column, flat=True)
    for other in others:
        first = first.filter(**{f"{column}__in": other})
    for other in without:
        first = first.filter(~Exists(other.filter(**{column_of(other): OuterRef(column)})))
    return first.values_list(column, flat=True).distinct()
