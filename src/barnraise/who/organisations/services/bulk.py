"""Write many organisations in few statements: what imports and bulk actions call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import record

from ..documents import OrganisationDocument
from ..models import Source
from .writing import Told, Written, write

MOST_TOLD = 200
"""Of so many the timelines tell when they were written together without a change set."""


def write_many(
    documents: Sequence[OrganisationDocument],
    *,
    by: Any,
    source: Source,
    change_set: ChangeSet | None,
    is_sample: bool = False,
    now: datetime | None = None,
) -> Written:
    """Create the documents without a key, change those with one, leave equal ones alone. One transaction for all.

    Values must be normal already (`identifiers.normalise`, `contacts.normalise`, `sectors.normalise`; see `faults`).
    With a change set everything is kept for undo and its journal entry is left to whoever closes it; without one, one
    entry tells the counts. Raises ValidationError for an identifier another organisation has or parents in a circle,
    Organisation.DoesNotExist for an unknown key; then nothing is written.
    """
    told = Told(by=by, source=source, at=now or timezone.now(), change_set=change_set, is_sample=is_sample)
    with transaction.atomic():
        written = write(documents, told)
        if change_set is None and (written.created or written.updated):
            _tell(written, by)
    return written


def _tell(written: Written, by: Any) -> None:
    """One entry for all, on the timelines of the first of them."""
    created, updated = len(written.created), len(written.updated)
    verb = "wrote_many" if updated else "added_many"
    keys = [*written.created, *written.updated]
    record(
        by=by,
        verb=f"organisations.{verb}",
        about=[Ref("organisations", "organisation", key) for key in keys[:MOST_TOLD]],
        details={"created": created, "updated": updated, "count": created + updated},
    )
