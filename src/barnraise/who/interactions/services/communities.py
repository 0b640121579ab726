"""What happens to interactions when communities merge or go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.who.communities.models import Community

from ..models import Interaction


def move_talks(from_key: int, to_key: int, by: Any) -> None:
    """What belonged to the first community belongs to the second one."""
    with transaction.atomic():
        count = Interaction.objects.filter(community_id=from_key).update(
            community_id=to_key, updated_at=timezone.now()
        )
        if count:
            to = Ref.to(Community.objects.defer("boundary").get(pk=to_key))
            record(by=by, verb="interactions.community_moved", about=[to], details={"count": count})


def release_talks(keys: Sequence[int]) -> int:
    """Forget that anything belongs to these communities. Returns how many interactions let go."""
    return Interaction.objects.filter(community_id__in=list(keys)).update(
        community=None, updated_at=timezone.now()
    )
