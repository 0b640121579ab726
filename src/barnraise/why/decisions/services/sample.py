"""Take the sample town's decisions away."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Decision
from ..selectors import KIND


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """How many went, with all that was proposed and voted."""
    keys = list(Decision.objects.filter(is_sample=True).values_list("pk", flat=True))
    if keys:
        Decision.objects.filter(pk__in=keys).delete()
        search.remove(KIND, keys)
        record(by=by, verb="decisions.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
