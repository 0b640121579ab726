"""Selections whose SQL is made once: a page that asks forty small questions spends most of its time on wording them.

Django words a query anew each time it is asked: for a row by its key that takes five times as long as the asking. It hands
its compiler out per query and lets it be copied, which is all that is used here.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connections
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Key = int | str | UUID
MOST = 200
"""Wordings that one selection keeps; more of them than that are made anew."""


class Prepared(Generic[M]):
    """`rows = prepared(make)`: then `rows(*keys, **shape)` gives what `make(*keys, **shape)` gives, as a list.

    `keys` only ever stand as values in the SQL: the columns, joins and conditions must be the same for all of them, and no
    key may be looked into. Whatever decides about more than a value is part of the `shape`, as is a day. Reader's language
    and time zone must not matter. Several keys in an `__in` are several keys.
    """

    def __init__(self, make: Callable[..., QuerySet[M, Any]]) -> None:
        self.make = make
        self._known: dict[Hashable, _Wording | None] = {}

    def __call__(self, *keys: Key, **shape: Hashable) -> list[Any]:
        known_as = (tuple(type(key) for key in keys), tuple(sorted(shape.items())))
        if known_as not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[known_as] = _worded(self.make, keys, shape)
        wording = self._known.get(known_as)
        return wording.read(keys) if wording else list(self.make(*keys, **shape))

    def first(self, *keys: Key, **shape: Hashable) -> M | None:
        """The first row, or None; `make` sees to the order and that there are few."""
        return next(iter(self(*keys, **shape)), None)


prepared = Prepared


class _Wording:
    """The SQL of a selection, and where which key stands among its parameters."""

    def __init__(self, rows: QuerySet[Any, Any], signs: list[Key]) -> None:
        self.rows = rows
        self.compiler = rows.query.get_compiler(rows.db)
        sql, parameters = self.compiler.as_sql()
        self.sql, self.parameters = sql, list(parameters)
        known: dict[Any, int] = {sign: which for which, sign in enumerate(signs)}
        known |= {sign.hex: which for which, sign in enumerate(signs) if isinstance(sign, UUID)}
        self.places = [
            (at, known[value], _as_stored(signs[known[value]], value))
            for at, value in enumerate(self.parameters)
            if isinstance(value, (int, str, UUID)) and value in known
        ]

    def read(self, keys: tuple[Key, ...]) -> list[Any]:
        """What is there for these keys."""
        values = list(self.parameters)
        for at, which, as_stored in self.places:
            values[at] = as_stored(keys[which])
        ready: Any = copy.copy(self.compiler)
        ready.connection = connections[self.rows.db]
        ready.as_sql = lambda *_given, **_named: (self.sql, tuple(values))
        # It holds signs, not keys, so nobody gets it: only its rows.
        found: Any = cast("Any", self.rows)._clone()
        found.query.get_compiler = lambda *_given, **_named: ready
        return list(found)


def _as_stored(sign: Key, value: Any) -> Callable[[Any], Any]:
    """How a key becomes the parameter that a sign became: numbers of the driver's own kind, uuids as it keeps them."""
    if isinstance(sign, UUID):
        return (lambda key: key.hex) if isinstance(value, str) else (lambda key: key)
    return type(value)


def _worded(
    make: Callable[..., QuerySet[Any, Any]], keys: tuple[Key, ...], shape: dict[str, Any]
) -> _Wording | None:
    """The wording, by signs in the place of keys that nothing else looks like; None where a key is no value of it."""
    signs = [_sign(key, at) for at, key in enumerate(keys)]
    try:
        found = _Wording(make(*signs, **shape), signs)
    except (EmptyResultSet, FullResultSet):
        return None
    return found if {which for _at, which, _stored in found.places} == set(range(len(keys))) else None


def _sign(key: Key, at: int) -> Key:
    if isinstance(key, UUID):
        return UUID(int=0xBA2B_0000_0000_4000_8000_5167_0000_0000 + at)
    return f"sign-of-key-{at}-\N{INTERROBANG}" if isinstance(key, str) else 2_009_000_011 + at
