"""Comments for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from .. import policies, selectors, services
from ..models import Comment, Theme
from .shared import clean

router = rest.router(tags=["Feedback"])
_STATES = ", ".join(Comment.State.values)


class CommentIn(Schema):
    """Something that somebody said."""

    text: str = Field(max_length=4000, description="What was said.")
    said_on: rest.Day | None = Field(None, description="On which day; today where it is left out.")
    person: UUID | None = Field(None, description="Who said it, where it is a person.")
    organisation: UUID | None = Field(None, description="Who said it, where it is an organisation.")
    language: str = Field(
        "", max_length=10, description="Code of its language; the house's where it is left out."
    )


class CommentOut(Schema):
    """A comment. Who said it is read from what it stands in, not here."""

    id: UUID = Field(description="Its id.")
    text: str = Field(description="What was said.")
    said_on: date = Field(description="On which day.")
    channel: str = Field(description="How it came.")
    source: str = Field(description="Typed reference to what it stands in.")
    language: str = Field(description="Code of its language.")
    tone: str = Field(description="A heuristic of its words: positive, neutral, negative or unscored.")
    state: str = Field(description=f"One of {_STATES}.")
    aside_reason: str = Field(description="Why it was set aside.")
    themes: list[str] = Field(description="Names of what it is about.")
    answer: UUID | None = Field(description="The answer it has.")
    created_at: datetime = Field(description="When it came in.")
    updated_at: datetime = Field(description="When it changed last.")


class CommentThemesIn(Schema):
    """What it is about."""

    themes: list[str] = Field(max_length=20, description="Names; a theme that is new is added.")


class CommentAsideIn(Schema):
    """Why nobody answers it."""

    reason: str = Field(max_length=300, description="The reason.")


def _shape(row: Comment) -> dict[str, Any]:
    plain = (
        "text",
        "said_on",
        "channel",
        "source",
        "language",
        "state",
        "aside_reason",
        "created_at",
        "updated_at",
    )
    return {
        "id": row.uuid,
        "tone": row.sentiment,
        "themes": sorted(mark.theme.name for mark in row.marks.all()),
        "answer": row.answer.uuid if row.answer else None,
        **{name: getattr(row, name) for name in plain},
    }


def _sayer(person: UUID | None, organisation: UUID | None) -> Ref | None:
    if person and organisation:
        raise ValidationError({"person": "Give one of organisation and person."})
    for name, model, uuid in (("person", Person, person), ("organisation", Organisation, organisation)):
        if uuid:
            row: Any = model._default_manager.filter(uuid=uuid).first()
            if row is None:
                raise ValidationError({name: f"There is no {name} with this id."})
            return Ref.to(row)
    return None


def _one(request: HttpRequest, uuid: UUID) -> Comment:
    found: Comment = rest.one(selectors.listed(request.user), uuid=uuid)
    return found


@router.get("/comments", response=rest.Page[CommentOut], operation_id="list_comments")
@rest.asks(policies.may_see)
def list_comments(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[str, Query(max_length=8, description=f"Only those in this state: {_STATES}.")] = "",
    theme: Annotated[str, Query(max_length=120, description="Only those about the theme of this name.")] = "",
) -> Any:
    """All comments, answered ones too."""
    rows = selectors.listed(request.user)
    if state:
        if state not in Comment.State.values:
            raise ValidationError({"state": f"Write one of {_STATES}."})
        rows = rows.filter(state=state)
    if theme:
        held = selectors.theme_named(theme.replace("\x00", ""))
        rows = rows.filter(marks__theme=held) if held else rows.none()
    return rest.page_of(rows, paging, _shape)


@router.post("/comments", response={201: CommentOut}, operation_id="create_comment")
@rest.asks(policies.may_edit)
def create_comment(request: HttpRequest, given: CommentIn) -> Any:
    """Note what somebody said."""
    clean(given.text, given.language)
    by = _sayer(given.person, given.organisation)
    made = services.note_comment(
        by=request.user, text=given.text, said_on=given.said_on, said_by=by, language=given.language
    )
    return 201, _shape(made)


@router.get("/comments/{uuid}", response=CommentOut, operation_id="read_comment")
@rest.asks(policies.may_see)
def read_comment(request: HttpRequest, uuid: UUID) -> Any:
    """One comment."""
    return _shape(_one(request, uuid))


@router.put("/comments/{uuid}/themes", response=CommentOut, operation_id="theme_comment")
@rest.asks(policies.may_edit)
def theme_comment(request: HttpRequest, uuid: UUID, given: CommentThemesIn) -> Any:
    """Say what it is about; what is left out no longer is."""
    row = _one(request, uuid)
    clean(*given.themes)
    themes: dict[int, Theme] = {}
    for name in given.themes:
        held = selectors.theme_named(name) or services.add_theme(by=request.user, name=name)
        themes[held.pk] = held
    services.set_themes(row, list(themes.values()), by=request.user)
    return _shape(_one(request, uuid))


@router.post("/comments/{uuid}/aside", response=CommentOut, operation_id="set_comment_aside")
@rest.asks(policies.may_edit)
def set_comment_aside(request: HttpRequest, uuid: UUID, given: CommentAsideIn) -> Any:
    """Nobody answers it, and why."""
    services.set_aside(_one(request, uuid), by=request.user, reason=given.reason)
    return _shape(_one(request, uuid))


@router.delete("/comments/{uuid}/aside", response=CommentOut, operation_id="let_comment_wait")
@rest.asks(policies.may_edit)
def let_comment_wait(request: HttpRequest, uuid: UUID) -> Any:
    """It waits for an answer again."""
    services.wait_again(_one(request, uuid), by=request.user)
    return _shape(_one(request, uuid))


@router.delete("/comments/{uuid}", operation_id="remove_comment")
@rest.asks(policies.may_remove)
def remove_comment(request: HttpRequest, uuid: UUID) -> Any:
    """Take away one that was typed by mistake."""
    services.remove_comment(_one(request, uuid), by=request.user)
    return 204, None
