"""Lock observations: what was told outside no longer changes unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, amend, record, reset_row

from ..models import Observation


def lock(observation: Observation, *, by: Any) -> Observation:
    """From now on a change is a restatement. Raises ValidationError while the period is not over."""
    with transaction.atomic():
        row = Observation.objects.select_for_update().get(pk=observation.pk)
        if row.is_locked:
            return row
        now = timezone.now()
        if row.ends_on >= timezone.localdate(now):
            raise ValidationError(_("The period is not over yet. Lock it when it is."))
        row.locked_at = row.updated_at = now
        row.locked_by = by
        row.save(update_fields=["locked_at", "locked_by", "updated_at"])
        record(by=by, verb="indicators.locked", about=[row, row.indicator])
    return row


def lock_many(rows: QuerySet[Observation], *, by: Any, values: Any = None, change_set: Any = None) -> int:
    """Lock all of these whose period is over and that are not locked; how many that is. In the caller's transaction."""
    now = timezone.now()
    free = rows.filter(locked_at__isnull=True, ends_on__lt=timezone.localdate(now))
    keys = list(free.values_list("pk", flat=True))
    Observation.objects.filter(pk__in=keys).update(locked_at=now, locked_by=by, updated_at=now)
    if keys:
        record(by=by, verb="indicators.locked_many", about=[], details={"count": len(keys)})
    return len(keys)


def lock_by_file(rows: Sequence[Observation], *, by: Any, change_set: Any) -> None:
    """Lock these, checked already, without a sentence, in the caller's transaction; an undo unlocks them."""
    now = timezone.now()
    said = {"locked_at": now, "locked_by": by if getattr(by, "pk", None) else None}
    add_changes(change_set=change_set, changes=amend(Observation, [(row.pk, said) for row in rows], at=now))


def unlock(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo locks that a file brought, in the caller's transaction; a number that was restated since stays locked, as people saw it change."""
    restated = set(
        Observation.objects.filter(
            pk__in=[change.key for change in changes], restated_at__isnull=False
        ).values_list("pk", flat=True)
    )
    kept = {change.key: "touched" if change.key in restated else reset_row(change) for change in changes}
    return {key: reason for key, reason in kept.items() if reason}
