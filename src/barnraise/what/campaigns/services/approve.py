"""Ask for approval, approve, take back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.policy import require
from barnraise.plumbing.journal.services import record

from ..checking import faults
from ..models import Campaign
from ..policies import may_approve


def refuse_grave(campaign: Campaign) -> None:
    """Raise ValidationError with all that must be mended first."""
    if grave := [one.words for one in faults(campaign, at=timezone.now()) if one.is_grave]:
        raise ValidationError(grave)


@transaction.atomic
def ask_for_approval(campaign: Campaign, *, by: Any) -> Campaign:
    """It waits for somebody to approve it. Raises ValidationError while something must be mended."""
    row = _in_state(campaign, Campaign.State.DRAFT)
    refuse_grave(row)
    return _set(row, Campaign.State.REVIEW, by, "asked")


@transaction.atomic
def approve(campaign: Campaign, *, by: Any) -> Campaign:
    """It may go as it is. Raises Refused for who wrote it last, ValidationError while something must be mended."""
    row = _in_state(campaign, Campaign.State.DRAFT, Campaign.State.REVIEW)
    require(may_approve, by, row, reason=_("Somebody else who leads has to approve what you wrote."))
    refuse_grave(row)
    row.approved_by, row.approved_at = by, timezone.now()
    return _set(row, Campaign.State.APPROVED, by, "approved")


@transaction.atomic
def take_back(campaign: Campaign, *, by: Any) -> Campaign:
    """A draft again."""
    row = _in_state(campaign, Campaign.State.REVIEW, Campaign.State.APPROVED)
    row.approved_by, row.approved_at = None, None
    return _set(row, Campaign.State.DRAFT, by, "taken_back")


def _in_state(campaign: Campaign, *states: str) -> Campaign:
    row = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("audience", "purpose")
        .get(pk=campaign.pk)
    )
    if row.state not in states:
        raise ValidationError(_("This cannot be done now: %(state)s.") % {"state": row.get_state_display()})
    return row


def _set(row: Campaign, state: str, by: Any, verb: str) -> Campaign:
    row.state, row.updated_at = state, timezone.now()
    row.save(update_fields=["state", "approved_by", "approved_at", "updated_at"])
    record(by=by, verb=f"campaigns.{verb}", about=[row])
    return row
