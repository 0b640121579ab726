"""What an event, a registration or a close-out may not say, in words for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.faults import Fault, cite_faults, text_faults

from .models import Event

LONGEST = timedelta(days=31)
MOST_PLACES = 1_000_000
CITED = ("projects.project", "goals.objective", "goals.goal", "needs.need")
"""Kinds of things that an event may serve."""
NOT_CITED = _("An event serves a project, an objective, a goal or a need.")
MOST = {"title": 160, "about": 4000, "place": 300, "reason": 300, "outcome": 4000, "name": 200, "note": 300}


def event_faults(row: Event) -> list[Fault]:
    """What is wrong with an event."""
    found = text_faults(MOST, title=row.title, about=row.about, place=row.place)
    if not row.title:
        found.append(("title", _("Give it a title.")))
    if row.kind not in Event.Kind.values:
        found.append(("kind", _("Choose one of the kinds.")))
    return [*found, *_time_faults(row), *_place_faults(row), *cite_faults(row, CITED, NOT_CITED)]


def _time_faults(row: Event) -> list[Fault]:
    if row.ends_at <= row.starts_at:
        return [("ends_at", _("It would end before it begins."))]
    if row.ends_at - row.starts_at > LONGEST:
        return [("ends_at", _("An event lasts a month at most. Longer things are projects."))]
    if not 1900 <= row.starts_at.year <= 9000:
        return [("starts_at", _("Write a day after 1900."))]
    if row.closes_at is not None and row.closes_at > row.ends_at:
        return [("closes_at", _("Registration would close after the event is over."))]
    return []


def _place_faults(row: Event) -> list[Fault]:
    if row.capacity is not None and not 1 <= row.capacity <= MOST_PLACES:
        return [("capacity", _("Write a number of places from 1, or leave it empty for as many as come."))]
    return []


def name_faults(name: str, email: str, *, needs_email: bool) -> list[Fault]:
    """What is wrong with who registers."""
    found = text_faults(MOST, name=name)
    if not name:
        found.append(("name", _("Write the name.")))
    if needs_email and not email:
        found.append(("email", _("Write an e-mail address, so that we can tell you when something changes.")))
    if email:
        try:
            validate_email(email)
        except ValidationError:
            found.append(("email", _("This is not an e-mail address.")))
    return found


def output_faults(outputs: Iterable[tuple[Decimal, str]]) -> list[Fault]:
    """What is wrong with outputs."""
    found: list[Fault] = []
    units = [unit for _quantity, unit in outputs]
    if any(not unit or len(unit) > 80 or "\x00" in unit for unit in units):
        found.append(("outputs", _("Say of what, in at most 80 characters.")))
    if len(set(units)) < len(units):
        found.append(("outputs", _("Each thing is counted once.")))
    if any(not 0 <= quantity < 10**11 for quantity, _unit in outputs):
        found.append(("outputs", _("Write how many, from 0.")))
    return found


def share_faults(shares: Iterable[int]) -> list[Fault]:
    """Shares of the credit: whole percents that make 100 together."""
    given = list(shares)
    if any(not 0 <= share <= 100 for share in given):
        return [("hosts", _("A share is a number of percent from 0 to 100."))]
    if given and sum(given) != 100:
        return [
            (
                "hosts",
                _("The shares make %(sum)s percent together; they have to make 100.") % {"sum": sum(given)},
            )
        ]
    return []
