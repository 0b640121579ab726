"""Candidates of the small world."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 90
EXAMPLES = {
    "discovery:uuid": named("discovery.Candidate", "uuid", reason="World candidate"),
    "discovery:body": named("organisations.Organisation", "uuid", name="Oak Hill Library"),
    "discovery:key": named("discovery.Candidate", "pk", reason="World candidate"),
}


def build(people: dict[str, Any]) -> None:
    """One to look at again, and one kept in view."""
    from datetime import timedelta

    from django.utils import timezone

    from barnraise.nowwhat.discovery.models import Candidate
    from barnraise.nowwhat.discovery.selectors import candidates
    from barnraise.nowwhat.discovery.services import judge

    today = timezone.localdate()
    first, second = (
        candidates(today).exclude(pk__in=Candidate.objects.values("organisation_id")).order_by("-pk")[:2]
    )
    judge(first, by=people["bob"], verdict="not_now", reason="World candidate", until=today)
    Candidate.objects.filter(organisation=first).update(until=today - timedelta(days=1))
    judge(second, by=people["bob"], verdict="watch", reason="World candidate in view")
