"""Note a concern that somebody raised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..clock import SEVERITIES, Term, answer_by
from ..faults import issue_faults
from ..models import Issue
from ..selectors import KIND, one_by_key, terms
from .tell import tell_received


def raise_issue(
    *,
    by: Any,
    origin: str,
    what: str,
    detail: str = "",
    severity: str = "medium",
    organisation: Any = None,
    person: Any = None,
    asker_name: str = "",
    asker_email: str = "",
    language: str = "",
    about: Any = None,
    raised_at: datetime | None = None,
    owner: Any = None,
    cites: str = "",
    is_confidential: bool = False,
    tells: bool = False,
) -> Issue:
    """A new concern; its clock begins when it was raised. `tells` writes to whoever raised it that it has arrived, where an
    address is known. Raises ValidationError by field; then nothing is written.
    """
    now = timezone.now()
    begins = raised_at or now
    row = Issue(
        origin=origin,
        severity=severity,
        what=squeeze(what),
        detail=detail.strip(),
        organisation=organisation,
        person=person,
        asker_name=squeeze(asker_name),
        asker_email=asker_email.strip().casefold(),
        language=language,
        about=about,
        cites=cites,
        owner=owner,
        is_confidential=is_confidential,
        raised_at=begins,
        clock_from=begins,
        created_at=now,
        updated_at=now,
    )
    refuse(issue_faults(row, now))
    set_clock(row)
    row.what_folded = fold(row.what)[:300]
    with transaction.atomic():
        row.save(force_insert=True)
        note(row, by=by, verb=_verb(by, origin))
        search.index(KIND, [row.pk])
        if tells:
            tell_received(row, by=by)
    return one_by_key(row.pk)


def _verb(by: Any, origin: str) -> str:
    return f"raised_{origin}" if by is not None else f"came_from_{origin}"


def set_clock(row: Issue, given: Mapping[str, Term] | None = None) -> None:
    """Until when this round's answer is owed, by severity and by the clocks of the house (`given`, where they were read already)."""
    severity = row.severity if row.severity in SEVERITIES else "medium"
    row.answer_by = answer_by(severity, row.clock_from, timezone.get_current_timezone(), given or terms())


def note(
    row: Issue,
    *,
    by: Any,
    verb: str,
    details: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    change_set: Any = None,
) -> None:
    """A sentence about a concern. Of a confidential one it says only that something happened, and stands in nobody's timeline."""
    if row.is_confidential:
        changes = None
        details = dict.fromkeys(details, "…") if details is not None else None
    record(
        by=by,
        verb=f"issues.{verb}",
        about=told(row),
        details=details,
        changes=changes,
        change_set=change_set,
    )


def told(row: Issue) -> list[Any]:
    """What a sentence about a concern is about: the concern first, then who is in it, unless it is confidential."""
    if row.is_confidential:
        return [row]
    return [row, *(one for one in (row.organisation, row.person, row.about) if one is not None)]
