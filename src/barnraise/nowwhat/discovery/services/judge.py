"""Decide about a candidate: keep in view, or not now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.organisations.models import Organisation
from barnraise.who.partnerships.models import Partnership

from ..faults import judging_faults
from ..models import Candidate
from ..selectors import KIND
from .writing import New, before_of, change_of, stands, write

ALREADY = _("There is a partnership with them already.")
OURSELVES = _("This is our own organisation: nobody is a partner of their own.")
CLOSED = _("This organisation has closed.")
APPROACHED = _("They were approached: the partnership tells what came of it.")


def judge(
    organisation: Organisation, *, by: Any, verdict: str, reason: str = "", until: date | None = None, cites: str = ""
) -> ChangeSet:  # fmt: skip
    """Keep an organisation in view ("watch"), or put it off until a day, for a reason ("not_now"). A second decision replaces the first.

    The score and the terms it stands with are kept. Returns the change set that takes the decision back for thirty days.
    Raises ValidationError by field; then nothing is written.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    reason = reason.strip()
    refuse([*judging_faults(verdict, reason, until, cites, today), *standing_faults(organisation)])
    score, terms = stands(organisation, cites, today)
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        given = New(
            organisation.pk, verdict, reason, until, cites, today, getattr(by, "pk", None), score, terms
        )
        row, change_set = decide(given, by=by, verb=f"discovery.{verdict}")
        details = {"reason": reason, "day": until.isoformat()} if until else {}
        record(
            by=by,
            verb=f"discovery.{verdict}",
            about=[organisation, row],
            details=details,
            change_set=change_set,
        )
        close_change_set(change_set=change_set)
    return change_set


def decide(given: New, *, by: Any, verb: str) -> tuple[Candidate, ChangeSet]:
    """Write the row, new or in place of what was decided before, with an open change set, in the caller's transaction."""
    now = timezone.now()
    row = Candidate.objects.filter(organisation_id=given.organisation).first()
    before = before_of(row)
    if row is None:
        (row,) = write([given], at=now)
    else:
        put(row, given, at=now)
    change_set = open_change_set(by=by, verb=verb)
    add_changes(change_set=change_set, changes=[change_of(row, before)])
    return row, change_set


def put(row: Candidate, given: New, *, at: datetime) -> None:
    """Decide about a candidate that is there as given, without a sentence, in the caller's transaction."""
    for name in ("verdict", "reason", "until", "cites", "score", "terms", "judged_on"):
        setattr(row, name, getattr(given, name))
    row.judged_by_id, row.updated_at = given.judged_by, at
    row.save(
        update_fields=[
            "verdict", "reason", "until", "cites", "score", "terms", "judged_on", "judged_by", "updated_at"
        ]
    )  # fmt: skip
    search.index(KIND, [row.pk])


def standing_faults(organisation: Organisation) -> list[tuple[str, Any]]:
    """Why an organisation cannot be a candidate."""
    if organisation.is_own:
        return [("organisation", OURSELVES)]
    if organisation.is_closed:
        return [("organisation", CLOSED)]
    if Partnership.objects.filter(organisation=organisation).exists():
        return [("organisation", ALREADY)]
    return []


def change_decision(candidate: Candidate, *, by: Any, **values: Any) -> ChangeSet:
    """Decide again with some values changed (verdict, reason, until, cites). Raises ValidationError by field."""
    if unknown := set(values) - {"verdict", "reason", "until", "cites"}:
        raise TypeError(f"A candidate has no field {', '.join(sorted(unknown))}.")
    if candidate.verdict == Candidate.Verdict.APPROACHED:
        raise ValidationError(APPROACHED)
    said = {name: getattr(candidate, name) for name in ("verdict", "reason", "until", "cites")} | values
    if said["verdict"] != Candidate.Verdict.NOT_NOW and "until" not in values:
        said["until"] = None
    return judge(candidate.organisation, by=by, **said)
