"""Take the sample town's questionnaires away."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Questionnaire, Response
from ..selectors import KIND


@transaction.atomic
def remove_sample(*, by: Any) -> tuple[int, int]:
    """How many questionnaires and responses went; what real people answered to a sample goes with it."""
    keys = list(Questionnaire.objects.filter(is_sample=True).values_list("pk", flat=True))
    if not keys:
        return 0, 0
    many = Response.objects.filter(questionnaire_id__in=keys).count()
    Response.objects.filter(questionnaire_id__in=keys).delete()
    Questionnaire.objects.filter(pk__in=keys).delete()
    search.remove(KIND, keys)
    record(by=by, verb="questionnaires.sample_removed", about=[], details={"count": len(keys)})
    return len(keys), many
