"""Write many people in few statements: what imports and bulk actions call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import record
from barnraise.who.organisations.models import Source

from ..documents import PersonDocument
from .writing import Told, Written, write


def write_many(
    documents: Sequence[PersonDocument],
    *,
    by: Any,
    source: Source,
    change_set: ChangeSet | None,
    is_sample: bool = False,
    now: datetime | None = None,
) -> Written:
    """Create the documents without a key, change those with one, leave equal ones alone. One transaction for all.

    Values must be normal already (`identifiers.normalise`, `contacts.normalise`; see `faults`). With a change set everything
    is kept for undo and its journal entry is left to whoever closes it; without one, one entry tells the counts. Raises
    ValidationError for an identifier another person has, Person.DoesNotExist for an unknown key; then nothing is written.
    """
    told = Told(by=by, source=source, at=now or timezone.now(), change_set=change_set, is_sample=is_sample)
    with transaction.atomic():
        written = write(documents, told)
        if change_set is None and (written.created or written.updated):
            record(
                by=by,
                verb="people.wrote_many",
                about=[],
                details={"created": len(written.created), "updated": len(written.updated)},
            )
    return written
