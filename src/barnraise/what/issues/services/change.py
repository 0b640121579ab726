"""Change what a concern says, how severe it is, who sees to it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.journal.services import forget_things
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import issue_faults
from ..models import Issue
from ..selectors import KIND
from .answer import locked
from .bring import note, set_clock

FIELDS = (
    "what",
    "detail",
    "severity",
    "organisation",
    "person",
    "asker_name",
    "asker_email",
    "language",
    "about",
    "owner",
    "cites",
    "is_confidential",
)


def change_issue(issue: Issue, *, by: Any, **values: Any) -> Issue:
    """Set the given fields (of FIELDS). Another severity moves the clock of a concern that waits for its answer, counted from the
    beginning of the round. Of one that becomes confidential the journal forgets what it told.

    Raises ValidationError by field; then nothing is changed.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A concern has no field {', '.join(sorted(unknown))}.")
    now = timezone.now()
    with transaction.atomic():
        row = locked(issue)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        row.asker_email = row.asker_email.casefold()
        refuse(issue_faults(row, now))
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if not differ:
            return row
        if "severity" in differ and row.answered_at is None:
            set_clock(row)
        row.what_folded, row.updated_at = fold(row.what)[:300], now
        row.save(update_fields=[*differ, "what_folded", "answer_by", "updated_at"])
        changes = {name: (_told(before[name]), _told(getattr(row, name))) for name in differ}
        if "is_confidential" in differ and row.is_confidential:
            forget_things([Ref.to(row)])
        note(row, by=by, verb=_verb(differ, row, by), changes=changes, details=_details(row))
        search.index(KIND, [row.pk])
    return row


def _verb(differ: list[str], row: Issue, by: Any) -> str:
    if differ == ["owner"] and row.owner is not None:
        return "taken" if row.owner == by else "given"
    return "severity" if differ == ["severity"] else "changed"


def _details(row: Issue) -> dict[str, Any]:
    return {"owner": str(row.owner or ""), "severity": row.severity}


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)
