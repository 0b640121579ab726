"""Time zones as databases need them that know none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SINCE = 1990
"""Earlier instants are taken to lie as far from UTC as the first of this year did."""


@lru_cache(maxsize=32)
def offsets(zone: str, *, until: int) -> tuple[tuple[datetime, int], ...]:
    """From when on (UTC) the zone's clocks were how many minutes ahead of UTC, newest first, from SINCE to the end of the year `until`.

    Raises ZoneInfoNotFoundError for a zone there is not.
    """
    place = ZoneInfo(zone)
    at, end = datetime(SINCE, 1, 1, tzinfo=UTC), datetime(until + 1, 1, 1, tzinfo=UTC)
    found = [(at, _minutes(at, place))]
    while at < end:
        following = min(at + timedelta(days=7), end)
        if _minutes(following, place) != found[-1][1]:
            found.append(_turn(at, following, place))
        at = following
    return tuple(reversed(found))


def _minutes(at: datetime, place: ZoneInfo) -> int:
    ahead = at.astimezone(place).utcoffset() or timedelta()
    return int(ahead.total_seconds() // 60)


def _turn(before: datetime, after: datetime, place: ZoneInfo) -> tuple[datetime, int]:
    """The first whole minute of these days at which the offset is another, and that offset."""
    old = _minutes(before, place)
    while after - before > timedelta(minutes=1):
        middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
        if _minutes(middle, place) == old:
            before = middle
        else:
            after = middle
    return after, _minutes(after, place)
