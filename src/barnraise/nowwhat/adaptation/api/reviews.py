"""After-action reviews and lessons for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.foundation.naming import naming
from barnraise.plumbing.ui import rest

from .. import policies, selectors, services
from ..models import Lesson, Review
from .shared import clean, must_be_there

router = rest.router(tags=["Adaptation"])
_STATES = ", ".join(Lesson.State.values)


class ReviewPatch(Schema):
    """What of a review to change; what is left out stays."""

    about: str | None = Field(None, max_length=80, description="Typed reference of what is looked back at.")
    title: str | None = Field(None, max_length=200, description="Its title.")
    held_on: rest.Day | None = Field(None, description="When it was held.")
    expected: str | None = Field(None, max_length=4000, description="What was expected.")
    happened: str | None = Field(None, max_length=4000, description="What happened.")
    difference: str | None = Field(None, max_length=4000, description="Why it differed.")


class ReviewIn(ReviewPatch):
    """A review to note, with what was learnt."""

    about: str = Field(
        max_length=80, description="Typed reference of what is looked back at, like events.event:3."
    )
    title: str = Field(max_length=200, description="Its title.")
    held_on: rest.Day = Field(description="When it was held.")
    happened: str = Field(max_length=4000, description="What happened.")
    lessons: list[Annotated[str, Field(max_length=500)]] = Field(
        default_factory=list, max_length=50, description="What was learnt, one text each."
    )


class ReviewOut(Schema):
    """An after-action review."""

    id: UUID = Field(description="Its id.")
    about: str = Field(description="Typed reference of what is looked back at.")
    title: str = Field(description="Its title.")
    held_on: date = Field(description="When it was held.")
    expected: str = Field(description="What was expected.")
    happened: str = Field(description="What happened.")
    difference: str = Field(description="Why it differed.")
    lessons: int = Field(description="How many lessons it has.")
    waiting: int = Field(description="How many of them wait for a next step.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class LessonOut(Schema):
    """One thing that was learnt."""

    id: UUID = Field(description="Its id.")
    review: UUID = Field(description="The review it was learnt in.")
    text: str = Field(description="What was learnt.")
    state: str = Field(description=f"One of {_STATES}.")
    became: str = Field(description="Typed reference of the next step or promise it became.")
    settled_note: str = Field(description="Why it was set aside.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class LessonIn(Schema):
    """What was learnt."""

    text: str = Field(max_length=500, description="What was learnt.")


class LessonFollowIn(Schema):
    """What a lesson becomes."""

    kind: str = Field("step", max_length=7, description="step (a next step) or promise (a promise of ours).")
    text: str = Field(max_length=300, description="What is done.")
    owner: str | None = Field(None, max_length=254, description="E-mail of the account that sees to it.")
    due_on: rest.Day | None = Field(None, description="Until when; needed for a promise.")


class LessonAsideIn(Schema):
    """Why nothing follows."""

    note: str = Field(max_length=300, description="Why nothing follows from it.")


_PLAIN = ("about", "title", "held_on", "expected", "happened", "difference", "created_at", "updated_at")
_LESSON = ("text", "state", "became", "settled_note", "created_at", "updated_at")


def _shape(row: Any) -> dict[str, Any]:
    counts = {"lessons": row.lesson_count, "waiting": row.waiting_count}
    return {"id": row.uuid, **counts, **{name: getattr(row, name) for name in _PLAIN}}


def _lesson(row: Lesson) -> dict[str, Any]:
    return {"id": row.uuid, "review": row.review.uuid, **{name: getattr(row, name) for name in _LESSON}}


def _one(request: HttpRequest, uuid: UUID) -> Review:
    row: Review = rest.one(selectors.reviews(request.user), uuid=uuid)
    return row


def _one_lesson(request: HttpRequest, uuid: UUID) -> Lesson:
    row: Lesson = rest.one(selectors.lessons(request.user), uuid=uuid)
    return row


def _said(given: Schema) -> dict[str, Any]:
    said = clean(given.model_dump(exclude_unset=True), empty=("expected", "difference"))
    if any("\x00" in text for text in said.get("lessons", ())):
        raise ValidationError({"lessons": "One contains a character that cannot be stored."})
    if "about" in said:
        must_be_there("about", [said["about"]])
    return said


@router.get("/reviews", response=rest.Page[ReviewOut], operation_id="list_reviews")
@rest.asks(policies.may_see)
def list_reviews(
    request: HttpRequest,
    paging: rest.PageQuery,
    about: Annotated[str, Query(max_length=80, description="Only of this: a typed reference.")] = "",
) -> Any:
    """All after-action reviews."""
    rows = selectors.reviews(request.user)
    return rest.page_of(rows.filter(naming("about", about)) if about else rows, paging, _shape)


@router.post("/reviews", response={201: ReviewOut}, operation_id="create_review")
@rest.asks(policies.may_edit)
def create_review(request: HttpRequest, given: ReviewIn) -> Any:
    """Note a review, with what was learnt."""
    made = services.add_review(by=request.user, **_said(given))
    return 201, _shape(_one(request, made.uuid))


@router.get("/reviews/{uuid}", response=ReviewOut, operation_id="read_review")
@rest.asks(policies.may_see)
def read_review(request: HttpRequest, uuid: UUID) -> Any:
    """One review."""
    return _shape(_one(request, uuid))


@router.patch("/reviews/{uuid}", response=ReviewOut, operation_id="change_review")
@rest.asks(policies.may_edit)
def change_review(request: HttpRequest, uuid: UUID, given: ReviewPatch) -> Any:
    """Change a review."""
    services.change_review(_one(request, uuid), by=request.user, **_said(given))
    return _shape(_one(request, uuid))


@router.delete("/reviews/{uuid}", operation_id="remove_review")
@rest.asks(policies.may_approve)
def remove_review(request: HttpRequest, uuid: UUID) -> Any:
    """Take away one that was noted by mistake, with its lessons."""
    services.remove_review(_one(request, uuid), by=request.user)
    return 204, None


@router.post("/reviews/{uuid}/lessons", response={201: LessonOut}, operation_id="add_lesson")
@rest.asks(policies.may_edit)
def add_lesson(request: HttpRequest, uuid: UUID, given: LessonIn) -> Any:
    """Note a lesson."""
    return 201, _lesson(
        services.add_lesson(_one(request, uuid), by=request.user, **clean(given.model_dump()))
    )


@router.get("/lessons", response=rest.Page[LessonOut], operation_id="list_lessons")
@rest.asks(policies.may_see)
def list_lessons(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[str, Query(max_length=9, description=f"Only those in this state: {_STATES}.")] = "",
    review: Annotated[UUID | None, Query(description="Only of this review.")] = None,
) -> Any:
    """All lessons."""
    rows = selectors.lessons(request.user)
    if state:
        if state not in Lesson.State.values:
            raise ValidationError({"state": f"Write one of {_STATES}."})
        rows = rows.filter(state=state)
    if review:
        rows = rows.filter(review__uuid=review)
    return rest.page_of(rows, paging, _lesson)


@router.get("/lessons/{uuid}", response=LessonOut, operation_id="read_lesson")
@rest.asks(policies.may_see)
def read_lesson(request: HttpRequest, uuid: UUID) -> Any:
    """One lesson."""
    return _lesson(_one_lesson(request, uuid))


@router.patch("/lessons/{uuid}", response=LessonOut, operation_id="change_lesson")
@rest.asks(policies.may_edit)
def change_lesson(request: HttpRequest, uuid: UUID, given: LessonIn) -> Any:
    """Say it in other words."""
    services.change_lesson(_one_lesson(request, uuid), by=request.user, **clean(given.model_dump()))
    return _lesson(_one_lesson(request, uuid))


@router.delete("/lessons/{uuid}", operation_id="remove_lesson")
@rest.asks(policies.may_edit)
def remove_lesson(request: HttpRequest, uuid: UUID) -> Any:
    """Take away one that was noted by mistake."""
    services.remove_lesson(_one_lesson(request, uuid), by=request.user)
    return 204, None


@router.post("/lessons/{uuid}/next-step", response=LessonOut, operation_id="follow_lesson")
@rest.asks(policies.may_edit)
def follow_lesson(request: HttpRequest, uuid: UUID, given: LessonFollowIn) -> Any:
    """Let it become a next step or a promise."""
    services.follow_up(_one_lesson(request, uuid), by=request.user, **clean(given.model_dump()))
    return _lesson(_one_lesson(request, uuid))


@router.delete("/lessons/{uuid}/next-step", response=LessonOut, operation_id="reopen_lesson")
@rest.asks(policies.may_edit)
def reopen_lesson(request: HttpRequest, uuid: UUID) -> Any:
    """It waits for a next step again; what it became stays where it is."""
    services.reopen_lesson(_one_lesson(request, uuid), by=request.user)
    return _lesson(_one_lesson(request, uuid))


@router.post("/lessons/{uuid}/set-aside", response=LessonOut, operation_id="set_lesson_aside")
@rest.asks(policies.may_edit)
def set_lesson_aside(request: HttpRequest, uuid: UUID, given: LessonAsideIn) -> Any:
    """Nothing follows from it, for a reason."""
    services.set_aside(_one_lesson(request, uuid), by=request.user, **clean(given.model_dump()))
    return _lesson(_one_lesson(request, uuid))
