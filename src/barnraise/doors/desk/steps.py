"""The steps of the first run, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the first run."""

    name: str
    word: Any
    title: Any
    intro: Any


STEPS = (
    Step(
        "name",
        _("Name"),
        _("What is your partnership called?"),
        _("The name stands on every page, in mails and in reports. It can be changed at any time."),
    ),
    Step(
        "place",
        _("Place"),
        _("Where do you work?"),
        _(
            "The town, county or region. It becomes your first community; you can add a boundary and more later."
        ),
    ),
    Step(
        "language",
        _("Language"),
        _("Which language do most of you read?"),
        _("Everybody can choose their own; this is for people who have chosen none."),
    ),
    Step(
        "time_zone", _("Time zone"), _("Which time zone are you in?"), _("Dates and times are shown in it.")
    ),
    Step(
        "currency",
        _("Currency"),
        _("Which currency do you count in?"),
        _("Budgets, costs and grants use it."),
    ),
    Step(
        "start",
        _("First records"),
        _("How do you want to begin?"),
        _("Bring in what you have, or look around in a town that does not exist."),
    ),
)
NAMES = tuple(step.name for step in STEPS)


def place(name: str) -> int:
    """Where it stands, from 0. Raises LookupError."""
    if name not in NAMES:
        raise LookupError(name)
    return NAMES.index(name)


def after(name: str) -> str:
    """The name of the following step; the last one follows itself."""
    return NAMES[min(place(name) + 1, len(NAMES) - 1)]


def before(name: str) -> str:
    """The name of the step before, "" for the first."""
    at = place(name)
    return NAMES[at - 1] if at else ""


def found(step: str) -> Step:
    """The step named in an address. Raises Http404."""
    if step not in NAMES:
        raise Http404
    return STEPS[place(step)]
