"""Change, end and reopen audiences."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import audience_faults
from ..models import Audience
from ..selectors import KIND

FIELDS = ("name", "about", "mode", "purpose", "channel")


def change_audience(audience: Audience, *, by: Any, **values: Any) -> Audience:
    """Set the given fields (of FIELDS). Raises ValidationError by field; then nothing is changed."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"An audience has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = Audience.objects.select_for_update().get(pk=audience.pk)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, squeeze(value) if name in {"name", "about"} else value)
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if not differ:
            return row
        refuse(audience_faults(row))
        row.name_folded, row.updated_at = fold(row.name)[:120], timezone.now()
        row.save(update_fields=[*differ, "name_folded", "updated_at"])
        told = {name: (_told(before[name]), _told(getattr(row, name))) for name in differ}
        record(by=by, verb="audiences.changed", about=[row], changes=told)
        search.index(KIND, [row.pk])
    return row


def _told(value: Any) -> str | None:
    return None if value is None else str(value)


def end_audience(audience: Audience, *, by: Any) -> Audience:
    """It is offered to nobody any more. What was done with it stays."""
    return _set_end(audience, timezone.now(), by, "ended")


def reopen_audience(audience: Audience, *, by: Any) -> Audience:
    """It is offered again."""
    return _set_end(audience, None, by, "reopened")


def _set_end(audience: Audience, at: datetime | None, by: Any, verb: str) -> Audience:
    with transaction.atomic():
        row = Audience.objects.select_for_update().get(pk=audience.pk)
        if (row.ended_at is None) != (at is None):
            row.ended_at, row.updated_at = at, timezone.now()
            row.save(update_fields=["ended_at", "updated_at"])
            record(by=by, verb=f"audiences.{verb}", about=[row])
    return row
