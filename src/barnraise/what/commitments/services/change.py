"""Change what a promise says."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import commitment_faults
from ..models import Commitment
from ..selectors import KIND
from .make import told

FIELDS = ("what", "detail", "kind", "promised_on", "due_on", "owner", "cites")


def change_commitment(commitment: Commitment, *, by: Any, **values: Any) -> Commitment:
    """Set the given fields (of FIELDS); who promised whom stays. The day that was promised first is kept beside a new one.

    Raises ValidationError by field, also for a promise that is settled; then nothing is changed.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A promise has no field {', '.join(sorted(unknown))}.")
    now = timezone.now()
    with transaction.atomic():
        row = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
        if row.settled:
            raise ValidationError(_("It is settled. Open it again first."))
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        refuse(commitment_faults(row, timezone.localdate(now)))
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if differ:
            row.what_folded, row.updated_at = fold(row.what)[:300], now
            if row.promised_on > row.first_due_on:
                row.first_due_on = row.due_on
            row.save(update_fields=[*differ, "what_folded", "first_due_on", "updated_at"])
            changes = {name: (_told(before[name]), _told(getattr(row, name))) for name in differ}
            moved = "due_on" in differ
            verb = "commitments.moved" if moved else "commitments.changed"
            details = {"day": row.due_on.isoformat()} if moved else {}
            record(by=by, verb=verb, about=told(row), changes=changes, details=details)
            search.index(KIND, [row.pk])
    return row


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)
