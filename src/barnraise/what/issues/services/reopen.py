"""Open a concern again: by the team, or by whoever raised it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse, text_faults

from ..faults import MOST, outcome_faults
from ..models import Issue
from ..selectors import KIND
from .answer import locked
from .bring import note, set_clock

_FIELDS = (
    "state",
    "detail",
    "clock_from",
    "answer_by",
    "answered_at",
    "ended_at",
    "outcome",
    "rounds",
    "updated_at",
)


def reopen(issue: Issue, *, by: Any, reason: str) -> Issue:
    """It waits for an answer again; a new round of its clock begins now. Raises ValidationError when it is open, or without a reason."""
    reason = reason.strip()
    with transaction.atomic():
        row = locked(issue)
        if row.state == Issue.State.OPEN:
            raise ValidationError(_("It is open."))
        refuse(outcome_faults(reason, "reason"))
        _begin_again(row)
        row.save(update_fields=list(_FIELDS))
        note(row, by=by, verb="reopened", details={"reason": reason[:300]})
        search.index(KIND, [row.pk])
    return row


def asker_says(issue: Issue, *, text: str, by: Any = None) -> Issue:
    """Whoever raised it says more; what had been answered waits for an answer again. Raises ValidationError at "text"."""
    text = text.strip()
    with transaction.atomic():
        row = locked(issue)
        if not text:
            raise ValidationError({"text": _("Write what you want to tell us.")})
        said = f"{date_format(timezone.localdate(), 'DATE_FORMAT')}: {text}"
        row.detail = f"{row.detail}\n\n{said}".strip()
        refuse([("text", reason) for _name, reason in text_faults(MOST, detail=row.detail)])
        if row.state != Issue.State.OPEN:
            _begin_again(row)
        row.updated_at = timezone.now()
        row.save(update_fields=list(_FIELDS))
        note(row, by=by, verb="said_more")
        search.index(KIND, [row.pk])
    return row


def _begin_again(row: Issue) -> None:
    now = timezone.now()
    row.state, row.answered_at, row.ended_at, row.outcome = Issue.State.OPEN, None, None, ""
    row.clock_from, row.updated_at, row.rounds = now, now, row.rounds + 1
    set_clock(row)
