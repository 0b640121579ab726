"""Change what stands of a partnership beside its histories."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import standing_faults
from ..models import Partnership
from ..selectors import KIND
from .reckon import reckon

FIELDS = ("about", "owner", "cadence_days", "agreement", "agreed_on", "agreement_ends_on")


def change_partnership(partnership: Partnership, *, by: Any, **values: Any) -> Partnership:
    """Set the given fields (of FIELDS). Raises ValidationError by field; then nothing is changed."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A partnership has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = Partnership.objects.select_for_update().get(pk=partnership.pk)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        refuse(
            standing_faults(row.cadence_days, row.agreed_on, row.agreement_ends_on, row.about, row.agreement)
        )
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if differ:
            row.updated_at = timezone.now()
            row.save(update_fields=[*differ, "updated_at"])
            if "cadence_days" in differ:
                reckon([row.pk])
            told = {name: (_told(before[name]), _told(getattr(row, name))) for name in differ}
            record(by=by, verb="partnerships.changed", about=[row.partner, row], changes=told)
            search.index(KIND, [row.pk])
    return row


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)
