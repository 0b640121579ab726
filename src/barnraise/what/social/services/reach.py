"""Note how many a post reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, record
from barnraise.plumbing.ui.faults import refuse
from barnraise.why.goals.sockets import rows_changed

from ..faults import reach_faults
from ..models import Reach, Variant
from .change import locked, touch
from .post import SOURCE


def note_reach(
    variant: Variant, *, by: Any, reached: int, on: date | None = None, engaged: int | None = None
) -> Reach:
    """What the network says it reached until a day; the same day again replaces it. Raises ValidationError by field."""
    now = timezone.now()
    day = on or timezone.localdate(now)
    refuse(reach_faults(day, reached, engaged, timezone.localdate(now)))
    with transaction.atomic():
        row = locked(variant)
        if row.posted_at is None:
            raise ValidationError(_("It was not posted yet."))
        if day < timezone.localdate(row.posted_at):
            raise ValidationError({"on": _("This is before it was posted.")})
        values = {"reached": reached, "engaged": engaged, "updated_at": now}
        found, _made = Reach.objects.update_or_create(
            variant=row, on=day, defaults=values, create_defaults={**values, "created_at": now}
        )
        touch(row)
        record(by=by, verb="social.reached", about=[row.message, row], details={"count": reached})
        rows_changed(SOURCE)
    return found


def remove_reach(reach: Reach, *, by: Any) -> None:
    """Take away a number that was noted by mistake."""
    with transaction.atomic():
        row = locked(reach.variant)
        Reach.objects.filter(pk=reach.pk).delete()
        touch(row)
        record(by=by, verb="social.reach_removed", about=[row.message, row])
        rows_changed(SOURCE)


def write_reaches(given: Sequence[tuple[int, date, int, int | None]], *, at: datetime) -> list[Reach]:
    """Add these (variant, day, reached, engaged), checked already, without a sentence, in the caller's transaction."""
    rows = Reach.objects.bulk_create(
        [
            Reach(variant_id=key, on=on, reached=reached, engaged=engaged, created_at=at, updated_at=at)
            for key, on, reached, engaged in given
        ]
    )
    Variant.objects.filter(pk__in=[row.variant_id for row in rows]).update(updated_at=at)
    rows_changed(SOURCE)
    return rows


def amend_reaches(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Give these numbers their new values, checked already, without a sentence, in the caller's transaction; the changes for an undo."""
    found = amend(Reach, given, at=at)
    keys = [change.key for change in found]
    Variant.objects.filter(reaches__in=keys).update(updated_at=at)
    if found:
        rows_changed(SOURCE)
    return found
