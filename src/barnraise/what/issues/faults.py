"""What a concern may not say, in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.faults import Fault, cite_faults, text_faults

from .clock import MOST as LONGEST
from .clock import UNITS, Term
from .models import Answer, Issue

MOST = {"what": 300, "detail": 4000, "asker_name": 200, "asker_email": 254, "text": 4000, "outcome": 2000}
CITED = ("needs.need", "goals.goal", "goals.objective", "projects.project", "events.event")
"""Kinds of things that a concern may touch."""
NOT_CITED = _("A concern touches a need, a goal, an objective, a project or an event.")


def issue_faults(row: Issue, now: datetime) -> list[Fault]:
    """What is wrong with a concern."""
    found = text_faults(
        MOST, what=row.what, detail=row.detail, asker_name=row.asker_name, asker_email=row.asker_email
    )
    if not row.what:
        found.append(("what", _("Say in one sentence what the concern is.")))
    if row.severity not in Issue.Severity.values:
        found.append(("severity", _("Choose how severe it is.")))
    if row.raised_at > now:
        found.append(("raised_at", _("This instant has not come yet.")))
    if row.raised_at.year < 1900:
        found.append(("raised_at", _("Write a day after 1900.")))
    return [*found, *_asker_faults(row), *cite_faults(row, CITED, NOT_CITED)]


def _asker_faults(row: Issue) -> list[Fault]:
    if row.origin not in Issue.Origin.values:
        return [("origin", _("Say who raised it: a resident, a partner or the team."))]
    if row.asker_email and row.asker_email.count("@") != 1:
        return [("asker_email", _("Write an e-mail address like name@example.org."))]
    if row.about is not None and row.about.is_own:
        return [("about", _("This is our own organisation: leave the field empty."))]
    if row.organisation is not None and row.about is not None and row.organisation.pk == row.about.pk:
        return [("about", _("Nobody raises a concern about themselves here."))]
    if row.origin == Issue.Origin.PARTNER and row.organisation is None and row.person is None:
        return [("organisation", _("Say which partner raised it."))]
    return []


def clock_faults(given: Mapping[str, Term]) -> list[Fault]:
    """What is wrong with the clocks of all severities, worst first."""
    found: list[Fault] = []
    for name, term in given.items():
        if term.unit not in UNITS:
            found.append((f"{name}_unit", _("Choose hours or working days.")))
        elif not 1 <= term.amount <= LONGEST[term.unit]:
            found.append(
                (
                    f"{name}_amount",
                    _("Write a whole number from 1 to %(most)s.") % {"most": LONGEST[term.unit]},
                )
            )
    if found:
        return found
    for worse, name in pairwise(given):
        if given[name].may_come_before(given[worse]):
            found.append(
                (
                    f"{name}_amount",
                    _(
                        "What is less severe is not answered sooner. Make this clock longer, or the one above shorter."
                    ),
                )
            )
    return found


def answer_faults(text: str, way: str, *, has_address: bool) -> list[Fault]:
    """What is wrong with an answer."""
    found = text_faults(MOST, text=text)
    if not text:
        found.append(("text", _("Write what they are told.")))
    if way not in Answer.Way.values:
        found.append(("way", _("Choose how they are told.")))
    elif way == Answer.Way.MAIL and not has_address:
        found.append(
            ("way", _("No e-mail address of whoever raised it is known. Tell them another way, and note it."))
        )
    return found


def outcome_faults(outcome: str, field: str = "outcome") -> list[Fault]:
    """What is wrong with what came of it."""
    found = [(field, reason) for _name, reason in text_faults(MOST, outcome=outcome)]
    if not outcome:
        found.append((field, _("Say what came of it: whoever raised it will want to know.")))
    return found
