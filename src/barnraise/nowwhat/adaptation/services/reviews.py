"""After-action reviews and their lessons: note, change, let a lesson become a next step or a promise, set it aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import record, take_out
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import Fault, refuse
from barnraise.what.commitments import services as commitments
from barnraise.who.interactions import services as interactions

from ..faults import PLANS, is_about, lesson_faults, reason_faults, review_faults
from ..models import Lesson, Review
from ..selectors import LESSON, REVIEW, lessons_of
from . import writing

FIELDS = ("title", "about", "held_on", "expected", "happened", "difference")
STEP, PROMISE = "step", "promise"


def _faults(row: Review) -> list[Fault]:
    return review_faults(row, timezone.localdate())


def add_review(*, by: Any, lessons: list[str] | None = None, **values: Any) -> Review:
    """A new review (fields of FIELDS) with what was learnt, one text each. Raises ValidationError by field; then nothing is written."""
    row = Review()
    writing.fill(row, values)
    with transaction.atomic():
        writing.add(row, by=by, verb="review", faults=_faults)
        for text in lessons or ():
            add_lesson(row, by=by, text=text)
    return row


def change_review(review: Review, *, by: Any, **values: Any) -> Review:
    """Change it. Raises ValidationError by field; then nothing is changed."""
    return writing.change(review, by=by, verb="review", faults=_faults, fields=FIELDS, values=values)


def remove_review(review: Review, *, by: Any) -> ChangeSet:
    """Take away one that was noted by mistake, with its lessons; what they became stays."""
    rows = lessons_of(review)
    with transaction.atomic():
        search.remove(LESSON, [row.pk for row in rows])
        return writing.remove(review, rows, by=by, verb="review")


def take_out_reviews(keys: Sequence[int], *, change_set: ChangeSet) -> None:
    """Take these away with their lessons, as `remove_review` does, without a sentence, in the caller's transaction: what a file says."""
    for row in Review.objects.filter(pk__in=list(keys)):
        rows = lessons_of(row)
        search.remove(LESSON, [one.pk for one in rows])
        take_out(row, rows, change_set=change_set)
    writing.let_go(REVIEW, keys)


def add_lesson(review: Review, *, by: Any, text: str) -> Lesson:
    """One thing that was learnt. Raises ValidationError by field."""
    row = Lesson(review=review)
    writing.fill(row, {"text": text})
    return writing.add(row, by=by, verb="lesson", faults=lesson_faults)


def change_lesson(lesson: Lesson, *, by: Any, text: str) -> Lesson:
    """Say it in other words. Raises ValidationError by field."""
    return writing.change(
        lesson, by=by, verb="lesson", faults=lesson_faults, fields=("text",), values={"text": text}
    )


def follow_up(
    lesson: Lesson, *, by: Any, kind: str, text: str, owner: Any = None, due_on: date | None = None
) -> Lesson:  # fmt: skip
    """The lesson becomes a next step ("step") or a promise of ours ("promise", which needs a day), seen to by `owner`.

    Raises ValidationError by field, also when something became of it already; then nothing is written.
    """
    if kind not in {STEP, PROMISE}:
        raise ValidationError({"kind": [_("Choose: a next step, or a promise of ours.")]})
    with transaction.atomic():
        row = _open(lesson)
        made: Any
        if kind == STEP:
            made = interactions.add_next_step(by=by, text=text, owner=owner, due_on=due_on)
        else:
            if due_on is None:
                raise ValidationError({"due_on": [_("A promise has a day until which it is kept.")]})
            about = row.review.about
            made = commitments.make_commitment(
                by=by,
                direction="ours",
                kind="action",
                what=text,
                due_on=due_on,
                owner=owner,
                cites=about if is_about(about, PLANS) else "",
            )
        _settle(row, Lesson.State.FOLLOWED.value, by, became=str(Ref.to(made)))
        record(by=by, verb="adaptation.followed_up", about=writing.about_of(row), details={"text": str(made)})
    return row


def set_aside(lesson: Lesson, *, by: Any, note: str) -> Lesson:
    """Nothing follows from it, for a reason. Raises ValidationError by field, also when something became of it already."""
    note = note.strip()
    refuse(reason_faults(note))
    with transaction.atomic():
        row = _open(lesson)
        _settle(row, Lesson.State.SET_ASIDE.value, by, note=note)
        record(by=by, verb="adaptation.set_aside", about=writing.about_of(row), details={"reason": note})
    return row


def reopen_lesson(lesson: Lesson, *, by: Any) -> Lesson:
    """It waits for a next step again; what it became stays where it is. Raises ValidationError when it waits already."""
    with transaction.atomic():
        row = Lesson.objects.select_for_update(of=("self",)).select_related("review").get(pk=lesson.pk)
        if row.state == Lesson.State.OPEN:
            raise ValidationError(_("It waits for a next step."))
        _settle(row, Lesson.State.OPEN.value, None)
        record(by=by, verb="adaptation.lesson_reopened", about=writing.about_of(row))
    return row


def remove_lesson(lesson: Lesson, *, by: Any) -> ChangeSet:
    """Take away one that was noted by mistake."""
    return writing.remove(lesson, by=by, verb="lesson")


def _open(lesson: Lesson) -> Lesson:
    row = Lesson.objects.select_for_update(of=("self",)).select_related("review").get(pk=lesson.pk)
    if row.state != Lesson.State.OPEN:
        raise ValidationError(_("Something became of it already."))
    return row


def _settle(row: Lesson, state: str, by: Any, *, became: str = "", note: str = "") -> None:
    row.state, row.became, row.settled_note, row.updated_at = state, became, note, timezone.now()
    row.settled_by_id = getattr(by, "pk", None)
    row.save(update_fields=["state", "became", "settled_note", "settled_by", "updated_at"])
    search.index(LESSON, [row.pk])
