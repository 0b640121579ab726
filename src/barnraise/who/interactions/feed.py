"""A calendar feed as iCalendar (RFC 5545) text, with the refresh hints of RFC 7986 and of older programs. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Calendar, Event

from .sockets import CalendarItem

REFRESH = timedelta(hours=1)
"""How often calendar programs are asked to come again."""


def written(items: Iterable[CalendarItem], *, name: str, source: str) -> bytes:
    """The whole feed: UTF-8, lines folded at 75 octets, ended by CR LF. Equal items give equal octets."""
    calendar = Calendar()
    calendar.add("prodid", "-//Barnraise//Next steps//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("url", source)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for item in items:
        calendar.add_component(_event(item))
    return bytes(calendar.to_ical())


def _event(item: CalendarItem) -> Event:
    event = Event()
    event.add("uid", item.uid)
    event.add("dtstamp", item.stamped_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", item.stamped_at.astimezone(UTC).replace(microsecond=0))
    if item.on is not None:
        event.add("dtstart", item.on)
        event.add("dtend", item.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    elif item.starts_at is not None:
        event.add("dtstart", item.starts_at.astimezone(UTC))
        event.add("dtend", (item.ends_at or item.starts_at).astimezone(UTC))
    event.add("summary", f"✓ {item.summary}" if item.is_over else item.summary)
    if item.description:
        event.add("description", item.description)
    event.add("url", item.url)
    return event
