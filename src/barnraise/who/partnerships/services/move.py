"""Let a partnership come to another stage."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.plumbing.ui.faults import refuse

from ..faults import stage_faults
from ..models import Partnership, Stage, StageChange
from ..selectors import STAGE
from .writing import follow


def move_stage(
    partnership: Partnership, *, by: Any, stage: str, since_on: date | None = None, reason: str = ""
) -> ChangeSet:
    """Add a line to the history of stages; the latest day counts, whenever it was noted.

    Returns the change set that takes the line back for thirty days. Raises ValidationError by field (an end without a reason,
    a day to come, the stage it is in already); then nothing is written.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    day, reason = since_on or today, reason.strip()
    refuse(stage_faults(stage, day, reason, today))
    with transaction.atomic():
        row = Partnership.objects.select_for_update().get(pk=partnership.pk)
        before = row.stages.filter(since_on__lte=day).order_by("since_on", "pk").last()
        if before is not None and before.stage == stage:
            raise ValidationError({"stage": [_("It was in this stage already on that day.")]})
        key = getattr(by, "pk", None)
        line = StageChange.objects.create(
            partnership=row,
            stage=stage,
            since_on=day,
            reason=reason,
            by_id=key,
            created_at=now,
            updated_at=now,
        )
        follow([row.pk], at=now)
        change_set = open_change_set(by=by, verb="partnerships.moved")
        add_changes(
            change_set=change_set,
            changes=[Change(kind=STAGE, key=line.pk, action=Change.Action.CREATED)],
        )
        ends = stage == Stage.ENDED
        record(
            by=by,
            verb="partnerships.ended" if ends else f"partnerships.moved_{stage}",
            about=[row.partner, row],
            details={"reason": reason} if reason else {},
            change_set=change_set,
        )
        close_change_set(change_set=change_set)
    return change_set
