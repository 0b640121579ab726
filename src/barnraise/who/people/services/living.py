"""What happens to where people belong when communities merge or go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import record

from ..models import Leadership, Person


def move_residents(from_key: int, to_key: int, by: Any) -> None:
    """Whoever belonged to the first community, or led it, belongs to or leads the second."""
    with transaction.atomic():
        now = timezone.now()
        rows = Person.objects.filter(community_id=from_key)
        about = list(rows[:200])
        count = rows.update(community_id=to_key, updated_at=now)
        led = Leadership.objects.filter(community_id=from_key)
        about += [one.person for one in led.select_related("person")[:200]]
        count += led.update(community_id=to_key, updated_at=now)
        if about:
            record(by=by, verb="people.community_moved", about=about, details={"count": count})


def release_residents(keys: Sequence[int]) -> int:
    """Forget that anybody belongs to these communities or leads them. Returns how many rows let go."""
    now = timezone.now()
    people = Person.objects.filter(community_id__in=list(keys)).update(community=None, updated_at=now)
    leading = Leadership.objects.filter(community_id__in=list(keys)).update(community=None, updated_at=now)
    return people + leading
