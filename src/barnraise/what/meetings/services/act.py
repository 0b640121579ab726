"""An action item: a promise that is made at the meeting."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.what.commitments.models import Commitment
from barnraise.what.commitments.services import make_commitment

from ..models import Meeting
from .plan import told


def add_action(
    meeting: Meeting, *, by: Any, what: str, due_on: date, partner: Any = None, owner: Any = None
) -> Commitment:
    """Promised by `partner` (an organisation or a person) to us, or by us where there is none; also after the minutes were closed.

    Raises ValidationError by field, as promises do, and at a meeting that is cancelled; then nothing is written.
    """
    with transaction.atomic():
        if Meeting.objects.select_for_update().get(pk=meeting.pk).cancelled_at is not None:
            raise ValidationError(_("It is cancelled. Open it again first."))
        made = make_commitment(
            by=by,
            direction="theirs" if partner is not None else "ours",
            what=what,
            due_on=due_on,
            partner=partner,
            kind="action",
            promised_on=min(meeting.on, due_on) if meeting.held_at else None,
            owner=owner,
            cites=meeting.cites,
            made_at=str(Ref.to(meeting)),
        )
        record(by=by, verb="meetings.action_added", about=[*told(meeting), made])
    return made
