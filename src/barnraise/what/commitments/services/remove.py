"""Take promises away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Commitment
from ..selectors import KIND
from .make import told


def take_away(keys: Sequence[int]) -> None:
    """Delete these with their files, without a sentence, in the caller's transaction."""
    files.forget(kind=KIND, keys=list(keys))
    search.remove(KIND, list(keys))
    Commitment.objects.filter(pk__in=list(keys)).delete()


def remove_commitment(commitment: Commitment, *, by: Any) -> None:
    """Take away one that was noted by mistake. Any other is kept, not kept or released, and stays."""
    with transaction.atomic():
        record(
            by=by, verb="commitments.removed", about=told(commitment)[1:], details={"title": commitment.what}
        )
        take_away([commitment.pk])


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's promises go, and those with its people and organisations. How many."""
    theirs = Q(organisation__is_sample=True) | Q(person__is_sample=True) | Q(to_organisation__is_sample=True)
    keys = list(Commitment.objects.filter(Q(is_sample=True) | theirs).values_list("pk", flat=True))
    if keys:
        take_away(keys)
        record(by=by, verb="commitments.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
