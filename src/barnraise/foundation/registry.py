"""Sockets: named places where an upper room plugs something into a lower one.

A socket is owned by the lowest room that knows the noun, and lives in that room's `sockets.py`.
An upper room plugs in from its `feature.py`, which is imported once at start-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")

_ALL: dict[str, Socket[object]] = {}


class SocketError(LookupError):
    """A name was plugged twice, or asked for and never plugged."""


class Socket(Generic[T]):
    """An ordered, named collection of plugs of one type.

    `name` is "<room>.<noun>", unique in the house; `doc` says what a plug gives (a house test requires it).
    """

    def __init__(self, name: str, *, doc: str) -> None:
        if name in _ALL:
            raise SocketError(f"A socket named {name!r} exists already.")
        self.name = name
        self.doc = doc
        self._plugs: dict[str, tuple[int, T]] = {}
        _ALL[name] = self  # type: ignore[assignment]

    def plug(self, name: str, value: T, *, order: int = 100) -> T:
        """Add `value` under `name`. Raises SocketError when the name is taken."""
        if name in self._plugs:
            raise SocketError(f"{self.name}: {name!r} is plugged already.")
        self._plugs[name] = (order, value)
        return value

    def plugging(self, name: str, *, order: int = 100) -> Callable[[T], T]:
        """`plug` as a decorator."""

        def accept(value: T) -> T:
            return self.plug(name, value, order=order)

        return accept

    def get(self, name: str) -> T:
        """The plug of that name. Raises SocketError naming the socket and what it holds."""
        try:
            return self._plugs[name][1]
        except KeyError:
            known = ", ".join(self._plugs) or "nothing"
            raise SocketError(f"{self.name}: nothing is plugged as {name!r} (it holds {known}).") from None

    def find(self, name: str) -> T | None:
        """The plug of that name, or None."""
        found = self._plugs.get(name)
        return found[1] if found else None

    def items(self) -> list[tuple[str, T]]:
        """(name, plug) by order, then name."""
        return [
            (name, value)
            for name, (order, value) in sorted(self._plugs.items(), key=lambda i: (i[1][0], i[0]))
        ]

    def __iter__(self) -> Iterator[T]:
        return (value for _, value in self.items())

    def __len__(self) -> int:
        return len(self._plugs)

    def __contains__(self, name: str) -> bool:
        return name in self._plugs

    @contextmanager
    def plugged(self, name: str, value: T, *, order: int = 0) -> Iterator[T]:
        """Plug for the length of a `with` block; a plug of the same name comes back afterwards."""
        before = self._plugs.get(name)
        self._plugs[name] = (order, value)
        try:
            yield value
        finally:
            if before is None:
                del self._plugs[name]
            else:
                self._plugs[name] = before


def all_sockets() -> dict[str, Socket[object]]:
    """Every socket of the house by name."""
    return dict(sorted(_ALL.items()))
