"""What happens to the communities concerned when communities merge or go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.services import record

from ...models import Concerns, Exchange


def move_concerned(from_key: int, to_key: int, by: Any) -> None:
    """Whatever was for the first community is for the second one, once."""
    with transaction.atomic():
        moving = list(Concerns.objects.filter(community_id=from_key).values_list("exchange_id", flat=True))
        there = Concerns.objects.filter(community_id=to_key, exchange_id__in=moving)
        Concerns.objects.filter(
            community_id=from_key, exchange_id__in=list(there.values_list("exchange_id", flat=True))
        ).delete()
        Concerns.objects.filter(community_id=from_key).update(community_id=to_key)
        about = list(Exchange.objects.filter(pk__in=moving[:200]))
        if about:
            record(by=by, verb="organisations.exchanges_moved", about=about, details={"count": len(moving)})


def release_concerned(keys: Sequence[int]) -> int:
    """Forget that anything is for these communities. Returns how many links went."""
    return Concerns.objects.filter(community_id__in=list(keys)).delete()[0]
