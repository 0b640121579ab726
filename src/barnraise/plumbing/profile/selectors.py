"""The installation, read at most once in a request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .choices import currencies, languages, time_zone_choices
from .models import Installation

__all__ = ["currencies", "forget", "held", "home_country", "installation", "languages", "time_zone_choices"]

_held: ContextVar[list[Installation] | None] = ContextVar("profile_installation", default=None)


def installation() -> Installation:
    """The installation's facts; an unsaved row with the defaults before anybody has stated them.

    One query by primary key; inside `held()` (every request) only the first call asks the database.
    """
    held = _held.get()
    if held:
        return held[0]
    found = Installation.objects.filter(pk=1).first() or Installation(id=1)
    if held is not None:
        held.append(found)
    return found


@contextmanager
def held() -> Iterator[None]:
    """Inside the block `installation()` keeps its answer until `forget()`."""
    token = _held.set([])
    try:
        yield
    finally:
        _held.reset(token)


def home_country() -> str:
    """Where a phone number without country code is dialled, as far as the currency says it; "US" where it does not."""
    return {"USD": "US", "GBP": "GB", "CAD": "CA", "MXN": "MX"}.get(installation().currency, "US")


def forget() -> None:
    """The next `installation()` asks the database again; whoever writes calls it."""
    held = _held.get()
    if held is not None:
        held.clear()
