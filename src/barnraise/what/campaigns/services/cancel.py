"""Cancel a campaign: what has not gone does not go."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.selectors import jobs_on
from barnraise.plumbing.jobs.services import cancel as cancel_job
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.mail.services import cancel_about

from ..models import Campaign


@transaction.atomic
def cancel(campaign: Campaign, *, by: Any) -> tuple[Campaign, int]:
    """Mails that still wait are not sent; those the mail server has cannot be called back. (it, how many were stopped)"""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if row.state == Campaign.State.CANCELLED:
        raise ValidationError(_("It has been cancelled already."))
    stopped = cancel_about(Ref.to(row))
    if row.state == Campaign.State.SENT and not stopped:
        raise ValidationError(_("All of it has gone: there is nothing left to stop."))
    for job in jobs_on(Ref.to(row)):
        cancel_job(job=job, by=by)
    now = timezone.now()
    row.state, row.finished_at, row.updated_at = Campaign.State.CANCELLED, row.finished_at or now, now
    row.save(update_fields=["state", "finished_at", "updated_at"])
    record(by=by, verb="campaigns.cancelled", about=[row], details={"count": stopped})
    return row, stopped
