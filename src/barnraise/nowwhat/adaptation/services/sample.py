"""The sample town's revisions, experiments and reviews go."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Experiment, Lesson, Review, Revision
from ..selectors import LESSON
from . import writing


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """Take exactly these away. How many."""
    count = 0
    for model in (Revision, Experiment, Review):
        rows: Any = model._default_manager.filter(is_sample=True)
        keys = list(rows.values_list("pk", flat=True))
        if model is Review:
            lessons = Lesson.objects.filter(review_id__in=keys).values_list("pk", flat=True)
            search.remove(LESSON, list(lessons))
        writing.forget(model, keys)
        count += len(keys)
    if count:
        record(by=by, verb="adaptation.sample_removed", about=[], details={"count": count})
    return count
