"""What the sample town learnt in two years: revisions with money moved, experiments with and without verdict, reviews with lessons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import services as search
from barnraise.what.events.models import Event
from barnraise.what.projects.models import Project
from barnraise.what.projects.services import add_part
from barnraise.who.interactions.models import NextStep
from barnraise.why.goals.models import Indicator

from .models import Experiment, Lesson, Move, Review, Revision
from .sample_words import DROPPED, EXPERIMENTS, LESSONS, LINE, REVIEW, REVISIONS
from .selectors import EXPERIMENT, LESSON, REVISION, lines_of, owners
from .selectors import REVIEW as REVIEW_KIND
from .services import remove_sample
from .services.revisions import make_moves
from .services.writing import fill

AMOUNT, SPENT = 120_000, 8_000


def load(*, by: Any) -> Mapping[str, int]:
    """Write them; nothing when they are there already."""
    if Revision.objects.filter(is_sample=True).exists():
        return {"adaptations": 0}
    spanish = int(installation().default_language == "es")
    today = timezone.localdate()
    projects = list(
        Project.objects.filter(is_sample=True, ended_on__isnull=True).order_by("pk")[: len(REVISIONS)]
    )
    events = list(
        Event.objects.filter(is_sample=True, closed_at__isnull=False).order_by("-starts_at", "-pk")[
            : len(LESSONS)
        ]
    )
    keepers: list[Any] = [one.pk for one in owners()] or [None]
    with transaction.atomic(), arriving_by("sample"):
        count = _revisions(projects, keepers, spanish, today, by) + _experiments(
            projects, keepers, spanish, today
        )
        count += _reviews(events, spanish)
        if count:
            record(by=by, verb="adaptation.sample_added", about=[], details={"count": count})
    return {"adaptations": count}


def _stamped(row: Any, values: Mapping[str, Any]) -> Any:
    now = timezone.now()
    fill(row, values)
    row.is_sample, row.created_at, row.updated_at = True, now, now
    row.save(force_insert=True)
    return row


def _revisions(projects: list[Project], keepers: list[Any], spanish: int, today: date, by: Any) -> int:
    cited = [
        str(Ref.to(row)) for row in Indicator.objects.filter(objective__is_sample=True).order_by("pk")[:2]
    ]
    keys = []
    for at, (project, said) in enumerate(zip(projects, REVISIONS, strict=False)):
        title, why, before, after, state, ago = said
        words = {
            "title": title[spanish],
            "why": why[spanish],
            "before": before[spanish],
            "after": after[spanish],
        }
        row = Revision(about=str(Ref.to(project)), evidence=cited[: 1 + at % 2], state=state)
        if state != "draft":
            row.settled_on, row.settled_by_id = today - timedelta(days=ago), keepers[at % len(keepers)]
            row.settled_note = "" if state == "approved" else DROPPED[spanish]
        _stamped(row, words)
        keys.append(row.pk)
        if state != "dropped":
            _moved(row, project, LINE[spanish], by)
    search.index(REVISION, keys)
    return len(keys)


def _moved(row: Revision, project: Project, name: str, by: Any) -> None:
    """A new line gets money from the first that costs something; where the revision is approved, the money has moved."""
    lines = [line for line in lines_of(project.pk) if not line.is_income and line.planned >= AMOUNT]
    if not lines:
        return
    line = add_part(project, "budget", by=by, name=name, is_income=False, planned=0)
    move = Move.objects.create(
        revision=row,
        project=project,
        taken_from=lines[0],
        given_to=line,
        amount=AMOUNT,
        created_at=row.created_at,
    )
    if row.state == Revision.State.APPROVED:
        make_moves([move], by=by)
    spent_on = timezone.localdate() - timedelta(days=20)
    add_part(project, "amounts", by=by, line=line, on=spent_on, amount=SPENT)


def _experiments(projects: list[Project], keepers: list[Any], spanish: int, today: date) -> int:
    keys = []
    for at, (title, hypothesis, measure, stop, starts, judged, verdict, note) in enumerate(EXPERIMENTS):
        row = Experiment(
            about=str(Ref.to(projects[at % len(projects)])) if projects else "",
            starts_on=today - timedelta(days=starts),
            judge_on=today - timedelta(days=judged),
            owner_id=keepers[at % len(keepers)],
            verdict=verdict,
            verdict_on=today - timedelta(days=judged) if verdict else None,
        )
        words = {"title": title, "hypothesis": hypothesis, "measure": measure, "stop_rule": stop}
        said = {name: pair[spanish] for name, pair in words.items()}
        _stamped(row, {**said, "verdict_note": note[spanish]})
        keys.append(row.pk)
    search.index(EXPERIMENT, keys)
    return len(keys)


def _reviews(events: list[Event], spanish: int) -> int:
    title, expected, difference = (pair[spanish] for pair in REVIEW)
    steps = list(NextStep.objects.filter(is_sample=True).order_by("pk").values_list("pk", flat=True)[:9])
    keys, learnt = [], []
    for at, (event, said) in enumerate(zip(events, LESSONS, strict=False)):
        held_on = min(timezone.localdate(event.ends_at) + timedelta(days=3), timezone.localdate())
        row = Review(about=str(Ref.to(event)), held_on=held_on)
        happened = event.outcome or expected
        _stamped(row, {"title": f"{title} {event.title}"[:200], "expected": expected, "happened": happened, "difference": difference})  # fmt: skip
        keys.append(row.pk)
        for number, (text, state, note) in enumerate(said):
            became = f"interactions.nextstep:{steps[(at + number) % len(steps)]}" if steps else ""
            lesson = Lesson(review=row, state=state if became or state != "followed" else "open")
            lesson.became = became if lesson.state == "followed" else ""
            lesson.settled_note = note[spanish] if state == "set_aside" else ""
            _stamped(lesson, {"text": text[spanish]})
            learnt.append(lesson.pk)
    search.index(REVIEW_KIND, keys)
    search.index(LESSON, learnt)
    return len(keys)


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"adaptations": remove_sample(by=by)}
