"""Take the sample town's observations away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.why.goals.models import Indicator
from barnraise.why.goals.selectors import INDICATOR

from ..models import Observation, Report
from ..selectors import OBSERVATION, REPORT


@transaction.atomic
def remove_sample(*, by: Any) -> tuple[int, int]:
    """How many observations and reports went; also those that real people wrote of the sample's indicators."""
    of_sample = Q(is_sample=True) | Q(indicator__is_sample=True)
    observations = Observation.objects.filter(of_sample)
    gone = list(observations.values_list("pk", flat=True))
    many = len(gone)
    search.remove(OBSERVATION, gone)
    observations.delete()
    reports = Report.objects.filter(of_sample | Q(organisation__is_sample=True))
    answers = list(reports.values_list("pk", flat=True))
    asked = len(answers)
    search.remove(REPORT, answers)
    reports.delete()
    ours = Indicator.objects.filter(is_sample=True, source__gt="")
    keys = list(ours.values_list("pk", flat=True))
    ours.delete()
    search.remove(INDICATOR, keys)
    if many:
        record(by=by, verb="indicators.sample_removed", about=[], details={"count": many})
    return many, asked
