"""Take the sample town's communities away."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Community, Figure, Measure
from ..selectors import KIND, MEASURE
from ..sockets import uses


def remove_sample_measures() -> None:
    """Take the sample's measures away, but for those that a figure of a real community uses since."""
    used = Figure.objects.filter(measure__is_sample=True).values("measure")
    gone = Measure.objects.filter(is_sample=True).exclude(pk__in=used)
    keys = list(gone.values_list("pk", flat=True))
    Measure.objects.filter(pk__in=keys).delete()
    search.remove(MEASURE, keys)


def remove_sample(*, by: Any) -> int:
    """Remove every sample community, also those people changed since; real ones below them become top ones.

    Rows of upper rooms that refer to sample communities let go of them. Returns how many were removed.
    """
    with transaction.atomic():
        keys = list(Community.objects.filter(is_sample=True).values_list("pk", flat=True))
        if not keys:
            return 0
        for use in uses:
            use.release(keys)
        Community.objects.filter(parent_id__in=keys).update(parent=None)
        Community.objects.filter(pk__in=keys).delete()
        remove_sample_measures()
        search.remove(KIND, keys)
        record(by=by, verb="communities.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
