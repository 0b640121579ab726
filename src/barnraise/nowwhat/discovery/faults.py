"""What a decision about a candidate may not say, in words for people."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.faults import Fault, text_faults

from .models import Candidate

CITED = ("needs.need", "goals.goal", "goals.objective", "projects.project")
"""Kinds of things that partners are looked for."""
MOST = 300
DECIDED = (Candidate.Verdict.WATCH.value, Candidate.Verdict.NOT_NOW.value)
"""What people decide; approached follows from beginning a partnership."""


def judging_faults(verdict: str, reason: str, until: date | None, cites: str, today: date) -> list[Fault]:
    """What is wrong with a decision."""
    found: list[Fault] = []
    if verdict not in DECIDED:
        found.append(("verdict", _("Choose: kept in view, or not now.")))
    found += text_faults({"reason": MOST}, reason=reason)
    if verdict == Candidate.Verdict.NOT_NOW:
        if not reason:
            found.append(("reason", _("Say why not now: whoever looks next will want to know.")))
        found += _until_faults(until, today)
    elif until is not None:
        found.append(("until", _("Only “not now” has an end.")))
    if cites and not is_cited(cites):
        found.append(("cites", _("Partners are looked for a need, a goal, an objective or a project.")))
    return found


def _until_faults(until: date | None, today: date) -> list[Fault]:
    if until is None:
        return [("until", _("Say until when: they are proposed again after that day."))]
    if until < today:
        return [("until", _("This day is over."))]
    if until.year > 9000:
        return [("until", _("Write a day before the year 9000."))]
    return []


def is_cited(text: str) -> bool:
    """A typed reference of one of CITED."""
    try:
        return Ref.parse(text).kind in CITED
    except ValueError:
        return False
