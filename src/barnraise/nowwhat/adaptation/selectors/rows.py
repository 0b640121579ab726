"""Revisions, experiments, reviews and lessons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from barnraise.foundation.roles import TEAM
from barnraise.foundation.text import fold
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.hanging import hanging
from barnraise.what.projects.models import BudgetLine

from ..models import Experiment, Lesson, Move, Review, Revision
from ..states import state

REVISION, EXPERIMENT = "adaptation.revision", "adaptation.experiment"
REVIEW, LESSON = "adaptation.review", "adaptation.lesson"
MOVE = "adaptation.move"
CARD = "adaptation.judge"


def revisions(actor: Any = None) -> QuerySet[Revision]:
    """All revisions with who settled them."""
    return Revision.objects.select_related("settled_by")


def experiments(actor: Any = None) -> QuerySet[Experiment]:
    """All experiments with who sees to them."""
    return Experiment.objects.select_related("owner")


def reviews(actor: Any = None) -> QuerySet[Review]:
    """All reviews with how many lessons they have, and how many of them wait for a next step."""
    waiting = Lesson.objects.filter(state=Lesson.State.OPEN)
    return Review.objects.annotate(
        lesson_count=hanging(Lesson.objects.all(), "review"), waiting_count=hanging(waiting, "review")
    )


def lessons(actor: Any = None) -> QuerySet[Lesson]:
    """All lessons with their review."""
    return Lesson.objects.select_related("review", "settled_by")


def one_revision(revision: UUID) -> Revision:
    """Raises Revision.DoesNotExist."""
    return revisions().get(uuid=revision)


def one_revision_by_key(revision_key: int) -> Revision:
    """Raises Revision.DoesNotExist."""
    return revisions().get(pk=revision_key)


def one_experiment(experiment: UUID) -> Experiment:
    """Raises Experiment.DoesNotExist."""
    return experiments().get(uuid=experiment)


def one_experiment_by_key(experiment_key: int) -> Experiment:
    """Raises Experiment.DoesNotExist."""
    return experiments().get(pk=experiment_key)


def one_review(review: UUID) -> Review:
    """Raises Review.DoesNotExist."""
    return Review.objects.get(uuid=review)


def one_review_by_key(review_key: int) -> Review:
    """Raises Review.DoesNotExist."""
    return Review.objects.get(pk=review_key)


def one_lesson(lesson: UUID) -> Lesson:
    """Raises Lesson.DoesNotExist."""
    return lessons().get(uuid=lesson)


def one_lesson_by_key(lesson_key: int) -> Lesson:
    """Raises Lesson.DoesNotExist."""
    return lessons().get(pk=lesson_key)


def one_move(move: UUID) -> Move:
    """Raises Move.DoesNotExist."""
    return Move.objects.select_related("revision", "project", "taken_from", "given_to").get(uuid=move)


def moves(actor: Any = None) -> QuerySet[Move]:
    """All budget moves with revision, project and lines."""
    return Move.objects.select_related("revision", "project", "taken_from", "given_to")


def move_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """From where to where money moves, by key."""
    rows = moves().filter(pk__in=list(keys))
    return {row.pk: f"{row.taken_from.name} → {row.given_to.name}" for row in rows}


def one_move_by_key(move_key: int) -> Move:
    """Raises Move.DoesNotExist."""
    return moves().get(pk=move_key)


def revisions_named(texts: Collection[str]) -> dict[str, list[Revision]]:
    """By text the revisions that are meant by it: what changes, or the id. At most two queries."""
    ids: dict[UUID, str] = {}
    titles: dict[str, list[str]] = {}
    for text in texts:
        try:
            ids[UUID(text)] = text
        except ValueError:
            titles.setdefault(fold(text)[:200], []).append(text)
    found: dict[str, list[Revision]] = {}
    if ids:
        for row in Revision.objects.filter(uuid__in=list(ids)):
            found.setdefault(ids[row.uuid], []).append(row)
    if titles:
        for row in Revision.objects.filter(title_folded__in=list(titles)).order_by("pk"):
            for text in titles[row.title_folded]:
                found.setdefault(text, []).append(row)
    return found


def moves_of(revision: Revision) -> list[Move]:
    """Its budget moves with project and lines, in the order in which they were noted."""
    return list(revision.moves.select_related("project", "taken_from", "given_to").order_by("pk"))


def lines_of(project_key: int) -> list[BudgetLine]:
    """The budget lines of a project, by name."""
    return list(
        BudgetLine.objects.filter(project_id=project_key).select_related("project").order_by("name", "pk")
    )


def lessons_of(review: Review) -> list[Lesson]:
    """Its lessons, in the order in which they were noted."""
    return list(lessons().filter(review=review).order_by("pk"))


def titles(model: Any, field: str, keys: Sequence[int]) -> Mapping[int, str]:
    """What rows of this room are called, by key."""
    return dict(model._default_manager.filter(pk__in=list(keys)).values_list("pk", field))


def owners() -> list[Account]:
    """Who may see to an experiment: active accounts of the team, by name."""
    roles = [str(role) for role in TEAM]
    return list(Account.objects.active().filter(role__in=roles).order_by("name", "email"))


def state_of(row: Experiment) -> str:
    """One of states.STATES, today."""
    return state(row.verdict, row.starts_on, row.judge_on, timezone.localdate())


def in_state(name: str, today: date) -> Q:
    """Experiments in this one of states.STATES."""
    open_ = Q(verdict="")
    if name == "planned":
        return open_ & Q(starts_on__gt=today)
    if name == "running":
        return open_ & Q(starts_on__lte=today, judge_on__gt=today)
    return open_ & Q(judge_on__lte=today) if name == "to_judge" else Q(verdict=name)


def to_judge(actor: Any, today: date, most: int) -> list[Experiment]:
    """At most `most` experiments whose day has come, first due first: those this reader sees to, then those nobody sees to. Two queries."""
    found: list[Experiment] = []
    for whose in (Q(owner_id=actor.pk), Q(owner__isnull=True)):
        if len(found) < most:
            rows = experiments().filter(whose, in_state("to_judge", today)).order_by("judge_on", "pk")
            found += list(awake(rows, CARD, today)[: most - len(found)])
    return found


def drafts(today: date, most: int) -> list[Revision]:
    """At most `most` revisions that wait to be approved, the oldest first."""
    rows = revisions().filter(state=Revision.State.DRAFT).order_by("updated_at", "pk")
    return list(awake(rows, "adaptation.approve", today)[:most])


def lessons_to_follow(today: date, most: int) -> list[Lesson]:
    """At most `most` lessons of which nobody said what follows, the oldest first."""
    rows = lessons().filter(state=Lesson.State.OPEN).order_by("updated_at", "pk")
    return list(awake(rows, "adaptation.lessons", today)[:most])


def waiting_lessons(most: int) -> tuple[int, list[Lesson]]:
    """How many lessons wait for a next step, and the first of them."""
    rows = lessons().filter(state=Lesson.State.OPEN).order_by("updated_at", "pk")
    return rows.count(), list(rows[:most])
