"""Applications that were not taken are not kept for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Opening, Placement
from ..selectors import PLACEMENT

AT_ONCE = 500


def forget_declined(*, now: datetime) -> int:
    """Remove declined applications of people who are not in the directory once their opening's term is over; how many went.

    Of people of the directory the words they applied with go, and that they applied stays.
    """
    gone = 0
    for key, days in Opening.objects.values_list("pk", "forget_after_days"):
        rows = Placement.objects.filter(
            opening_id=key, state=Placement.State.DECLINED, updated_at__lt=now - timedelta(days=days)
        )
        rows.filter(person__isnull=False).exclude(said="").update(said="")
        strangers = list(rows.filter(person__isnull=True).values_list("pk", flat=True)[:AT_ONCE])
        if not strangers:
            continue
        with transaction.atomic():
            opening = Opening.objects.select_related("project").get(pk=key)
            Placement.objects.filter(pk__in=strangers).delete()
            search.remove(PLACEMENT, strangers)
            details = {"count": len(strangers), "name": opening.name}
            record(by=None, verb="projects.forgotten", about=[opening.project], details=details)
        gone += len(strangers)
    return gone
