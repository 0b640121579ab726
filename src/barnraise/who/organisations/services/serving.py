"""What happens to "serves" when communities merge or go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.services import record

from ..models import Organisation, Serves


def move_served(from_key: int, to_key: int, by: Any) -> None:
    """Whoever served the first community serves the second one, once."""
    with transaction.atomic():
        serving = list(Serves.objects.filter(community_id=from_key).values_list("organisation_id", flat=True))
        there = set(
            Serves.objects.filter(community_id=to_key, organisation_id__in=serving).values_list(
                "organisation_id", flat=True
            )
        )
        Serves.objects.filter(community_id=from_key, organisation_id__in=there).delete()
        Serves.objects.filter(community_id=from_key).update(community_id=to_key)
        about = list(Organisation.objects.filter(pk__in=serving[:200]))
        if about:
            record(by=by, verb="organisations.served_moved", about=about, details={"count": len(serving)})


def release_served(keys: Sequence[int]) -> int:
    """Forget that anybody serves these communities. Returns how many links went."""
    return Serves.objects.filter(community_id__in=list(keys)).delete()[0]
