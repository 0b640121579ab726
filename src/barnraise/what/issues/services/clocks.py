"""Say how long answers may take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.policy import require
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import refuse

from ..clock import Term
from ..faults import clock_faults
from ..models import ResponseClock
from ..policies import may_set_clocks
from ..selectors import terms


@transaction.atomic
def set_clocks(*, by: Any, given: Mapping[str, Term]) -> dict[str, Term]:
    """Set the clocks of these severities; others stay. They hold for what is raised, opened again or graded anew from now on: what waits
    already keeps the instant that was promised.

    Raises Refused for whoever is no admin and ValidationError at "<severity>_amount"; then nothing is written.
    """
    require(may_set_clocks, by, reason=_("Only admins set the clocks of concerns."))
    before = terms()
    after = {**before, **given}
    refuse(clock_faults(after))
    differ = {name: term for name, term in after.items() if term != before[name]}
    now = timezone.now()
    for name, term in differ.items():
        values = {"amount": term.amount, "unit": term.unit, "updated_at": now}
        ResponseClock.objects.update_or_create(severity=name, defaults=values)
    if differ:
        changes = {name: (_told(before[name]), _told(term)) for name, term in differ.items()}
        record(by=by, verb="issues.clocks_set", about=[], changes=changes)
    return after


def _told(term: Term) -> str:
    return f"{term.amount} {term.unit}"
