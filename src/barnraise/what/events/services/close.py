"""Cancel an event, close it out, open it again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import refuse, text_faults

from ..faults import MOST
from ..models import Event, Registration
from .tell import CANCELLED, tell_all


def cancel_event(event: Event, *, by: Any, reason: str) -> Event:
    """It does not take place. Registrations stay; whoever gave an address is told by mail.

    Raises ValidationError by field: no reason, somebody has been checked in, or it is closed out.
    """
    reason = reason.strip()
    found = text_faults(MOST, reason=reason)
    if not reason:
        found.append(("reason", _("Say why it is cancelled: who registered will read it.")))
    refuse(found)
    with transaction.atomic():
        row = Event.objects.select_for_update().get(pk=event.pk)
        if row.closed_at or Registration.objects.filter(event=row, came_at__isnull=False).exists():
            raise ValidationError({"reason": [_("People came to it. Close it out instead.")]})
        if row.cancelled_at is None:
            row.cancelled_at = row.updated_at = timezone.now()
            row.cancel_reason = reason
            row.save(update_fields=["cancelled_at", "cancel_reason", "updated_at"])
            record(by=by, verb="events.cancelled", about=[row], details={"reason": reason})
            tell_all(row, CANCELLED, by=by)
    return row


def close_event(event: Event, *, by: Any, outcome: str) -> Event:
    """It is over and counted: who came and for how long is fixed from now on.

    Raises ValidationError by field: it has not begun, or nobody has said what came of it.
    """
    outcome = outcome.strip()
    found = text_faults(MOST, outcome=outcome)
    if not outcome:
        found.append(("outcome", _("Say in a few words what came of it.")))
    refuse(found)
    now = timezone.now()
    with transaction.atomic():
        row = Event.objects.select_for_update().get(pk=event.pk)
        if row.cancelled_at:
            raise ValidationError({"outcome": [_("It was cancelled.")]})
        if row.starts_at > now:
            raise ValidationError({"outcome": [_("It has not begun yet.")]})
        row.closed_at, row.outcome, row.updated_at = row.closed_at or now, outcome, now
        row.save(update_fields=["closed_at", "outcome", "updated_at"])
        came = Registration.objects.filter(event=row, came_at__isnull=False).count()
        record(by=by, verb="events.closed", about=[row], details={"count": came})
    return row


def reopen_event(event: Event, *, by: Any) -> Event:
    """It takes place after all, or is counted once more."""
    with transaction.atomic():
        row = Event.objects.select_for_update().get(pk=event.pk)
        if row.closed_at or row.cancelled_at:
            row.closed_at, row.cancelled_at, row.cancel_reason = None, None, ""
            row.updated_at = timezone.now()
            row.save(update_fields=["closed_at", "cancelled_at", "cancel_reason", "updated_at"])
            record(by=by, verb="events.reopened", about=[row])
    return row
