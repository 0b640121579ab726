"""What meetings and their series may not say, in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.faults import Fault, cite_faults, text_faults

from .cadence import LONGEST
from .models import Attendance, Meeting, Series

MOST = {
    "name": 200, "about": 2000, "place": 300, "title": 200, "notes": 10000, "reason": 300, "note": 4000, "decided": 2000,
}  # fmt: skip
CITED = ("projects.project", "goals.objective", "goals.goal", "needs.need")
"""Kinds of things that a meeting may be about."""
NOT_CITED = _("A meeting is about a project, an objective, a goal or a need.")
LONGEST_MEETING = timedelta(days=7)
ITEMS, GUESTS = 60, 400
"""So many points stand on an agenda, so many organisations are asked, at most."""


@dataclass(frozen=True, slots=True)
class Item:
    """A point of an agenda as it is given."""

    title: str
    minutes: int | None = None
    note: str = ""
    decided: str = ""


def series_faults(row: Series) -> list[Fault]:
    """What is wrong with a series."""
    found = text_faults(MOST, name=row.name, about=row.about, place=row.place)
    if not row.name:
        found.append(("name", _("Say what these meetings are called.")))
    elif Series.objects.filter(name_folded=row.name_folded).exclude(pk=row.pk).exists():
        found.append(("name", _("Other meetings are called so already.")))
    if row.cadence_days is not None and not 1 <= row.cadence_days <= LONGEST:
        found.append(("cadence_days", _("Write a number of days from 1 to 1100.")))
    if not 1900 <= row.starts_on.year <= 9000:
        found.append(("starts_on", _("Write a day after 1900.")))
    return found


def meeting_faults(row: Meeting) -> list[Fault]:
    """What is wrong with a meeting."""
    found = text_faults(MOST, title=row.title, place=row.place, notes=row.notes)
    if not row.title:
        found.append(("title", _("Say what the meeting is called.")))
    if not 1900 <= row.starts_at.year <= 9000:
        found.append(("starts_at", _("Write a day after 1900.")))
    if row.ends_at is not None and row.ends_at <= row.starts_at:
        found.append(("ends_at", _("It would end before it begins.")))
    elif row.ends_at is not None and row.ends_at - row.starts_at > LONGEST_MEETING:
        found.append(("ends_at", _("A meeting lasts a week at most.")))
    return [*found, *cite_faults(row, CITED, NOT_CITED)]


def item_faults(items: Sequence[Item]) -> list[Fault]:
    """What is wrong with an agenda."""
    if len(items) > ITEMS:
        return [("agenda", _("At most %(most)s points stand on an agenda.") % {"most": ITEMS})]
    found: list[Fault] = []
    for at, one in enumerate(items, 1):
        faults = text_faults(MOST, title=one.title, note=one.note, decided=one.decided)
        if not one.title:
            faults.append(("title", _("A point of the agenda has a title.")))
        if one.minutes is not None and not 0 <= one.minutes <= 1440:
            faults.append(("minutes", _("Write minutes from 0 to 1440.")))
        found += [
            ("agenda", _("Point %(at)s: %(reason)s") % {"at": at, "reason": reason}) for _f, reason in faults
        ]
    return found


def guest_faults(organisations: Sequence[Any]) -> list[Fault]:
    """What is wrong with whom is asked."""
    if len(organisations) > GUESTS:
        return [("organisations", _("At most %(most)s organisations are asked.") % {"most": GUESTS})]
    if any(one.is_own for one in organisations):
        return [("organisations", _("Our own organisation is always there: leave it out."))]
    return []


def came_faults(state: str, people: int, name: str) -> list[Fault]:
    """What is wrong with who came."""
    if state not in Attendance.State.values:
        return [("attendance", _("%(name)s: choose whether they came.") % {"name": name})]
    if state == Attendance.State.CAME and not 1 <= people <= 1000:
        return [("attendance", _("%(name)s: write how many people came, 1 or more.") % {"name": name})]
    return []
