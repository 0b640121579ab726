"""Take thanks away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Mark, Thanks
from ..selectors import KIND, MARK


def take_away(keys: Sequence[int]) -> None:
    """Delete these with their files, without a sentence, in the caller's transaction."""
    files.forget(kind=KIND, keys=list(keys))
    search.remove(KIND, list(keys))
    Thanks.objects.filter(pk__in=list(keys)).delete()


def remove_thanks(thanks: Thanks, *, by: Any) -> None:
    """Away for good; the mails that were sent stay in the outbox."""
    with transaction.atomic():
        record(by=by, verb="recognition.removed", about=[thanks.organisation])
        take_away([thanks.pk])


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's thanks and marks go, and those with its partners and indicators. How many thanks."""
    rows = Thanks.objects.filter(Q(is_sample=True) | Q(organisation__is_sample=True))
    keys = list(rows.values_list("pk", flat=True))
    if keys:
        take_away(keys)
        record(by=by, verb="recognition.sample_removed", about=[], details={"count": len(keys)})
    marks = Mark.objects.filter(Q(is_sample=True) | Q(indicator__is_sample=True))
    search.remove(MARK, list(marks.values_list("pk", flat=True)))
    marks.delete()
    return len(keys)
