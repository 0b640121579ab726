"""Take the sample town's communities away."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Community
from ..selectors import KIND
from ..sockets import uses


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
        search.remove(KIND, keys)
        record(by=by, verb="communities.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
