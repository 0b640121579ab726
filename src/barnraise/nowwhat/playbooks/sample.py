"""The playbooks of the sample town: one made of a goal with its projects, one of a project, and one that is retired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.what.projects.models import Project
from barnraise.why.goals.models import Goal

from .models import Playbook
from .services import make, remove_sample, retire

ABOUT = (
    ("What we would do again, in the order in which we did it.", "Lo que volveríamos a hacer, en el orden en que lo hicimos."),
    ("Needs one paid half-time person.", "Necesita a una persona pagada a medio tiempo."),
)  # fmt: skip
RETIRED = ("Replaced by a newer one.", "Sustituido por uno más nuevo.")


def load(*, by: Any) -> Mapping[str, int]:
    """Make them; nothing when they are there already."""
    if Playbook.objects.filter(is_sample=True).exists():
        return {"playbooks": 0}
    spanish = int(installation().default_language == "es")
    projects = Project.objects.filter(is_sample=True, objective__isnull=False).order_by("pk")
    goals = Goal.objects.filter(is_sample=True, objectives__isnull=False).distinct().order_by("pk")
    sources: list[Any] = [*goals[:1], *projects[:2]]
    with transaction.atomic(), arriving_by("sample"):
        made = []
        for at, row in enumerate(sources):
            try:
                made.append(make(row, by=by, title=row.name, about=ABOUT[at % 2][spanish], is_sample=True))
            except ValidationError:
                continue
        if len(made) > 2:
            retire(made[-1], by=by, note=RETIRED[spanish])
        if made:
            record(by=by, verb="playbooks.sample_added", about=[], details={"count": len(made)})
    return {"playbooks": len(made)}


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's playbooks away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"playbooks": remove_sample(by=by)}
