"""Close the minutes of a meeting, cancel it, or open it again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import refuse, text_faults

from ..faults import MOST
from ..models import Meeting
from ..selectors import attendances_of
from .change import open_row
from .plan import told
from .series import counted_anew


def hold(meeting: Meeting, *, by: Any) -> Meeting:
    """It was held, and its minutes are closed. Raises ValidationError before it begins, and while nobody is noted to have come."""
    now = timezone.now()
    with transaction.atomic():
        row = open_row(meeting)
        if row.starts_at > now:
            raise ValidationError(_("It has not begun yet."))
        came = [one.organisation for one in attendances_of(row) if one.state == "came"]
        if not came:
            raise ValidationError(
                _("Note first which organisations came; one that nobody came to is cancelled.")
            )
        row.held_at = row.updated_at = now
        row.save(update_fields=["held_at", "updated_at"])
        counted_anew(row.series)
        record(by=by, verb="meetings.held", about=[*told(row), *came], details={"count": len(came)})
    return row


def cancel_meeting(meeting: Meeting, *, by: Any, reason: str) -> Meeting:
    """It does not take place. Raises ValidationError at "reason" without one; then nothing is written."""
    reason = reason.strip()
    with transaction.atomic():
        row = open_row(meeting)
        found = text_faults(MOST, reason=reason)
        if not reason:
            found.append(("reason", _("Say why: whoever was asked will want to know.")))
        refuse(found)
        now = timezone.now()
        row.cancelled_at, row.cancel_reason, row.updated_at = now, reason, now
        row.save(update_fields=["cancelled_at", "cancel_reason", "updated_at"])
        record(by=by, verb="meetings.cancelled", about=told(row), details={"reason": reason})
    return row


def reopen(meeting: Meeting, *, by: Any) -> Meeting:
    """Neither held nor cancelled any more. Raises ValidationError when it is open."""
    with transaction.atomic():
        row = Meeting.objects.select_related("series").select_for_update(of=("self",)).get(pk=meeting.pk)
        if row.is_open:
            raise ValidationError(_("It is open."))
        row.held_at, row.cancelled_at, row.cancel_reason = None, None, ""
        row.updated_at = timezone.now()
        row.save(update_fields=["held_at", "cancelled_at", "cancel_reason", "updated_at"])
        counted_anew(row.series)
        record(by=by, verb="meetings.reopened", about=told(row))
    return row
