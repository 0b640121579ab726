"""Take the sample town's needs away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Cycle, Need, Session
from ..selectors import CYCLE, KIND, SESSION


@transaction.atomic
def remove_sample(*, by: Any) -> dict[str, int]:
    """How many needs, assessments and sessions went; real needs of a sample's assessment go with it."""
    counts = {}
    for name, kind, model, wanted in (
        ("needs", KIND, Need, Q(is_sample=True) | Q(cycle__is_sample=True)),
        ("sessions", SESSION, Session, Q(is_sample=True)),
        ("assessments", CYCLE, Cycle, Q(is_sample=True)),
    ):
        rows: Any = model
        keys = list(rows.objects.filter(wanted).values_list("pk", flat=True))
        rows.objects.filter(pk__in=keys).delete()
        search.remove(kind, keys)
        counts[name] = len(keys)
    if any(counts.values()):
        record(by=by, verb="needs.sample_removed", about=[], details={"count": counts["needs"]})
    return counts
