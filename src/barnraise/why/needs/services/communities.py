"""What happens to needs, assessments and sessions when communities merge or go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.who.communities.models import Community

from ..models import Cycle, Need, Session


def move_uses(from_key: int, to_key: int, by: Any) -> None:
    """What was about the first community is about the second one."""
    with transaction.atomic():
        now = timezone.now()
        count = sum(
            model.objects.filter(community_id=from_key).update(community_id=to_key, updated_at=now)
            for model in (Need, Cycle, Session)
        )
        if count:
            to = Ref.to(Community.objects.defer("boundary").get(pk=to_key))
            record(by=by, verb="needs.community_moved", about=[to], details={"count": count})


def release_uses(keys: Sequence[int]) -> int:
    """Forget that anything is about these communities. Returns how many rows let go."""
    now = timezone.now()
    return sum(
        model.objects.filter(community_id__in=list(keys)).update(community=None, updated_at=now)
        for model in (Need, Cycle, Session)
    )
