"""What a promise may not say, in words for people."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.faults import Fault, cite_faults, text_faults

from .models import Commitment

MOST = {"what": 300, "detail": 2000, "note": 300}
CITED = ("projects.project", "goals.objective", "goals.goal", "needs.need")
"""Kinds of things that a promise may serve."""
NOT_CITED = _("A promise serves a project, an objective, a goal or a need.")


def commitment_faults(row: Commitment, today: date) -> list[Fault]:
    """What is wrong with a promise."""
    found = text_faults(MOST, what=row.what, detail=row.detail)
    if not row.what:
        found.append(("what", _("Say what was promised.")))
    if row.kind not in Commitment.Kind.values:
        found.append(("kind", _("Choose one of the kinds.")))
    return [*found, *_party_faults(row), *_day_faults(row, today), *cite_faults(row, CITED, NOT_CITED)]


def _party_faults(row: Commitment) -> list[Fault]:
    body, person, taker = row.organisation, row.person, row.to_organisation
    if row.direction not in Commitment.Direction.values:
        return [("direction", _("Say who promised: we, a partner to us, or a partner to another one."))]
    if body is not None and person is not None:
        return [("partner", _("A promise is with an organisation or with a person, not with both."))]
    if (body is not None and body.is_own) or (taker is not None and taker.is_own):
        return [("partner", _("This is our own organisation: choose who promised, and name the partner."))]
    if row.direction == "between":
        return _between_faults(row)
    if taker is not None:
        return [("to", _("Only a promise between partners names who it was made to."))]
    if row.direction == "theirs" and body is None and person is None:
        return [("partner", _("Say who promised it to us."))]
    return []


def _between_faults(row: Commitment) -> list[Fault]:
    if row.organisation is None:
        return [("partner", _("Say which organisation promised it."))]
    if row.to_organisation is None:
        return [("to", _("Say which organisation it was promised to."))]
    if row.organisation.pk == row.to_organisation.pk:
        return [("to", _("Nobody promises something to themselves here."))]
    return []


def _day_faults(row: Commitment, today: date) -> list[Fault]:
    found: list[Fault] = []
    if row.promised_on > today:
        found.append(("promised_on", _("This day has not come yet.")))
    if row.promised_on.year < 1900:
        found.append(("promised_on", _("Write a day after 1900.")))
    if not 1900 <= row.due_on.year <= 9000:
        found.append(("due_on", _("Write a day after 1900.")))
    elif row.due_on < row.promised_on:
        found.append(("due_on", _("It would be due before it was promised.")))
    return found


def settling_faults(row: Commitment, settled: str, day: date, note: str, today: date) -> list[Fault]:
    """What is wrong with an outcome."""
    found = text_faults(MOST, note=note)
    if settled not in Commitment.Settled.values:
        found.append(("settled", _("Choose what came of it.")))
    elif settled != Commitment.Settled.KEPT and not note:
        found.append(("note", _("Say why: whoever meets them again will want to know.")))
    if day > today:
        found.append(("settled_on", _("This day has not come yet.")))
    if day < row.promised_on:
        found.append(("settled_on", _("This is before it was promised.")))
    return found
