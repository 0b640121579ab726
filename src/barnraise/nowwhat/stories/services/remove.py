"""Take stories away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Story, StoryPerson
from ..selectors import KIND, about_refs


def take_away(keys: Sequence[int]) -> None:
    """Delete these with pictures, figures and names, without a sentence, in the caller's transaction."""
    files.forget(kind=KIND, keys=list(keys))
    search.remove(KIND, list(keys))
    Story.objects.filter(pk__in=list(keys)).delete()


def remove_story(story: Story, *, by: Any) -> None:
    """Away for good, with its pictures. One that is to be told later again is better taken back."""
    with transaction.atomic():
        record(by=by, verb="stories.removed", about=about_refs(story), details={"title": story.title})
        take_away([story.pk])


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's stories go, and those that name its people. How many."""
    named = StoryPerson.objects.filter(person__is_sample=True).values("story")
    keys = list(Story.objects.filter(Q(is_sample=True) | Q(pk__in=named)).values_list("pk", flat=True))
    if keys:
        take_away(keys)
        record(by=by, verb="stories.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
