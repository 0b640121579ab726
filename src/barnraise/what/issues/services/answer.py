"""Answer whoever raised a concern, or decline it with the reason as the answer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import answer_faults, outcome_faults
from ..models import Answer, Issue
from ..selectors import KIND, asker_of
from .bring import note
from .tell import tell_answer


def answer_issue(issue: Issue, *, by: Any, text: str, way: str) -> Answer:
    """Say something to whoever raised it. The first answer of a round stops its clock; "mail" puts it into the outbox.

    Raises ValidationError by field, also for a concern that is over; then nothing is written and nothing sent.
    """
    with transaction.atomic():
        row = locked(issue)
        if row.is_over:
            raise ValidationError(_("It is over. Open it again first."))
        made = _answered(row, by=by, text=text.strip(), way=way)
        if row.state == Issue.State.OPEN:
            row.state = Issue.State.ANSWERED
        row.save(update_fields=["state", "answered_at", "updated_at"])
        late = made.stops_clock and made.at > made.answer_by
        note(row, by=by, verb="answered_late" if late else "answered")
        search.index(KIND, [row.pk])
    return made


def decline(issue: Issue, *, by: Any, reason: str, way: str) -> Answer:
    """Say that nothing will be done about it and why; the reason is the answer. Raises ValidationError by field (reason, way)."""
    reason = reason.strip()
    with transaction.atomic():
        row = locked(issue)
        if row.is_over:
            raise ValidationError(_("It is over already."))
        refuse(outcome_faults(reason, "reason"))
        made = _answered(row, by=by, text=reason, way=way)
        row.state, row.ended_at, row.outcome = Issue.State.DECLINED, made.at, reason
        row.save(update_fields=["state", "answered_at", "ended_at", "outcome", "updated_at"])
        note(row, by=by, verb="declined", details={"reason": reason[:300]})
        search.index(KIND, [row.pk])
    return made


def locked(issue: Issue) -> Issue:
    """The row as it is now, for whoever writes to it next."""
    rows = Issue.objects.select_related("organisation", "person", "about")
    return rows.select_for_update(of=("self",)).get(pk=issue.pk)


def _answered(row: Issue, *, by: Any, text: str, way: str) -> Answer:
    refuse(answer_faults(text, way, has_address=asker_of(row) is not None))
    now = timezone.now()
    is_first = row.answered_at is None
    message = tell_answer(row, text, by=by) if way == Answer.Way.MAIL else None
    made = Answer.objects.create(
        issue=row,
        text=text,
        way=way,
        at=now,
        by=by,
        message=message,
        stops_clock=is_first,
        clock_from=row.clock_from,
        answer_by=row.answer_by,
        updated_at=now,
    )
    row.answered_at = row.answered_at or now
    row.updated_at = now
    return made
