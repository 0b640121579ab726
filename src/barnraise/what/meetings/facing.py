"""How meetings look: state, span, who came."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from barnraise.foundation.html import Safe
from barnraise.plumbing.ui.components import badge

from .cadence import state
from .models import Attendance, Meeting, Series

Tone = Literal["neutral", "good", "warning", "bad", "accent"]
STATES: tuple[tuple[str, Any], ...] = (
    ("planned", gettext_lazy("Planned")),
    ("passed", gettext_lazy("Minutes open")),
    ("held", gettext_lazy("Held")),
    ("cancelled", gettext_lazy("Cancelled")),
)
_LOOKS: dict[str, tuple[Tone, str]] = {
    "planned": ("accent", "calendar"),
    "passed": ("warning", "notes"),
    "held": ("good", "check"),
    "cancelled": ("neutral", "ban"),
}
SERIES_STATES: tuple[tuple[str, Any], ...] = (
    ("goes_on", gettext_lazy("Goes on")),
    ("ended", gettext_lazy("Ended")),
)
_CAME: dict[str, tuple[Tone, str]] = {
    "invited": ("neutral", "message"),
    "came": ("good", "check"),
    "excused": ("neutral", "ban"),
    "absent": ("warning", "x"),
}
CADENCES: tuple[tuple[str, Any], ...] = (
    ("", gettext_lazy("When there is a reason")),
    ("7", gettext_lazy("Every week")),
    ("14", gettext_lazy("Every two weeks")),
    ("30", gettext_lazy("Every month")),
    ("61", gettext_lazy("Every two months")),
    ("91", gettext_lazy("Every quarter")),
    ("182", gettext_lazy("Every half-year")),
    ("365", gettext_lazy("Every year")),
)


def state_of(row: Meeting, now: datetime) -> str:
    """One of cadence.STATES."""
    return state(row.starts_at, row.held_at, row.cancelled_at, now)


def state_word(row: Meeting, now: datetime) -> str:
    """The state in a word or two."""
    return str(dict(STATES)[state_of(row, now)])


def state_badge(row: Meeting, now: datetime) -> Safe:
    """The state as word, icon and colour."""
    tone, icon = _LOOKS[state_of(row, now)]
    return badge(state_word(row, now), tone=tone, icon=icon)


def came_badge(row: Attendance) -> Safe:
    """Whether an organisation came."""
    tone, icon = _CAME[row.state]
    return badge(row.get_state_display(), tone=tone, icon=icon)


def span(row: Meeting) -> str:
    """Day and time in the reader's language, in the zone of the house."""
    begins = timezone.localtime(row.starts_at)
    text = f"{date_format(begins, 'DATE_FORMAT')}, {time_format(begins, 'TIME_FORMAT')}"
    if row.ends_at is None:
        return text
    ends = timezone.localtime(row.ends_at)
    last = time_format(ends, "TIME_FORMAT")
    return (
        f"{text} – {last}"
        if ends.date() == begins.date()
        else f"{text} – {date_format(ends, 'DATE_FORMAT')}, {last}"
    )


def cadence_words(row: Series) -> str:
    """How often it comes round."""
    known = dict(CADENCES)
    days = row.cadence_days
    if days is None:
        return str(known[""])
    return str(known.get(str(days)) or ngettext("Every %(n)d day", "Every %(n)d days", days) % {"n": days})


def due_words(day: date, today: date) -> str:
    """How far away the day is on which the next meeting is due."""
    days = (day - today).days
    if days == 0:
        return _("due today")
    if days > 0:
        return ngettext("due in %(n)d day", "due in %(n)d days", days) % {"n": days}
    return ngettext("due for %(n)d day", "due for %(n)d days", -days) % {"n": -days}


def due_badge(row: Series, today: date) -> Safe:
    """When the next meeting is due; ended where it has ended."""
    if row.ended_on is not None:
        return badge(_("Ended"), tone="neutral", icon="ban")
    if row.next_due_on is None:
        return badge(_("When there is a reason"), tone="neutral", icon="calendar")
    late = row.next_due_on < today
    return badge(due_words(row.next_due_on, today), tone="warning" if late else "accent", icon="calendar-due")


def series_state(row: Series) -> str:
    """Whether a series goes on, in a word."""
    return str(dict(SERIES_STATES)["ended" if row.ended_on else "goes_on"])
