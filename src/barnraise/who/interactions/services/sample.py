"""Take the sample town's interactions away."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.services import record

from ..models import Interaction, NextStep
from .remove import delete_rows
from .steps import delete_steps

AT_ONCE = 500


def remove_sample(*, by: Any) -> tuple[int, int]:
    """Remove every interaction and next step of the sample town; how many of each."""
    with transaction.atomic():
        steps = list(NextStep.objects.filter(is_sample=True).values_list("pk", flat=True))
        keys = list(Interaction.objects.filter(is_sample=True).values_list("pk", flat=True))
        for start in range(0, len(steps), AT_ONCE):
            delete_steps(steps[start : start + AT_ONCE])
        for start in range(0, len(keys), AT_ONCE):
            delete_rows(keys[start : start + AT_ONCE])
        if keys or steps:
            record(by=by, verb="interactions.sample_removed", about=[], details={"count": len(keys)})
    return len(keys), len(steps)
