"""Take concerns away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Issue
from ..selectors import KIND, titles
from .bring import told


def take_away(keys: Sequence[int]) -> None:
    """Delete these with their answers and files, without a sentence, in the caller's transaction."""
    files.forget(kind=KIND, keys=list(keys))
    search.remove(KIND, list(keys))
    Issue.objects.filter(pk__in=list(keys)).delete()


def remove_issue(issue: Issue, *, by: Any) -> None:
    """Take away one that was raised by mistake. Any other is resolved or declined, and stays."""
    with transaction.atomic():
        record(
            by=by,
            verb="issues.removed",
            about=told(issue)[1:],
            details={"title": titles([issue.pk])[issue.pk]},
        )
        take_away([issue.pk])


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's concerns go, and those with its people and organisations. How many."""
    theirs = Q(organisation__is_sample=True) | Q(person__is_sample=True) | Q(about__is_sample=True)
    keys = list(Issue.objects.filter(Q(is_sample=True) | theirs).values_list("pk", flat=True))
    if keys:
        take_away(keys)
        record(by=by, verb="issues.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
