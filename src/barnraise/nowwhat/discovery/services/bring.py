"""Write the decisions of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.organisations.models import Organisation

from ..models import Candidate
from .approach import begin
from .judge import put
from .writing import New, before_of, change_of, write


@transaction.atomic
def bring(given: Sequence[New], *, by: Any, change_set: ChangeSet) -> list[Candidate]:
    """Decide as these say, checked already, without a sentence, with what the undo of the change set needs.

    Nobody is weighed for it: one that was shown in the ranking keeps the score and the terms it was shown with. Those to approach
    become prospects.
    """
    at = timezone.now()
    keys = [one.organisation for one in given]
    bodies = Organisation.objects.select_for_update(of=("self",)).in_bulk(keys)
    there = {
        row.organisation_id: row
        for row in Candidate.objects.select_for_update().filter(organisation_id__in=keys)
    }
    for one in given:
        if one.verdict == Candidate.Verdict.APPROACHED:
            known = there.get(one.organisation)
            cites, terms = (known.cites, known.terms) if known is not None else (one.cites, [])
            begin(bodies[one.organisation], by=by, cites=cites, terms=terms)
    rows = write([one for one in given if one.organisation not in there], at=at)
    changes = [change_of(row, {}) for row in rows]
    for one in given:
        row = there.get(one.organisation)
        if row is not None:
            before = before_of(row)
            put(row, replace(one, score=row.score, terms=row.terms, judged_on=timezone.localdate(at)), at=at)
            changes.append(change_of(row, before))
    add_changes(change_set=change_set, changes=changes)
    return rows
