"""Approve a variant, or take that back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import refuse

from ..faults import network_faults
from ..models import Variant
from ..selectors import hindrance_of, is_stuck
from ..sockets import networks
from .change import locked, touch


def fit(row: Variant) -> None:
    """Raise ValidationError where the network would refuse it, or what it tells about may be told no more."""
    network = networks.find(row.network)
    if network is None:
        raise ValidationError(_("This network is not known any more."))
    refuse([("text", reason) for reason in network_faults(row.text, network)])
    hindrance = hindrance_of(row.message)
    if hindrance:
        raise ValidationError(hindrance)


def approve(variant: Variant, *, by: Any) -> Variant:
    """It may be posted as it stands. Raises ValidationError with what hinders it; then nothing is changed."""
    with transaction.atomic():
        row = locked(variant)
        if row.state not in (Variant.State.DRAFT, Variant.State.FAILED):
            raise ValidationError(_("Only a draft is approved."))
        fit(row)
        row.state, row.reason, row.approved_by = Variant.State.APPROVED, "", by
        touch(row, "state", "reason", "approved_by")
        record(by=by, verb="social.approved", about=[row.message, row])
    return row


def unapprove(variant: Variant, *, by: Any) -> Variant:
    """A draft again, also where its job was cancelled or given up. Raises ValidationError when it is not approved."""
    with transaction.atomic():
        row = locked(variant)
        if row.state != Variant.State.APPROVED and not is_stuck(row):
            raise ValidationError(_("It is not approved."))
        row.state, row.approved_by = Variant.State.DRAFT, None
        touch(row, "state", "approved_by")
        record(by=by, verb="social.unapproved", about=[row.message, row])
    return row
