"""An event as an iCalendar file (RFC 5545). Pure."""

from __future__ import annotations

from datetime import UTC

from icalendar import Calendar
from icalendar import Event as Entry

from .models import Event


def written(event: Event, *, host: str, url: str) -> bytes:
    """The file: UTF-8, lines folded at 75 octets, ended by CR LF. A cancelled event says so, and calendars take it out."""
    calendar = Calendar()
    calendar.add("prodid", "-//Barnraise//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if event.cancelled_at else "PUBLISH")
    entry = Entry()
    entry.add("uid", f"{event.uuid}@{host}")
    entry.add("dtstamp", event.updated_at.astimezone(UTC).replace(microsecond=0))
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", event.title)
    if event.place:
        entry.add("location", event.place)
    if event.about:
        entry.add("description", event.about)
    entry.add("url", url)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
