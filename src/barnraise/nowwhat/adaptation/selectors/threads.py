"""Where revisions, experiments, reviews and lessons stand in the golden thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import Fan

from ..models import Experiment, Lesson, Review, Revision

FANNED = 50


def _refs(texts: Sequence[str]) -> list[Ref]:
    return [Ref.parse(text) for text in texts if text]


def of_revision(ref: Ref) -> list[Ref]:
    """What it rests on, and the plan it changes."""
    row = Revision.objects.filter(pk=ref.id).first()
    return _refs([*row.evidence, row.about]) if row else []


def of_experiment(ref: Ref) -> list[Ref]:
    """What it is tried in."""
    return _refs(list(Experiment.objects.filter(pk=ref.id).values_list("about", flat=True)))


def of_review(ref: Ref) -> list[Ref]:
    """What it looks back at."""
    return _refs(list(Review.objects.filter(pk=ref.id).values_list("about", flat=True)))


def lessons_of(ref: Ref) -> list[Ref]:
    """What was learnt in a review."""
    keys = Lesson.objects.filter(review_id=ref.id).order_by("pk").values_list("pk", flat=True)[:FANNED]
    return [Ref("adaptation", "lesson", key) for key in keys]


def review_of(ref: Ref) -> list[Ref]:
    """Where it was learnt."""
    keys = Lesson.objects.filter(pk=ref.id).values_list("review_id", flat=True)
    return [Ref("adaptation", "review", key) for key in keys]


def became(ref: Ref) -> list[Ref]:
    """The next step or promise that a lesson became."""
    return _refs(list(Lesson.objects.filter(pk=ref.id).values_list("became", flat=True)))


def lesson_behind(ref: Ref) -> list[Ref]:
    """The lesson that a next step or a promise came from."""
    keys = Lesson.objects.filter(became=str(ref)).values_list("pk", flat=True)[:FANNED]
    return [Ref("adaptation", "lesson", key) for key in keys]


def about_it(ref: Ref) -> Fan:
    """Revisions, experiments and reviews of this goal, objective, project or event, the latest first."""
    found: list[Ref] = []
    total = 0
    for model in (Revision, Experiment, Review):
        rows: QuerySet[Any] = model._default_manager.filter(naming("about", ref))
        keys = list(rows.order_by("-updated_at", "-pk").values_list("pk", flat=True)[: FANNED + 1])
        total += len(keys) if len(keys) <= FANNED else rows.count()
        found += [Ref("adaptation", str(model._meta.model_name), key) for key in keys[:FANNED]]
    return Fan(found[:FANNED], total)
