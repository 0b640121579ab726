"""How events look: state, time, counts, hours; and their moments in a timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.html import Safe, el, join
from barnraise.plumbing.ui.components import badge, figure, icon, number, when

from .models import CoHost, Event, Registration
from .selectors import Counts

Tone = Literal["neutral", "good", "warning", "bad", "accent"]
ICONS = {"workshop": "school", "booth": "building-store", "volunteer": "tool", "gathering": "users-group"}
_STATES: dict[str, tuple[Tone, str]] = {
    "planned": ("accent", "calendar-event"),
    "now": ("good", "player-play"),
    "over": ("warning", "clock"),
    "closed": ("good", "circle-check"),
    "cancelled": ("bad", "ban"),
}
_PLACES: dict[str, tuple[Tone, str]] = {
    "place": ("good", "check"),
    "waiting": ("warning", "hourglass"),
    "cancelled": ("neutral", "ban"),
}


def state_word(state: str) -> str:
    """A state of Event.state in a word."""
    return {
        "planned": _("Planned"),
        "now": _("Going on"),
        "over": _("To be closed out"),
        "closed": _("Closed out"),
        "cancelled": _("Cancelled"),
    }[state]


def state_badge(event: Event) -> Safe:
    """The state as word, icon and colour."""
    state = event.state(timezone.now())
    tone, drawn = _STATES[state]
    return badge(state_word(state), tone=tone, icon=drawn)


def place_badge(row: Registration) -> Safe:
    """The state of a registration; who came is told so."""
    if row.came_at is not None:
        return badge(_("Came"), tone="good", icon="circle-check")
    tone, drawn = _PLACES[row.state]
    return badge(row.get_state_display(), tone=tone, icon=drawn)


def span(event: Event) -> str:
    """When it is, in words: "May 3, 2026, 10 a.m. – noon"."""
    start, end = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    same = start.date() == end.date()
    later = date_format(end, "TIME_FORMAT" if same else "DATETIME_FORMAT")
    return f"{date_format(start, 'DATETIME_FORMAT')} – {later}"


def hours(minutes: int | None) -> Any:
    """Minutes as hours, with at most one decimal; a dash where nobody noted them."""
    return number(round(minutes / 60, 1), unit=_("hours")) if minutes is not None else "–"


def rows_of(event: Event, which: str = "") -> str:
    """Where an event's registrations are; `which` narrows them ("came=1", "state=waiting")."""
    return f"{reverse('events:registrations')}?event={event.uuid}" + (f"&{which}" if which else "")


def seats(event: Event, counts: Counts) -> Safe:
    """ "12 of 20 places, 3 wait", each leading to its rows."""
    if event.capacity is None:
        words = ngettext("%(n)d registered", "%(n)d registered", counts.places) % {"n": counts.places}
    else:
        words = _("%(n)d of %(all)d places") % {"n": counts.places, "all": event.capacity}
    found = [figure(counts.places, rows=rows_of(event, "state=place"), text=words)]
    if counts.waiting:
        words = ngettext("%(n)d waits", "%(n)d wait", counts.waiting) % {"n": counts.waiting}
        found.append(figure(counts.waiting, rows=rows_of(event, "state=waiting"), text=words))
    return join(found, ", ")


def have_a_place(row: Any) -> Safe:
    """In a list: how many have a place, leading to who."""
    return figure(row.counts.places, rows=rows_of(row, "state=place"))


def who_wait(row: Any) -> Safe:
    """In a list: how many wait, leading to who."""
    return figure(row.counts.waiting, rows=rows_of(row, "state=waiting"))


def came(event: Event, counts: Counts) -> Safe:
    """How many were checked in, leading to who."""
    return figure(counts.came, rows=rows_of(event, "came=1"))


def came_words(event: Event, counts: Counts) -> Safe:
    """ "17 people came", leading to who."""
    words = ngettext("%(n)d person came", "%(n)d people came", counts.came) % {"n": counts.came}
    return figure(counts.came, rows=rows_of(event, "came=1"), text=words)


def all_hours(event: Event, minutes: int) -> Safe:
    """Their hours in all."""
    return figure(
        minutes, rows=rows_of(event, "came=1"), rule="sum", of=_("Minutes"), per=60, text=hours(minutes)
    )


def came_item(row: Registration) -> Safe:
    """A moment of a person's timeline: they came."""
    return _moment(row.event, _("Came to"), row.came_at or row.updated_at, f"came-{row.pk}")


def hosted_item(row: CoHost) -> Safe:
    """A moment of an organisation's timeline: it hosted."""
    return _moment(row.event, _("Hosted"), row.event.starts_at, f"hosted-{row.pk}")


def _moment(event: Event, word: str, at: datetime, key: str) -> Safe:
    link = el("a", event.title, href=event.get_absolute_url(), translate="no")
    body = el(
        "div",
        el("p", word, " ", link, class_="moment-head"),
        el("p", when(at), class_="moment-at"),
        class_="moment-words",
    )
    drawn = el("span", icon(ICONS[event.kind]), class_="moment-icon")
    return el("li", drawn, body, class_="moment moment-told", id=f"moment-{key}")
