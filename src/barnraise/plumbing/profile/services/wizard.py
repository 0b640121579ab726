"""Where the first run stands: the next step, what was skipped, when it was finished."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.policy import require
from barnraise.plumbing.journal.services import record

from ..models import Installation
from ..policies import may_change
from ..selectors import forget
from .change import locked


@transaction.atomic
def take_step(*, by: Any, done: str, following: str, is_skipped: bool = False) -> Installation:
    """Leave step `done` behind and stand at `following`. Where one stands is no fact, so it leaves no sentence."""
    require(may_change, by)
    row = locked()
    row.wizard_step = following
    others = [name for name in row.wizard_skipped if name != done]
    row.wizard_skipped = [*others, done] if is_skipped else others
    row.save(update_fields=["wizard_step", "wizard_skipped", "updated_at"])
    forget()
    return row


@transaction.atomic
def finish_wizard(*, by: Any) -> Installation:
    """The first run is over; Today no longer sends admins to it. Doing it twice changes nothing."""
    require(may_change, by)
    row = locked()
    if row.wizard_done_at is None:
        row.wizard_done_at = timezone.now()
        row.save(update_fields=["wizard_done_at", "updated_at"])
        record(by=by, verb="profile.set_up", about=[row], details={"skipped": row.wizard_skipped})
        forget()
    return row


@transaction.atomic
def reopen_wizard(*, by: Any) -> Installation:
    """Walk the first run again from its start."""
    require(may_change, by)
    row = locked()
    if row.wizard_done_at is not None:
        row.wizard_done_at, row.wizard_step, row.wizard_skipped = None, "", []
        row.save(update_fields=["wizard_done_at", "wizard_step", "wizard_skipped", "updated_at"])
        record(by=by, verb="profile.set_up_again", about=[row])
        forget()
    return row
