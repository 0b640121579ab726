"""What upper rooms may lay into the one timeline of a person or an organisation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from barnraise.foundation.html import Safe
from barnraise.foundation.policy import Policy
from barnraise.foundation.refs import Ref
from barnraise.foundation.registry import Socket


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened. `place` is what to pass as `after` for the older ones; `draw()` gives its list item."""

    at: datetime
    place: str
    draw: Callable[[], Safe]


class Reader(Protocol):
    """Reads one strand of a timeline."""

    def __call__(self, ref: Ref, *, actor: Any, after: str, most: int, only: str) -> Sequence[Moment]:
        """At most `most` moments of the thing, newest first, behind the place `after` ("" is the newest).

        `only` is one of the strand's choices, "" for all of them. Only what the actor may see; a fixed number of queries.
        """
        ...


@dataclass(frozen=True, slots=True)
class Strand:
    """What of one kind happened to a thing. `choices` are (value, label) a reader may narrow the timeline to."""

    policy: Policy
    read: Reader
    choices: Sequence[tuple[str, Any]]


strands: Socket[Strand] = Socket(
    "interactions.strands",
    doc="A strand of the timeline of a person or an organisation: policy, reader of moments newest first, choices to narrow it.",
)


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """Something that stands in somebody's calendar: on a whole day, or from `starts_at` to `ends_at` (both aware).

    `uid` names it for ever and for the whole world's calendars; `stamped_at` is when it changed last.
    """

    uid: str
    summary: str
    url: str
    stamped_at: datetime
    on: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    description: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class CalendarSource:
    """What stands in the calendar of an account: `read(account, today)` gives its items, in an order that stays.

    `stamp(account, today)` is another text whenever an item is, and costs less than reading; without it they are read.
    Calendar programs ask every hour, and mostly for what they have.
    """

    read: Callable[[Any, date], Sequence[CalendarItem]]
    stamp: Callable[[Any, date], str] | None = None


calendars: Socket[CalendarSource] = Socket(
    "interactions.calendars",
    doc="What stands in the calendar feed of an account: read(account, today) gives its items, stamp(account, today) tells changes.",
)


watches: Socket[Callable[[str], Any]] = Socket(
    "interactions.watches",
    doc='Whom another card of Today reminds of: by kind ("label.model") a query of their keys, left out of "Gone quiet".',
)


contacts: Socket[Callable[[str, Collection[int]], None]] = Socket(
    "interactions.contacts",
    doc='Told in the same transaction when the last contacts with people or organisations ("person", "organisation"; keys) changed.',
)
