"""A calendar feed as iCalendar (RFC 5545) text, with the refresh hints of RFC 7986 and of older programs. Pure.

An account may have thousands of items, and programs ask for them every hour: their lines are written here, where a library
that builds a component for each takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from .sockets import CalendarItem

WIDTH = 75
"""Octets of a line."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def written(items: Iterable[CalendarItem], *, name: str, source: str) -> bytes:
    """The whole feed: UTF-8, lines folded at 75 octets, ended by CR LF. Equal items give equal octets."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Barnraise//Next steps//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        f"URL:{source}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        *(line for item in items for line in _event(item)),
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(line if len(line) < WIDTH // 4 else _folded(line) for line in lines).encode()


def _event(item: CalendarItem) -> Iterator[str]:
    stamp = _moment(item.stamped_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(item.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    if item.on is not None:
        after = item.on + timedelta(days=1)
        yield f"DTSTART;VALUE=DATE:{item.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    elif item.starts_at is not None:
        yield f"DTSTART:{_moment(item.starts_at)}"
        yield f"DTEND:{_moment(item.ends_at or item.starts_at)}"
    yield f"SUMMARY:{'✓ ' if item.is_over else ''}{_text(item.summary)}"
    if item.description:
        yield f"DESCRIPTION:{_text(item.description)}"
    yield f"URL:{item.url}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """A value of type TEXT."""
    return words.translate(_ESCAPES)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, those that follow begun by a blank; no letter is cut."""
    octets = line.encode()
    if len(octets) <= WIDTH:
        return line
    pieces, begin, room = [], 0, WIDTH
    while begin < len(octets):
        end = begin + room
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[begin:end].decode())
        begin, room = end, WIDTH - 1
    return "\r\n ".join(pieces)
