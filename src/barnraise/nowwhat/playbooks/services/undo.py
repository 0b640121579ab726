"""Take an installation back, and bring a removed playbook back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation import services as adaptation
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.questionnaires import services as questionnaires
from barnraise.what.events import services as events
from barnraise.what.projects import services as projects
from barnraise.what.projects.models import Opening
from barnraise.why.goals import services as goals

from ..models import Installation
from .install import stamps

REMOVERS: Mapping[str, Callable[..., Any]] = {
    "adaptation.review": adaptation.remove_review,
    "events.event": events.remove_event,
    "projects.project": projects.remove_project,
    "goals.indicator": goals.remove_indicator,
    "questionnaires.questionnaire": questionnaires.remove,
    "goals.objective": goals.remove_objective,
    "goals.goal": goals.remove_goal,
}


def take_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo installations, each whole or not at all: kept is one of which somebody changed something since ("touched"), and one in which
    something hangs on what was made ("in_use")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Installation.objects.filter(pk=change.key).first()
        if row is None:
            continue
        before = (change.after or {}).get("stamps", {})
        if any(before.get(text) != stamp for text, stamp in stamps(row.made).items()):
            kept[change.key] = "touched"
            continue
        try:
            with transaction.atomic():
                _remove_made(row.made, by)
                row.delete()
        except ValidationError:
            kept[change.key] = "in_use"
    return kept


def _remove_made(made: Sequence[str], by: Any) -> None:
    """Remove what was made, the last first. Raises ValidationError when one of it is needed by others."""
    for text in reversed(made):
        ref = Ref.parse(text)
        model: Any = apps.get_model(ref.kind)
        thing = model._default_manager.filter(pk=ref.id).first()
        if thing is None:
            continue
        if ref.kind == "projects.project":
            for opening in Opening.objects.filter(project=thing):
                projects.remove_part("openings", opening, by=by)
        REMOVERS[ref.kind](thing, by=by)
