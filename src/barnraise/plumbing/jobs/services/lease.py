"""Claim a job, keep it, give it back: every write asks that the token still stands in the row."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from .. import selectors
from ..holders import me
from ..models import Job

LEASE = timedelta(seconds=10)
"""How long a silent worker is believed alive. A step may take longer: its transaction holds the row's lock."""


CALL = timedelta(minutes=3)
"""The same while it talks to another system, outside of any transaction."""


def claim(job_id: int, *, now: datetime | None = None) -> uuid.UUID | None:
    """Take this job if it is due or its lease ran out; the token to work with, or None when it is another's or over."""
    now = now or timezone.now()
    token = uuid.uuid4()
    abandoned = Q(state=Job.State.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        row = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(selectors.due(now) | abandoned, pk=job_id)
            .first()
        )
        if row is None:
            return None
        Job.objects.filter(pk=job_id).update(
            state=Job.State.RUNNING,
            lease_token=token,
            lease_until=now + LEASE,
            lease_holder=me(),
            interruptions=F("interruptions") + (1 if row.state == Job.State.RUNNING else 0),
            started_at=row.started_at or now,
            stage_at=now,
            stage_done=row.done,
            not_before_at=None,
            updated_at=now,
        )
    return token


def held(job_id: int, token: uuid.UUID) -> Job | None:
    """The row, locked, if `token` still stands in it; call it inside a transaction."""
    return (
        Job.objects.select_for_update(of=("self",))
        .filter(pk=job_id, lease_token=token, state=Job.State.RUNNING)
        .first()
    )


def write(job_id: int, token: uuid.UUID, **fields: Any) -> bool:
    """Write these fields if `token` still stands in the row; False when it does not."""
    fields.setdefault("updated_at", timezone.now())
    return bool(Job.objects.filter(pk=job_id, lease_token=token).update(**fields))


def released() -> dict[str, Any]:
    """The fields of a row that nobody holds."""
    return {"lease_token": None, "lease_until": None, "lease_holder": ""}
