"""Stories for programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.sowhat.indicators.models import Observation
from barnraise.who.consent.models import Purpose
from barnraise.who.people.models import Person

from . import facing, policies, selectors, services
from .models import Story, StoryFigure, StoryPerson

router = rest.router(tags=["Stories"])
_STATES = ", ".join(Story.State.values)


class StoryPatch(Schema):
    """What to change; what is left out stays."""

    title: str | None = Field(None, max_length=160, description="Its title.")
    summary: str | None = Field(None, max_length=400, description="The story in two sentences.")
    text: str | None = Field(
        None,
        max_length=20000,
        description="Its text; a blank line begins a paragraph, {1} stands for a figure.",
    )
    language: str | None = Field(None, max_length=10, description="The language it is told in first.")
    cites: str | None = Field(
        None, max_length=80, description="Typed reference to what it tells about, like projects.project:3."
    )
    owner: str | None = Field(
        None, max_length=254, description="E-mail of the account that sees to it; null is nobody."
    )


class StoryIn(StoryPatch):
    """A story to begin."""

    title: str = Field(max_length=160, description="Its title.")
    language: str = Field(max_length=10, description="The language it is told in first.")


class StoryFigureOut(Schema):
    """A figure that a story cites."""

    id: UUID = Field(description="Its id.")
    number: int = Field(description="The text shows it where it says {number}.")
    observation: UUID = Field(description="The observation it is.")
    value: float | None = Field(description="Its value now.")
    words: str = Field(description="What it counts.")
    method: str = Field(description="How the number came about.")


class StoryPersonOut(Schema):
    """Somebody whom a story names or shows."""

    id: UUID = Field(description="Its id.")
    person: UUID = Field(description="Who it is.")
    named_as: str = Field(description="What the story calls them.")
    purpose: UUID | None = Field(description="What they have to agree to.")
    agrees: bool = Field(description="Whether they agree today.")
    why_not: str = Field(description="unasked, withdrawn, expired or ended; empty while they agree.")
    until: date | None = Field(description="The last day on which it counts.")


class StoryOut(Schema):
    """A story."""

    id: UUID = Field(description="Its id.")
    title: str = Field(description="Its title.")
    summary: str = Field(description="The story in two sentences.")
    text: str = Field(description="Its text.")
    language: str = Field(description="The language it is told in first.")
    texts: dict[str, dict[str, str]] = Field(description="Further languages: title, summary and text.")
    state: str = Field(description=f"One of {_STATES}.")
    is_public: bool = Field(description="Whether everybody can read it now.")
    address: str = Field(description="Where everybody reads it while it is public.")
    cites: str = Field(description="Typed reference to what it tells about.")
    owner: str | None = Field(description="E-mail of the account that sees to it.")
    figures: list[StoryFigureOut] = Field(description="The figures it cites.")
    people: list[StoryPersonOut] = Field(description="Who is in it.")
    published_at: datetime | None = Field(description="When it was made public last.")
    ended_at: datetime | None = Field(description="When it was taken back.")
    ended_why: str = Field(description="Why: consent, erased or hand.")
    created_at: datetime = Field(description="When it was begun.")
    updated_at: datetime = Field(description="When it changed last.")


class StoryTranslationIn(Schema):
    """The story in a further language; all empty takes that language away."""

    title: str = Field("", max_length=160, description="Its title.")
    summary: str = Field("", max_length=400, description="The story in two sentences.")
    text: str = Field("", max_length=20000, description="Its text.")


class StoryFigureIn(Schema):
    """An observation to cite."""

    observation: UUID = Field(description="The observation.")
    words: str = Field("", max_length=200, description="What it counts; empty: the name of the indicator.")


class StoryPersonIn(Schema):
    """Somebody in it."""

    person: UUID = Field(description="Who it is.")
    purpose: UUID = Field(description="What they have to agree to.")
    named_as: str = Field(
        "", max_length=120, description="What the story calls them; empty: their full name."
    )


class StoryEndIn(Schema):
    """Why it is taken back."""

    note: str = Field(max_length=300, description="Why.")


_PLAIN = (
    "title", "summary", "text", "language", "texts", "state", "cites", "published_at", "ended_at", "ended_why", "created_at",
    "updated_at",
)  # fmt: skip


def _shape(row: Story) -> dict[str, Any]:
    return _shapes([row])(row)


def _shapes(rows: Sequence[Story]) -> Callable[[Story], dict[str, Any]]:
    """How these stories are shown; three queries for all of them."""
    keys = [row.pk for row in rows]
    agreements = selectors.agreements_by_story(keys, timezone.localdate())
    figures = selectors.figures_by_story(keys)
    return lambda row: _shown(row, agreements.get(row.pk, ()), figures.get(row.pk, ()))


def _shown(
    row: Story, agreements: Sequence[selectors.Agreement], figures: Sequence[StoryFigure]
) -> dict[str, Any]:
    return {
        "id": row.uuid,
        **{name: getattr(row, name) for name in _PLAIN},
        "is_public": row.state == Story.State.PUBLISHED and not any(one.why for one in agreements),
        "address": facing.absolute(row.public_path),
        "owner": row.owner.email if row.owner else None,
        "figures": [
            {
                "id": one.uuid,
                "number": one.number,
                "observation": one.observation.uuid,
                "value": one.observation.value,
                "words": one.words or one.observation.indicator.name,
                "method": facing.method_of(one),
            }
            for one in figures
        ],
        "people": [
            {
                "id": one.row.uuid,
                "person": one.row.person.uuid,
                "named_as": one.row.named_as,
                "purpose": one.row.purpose.uuid if one.row.purpose else None,
                "agrees": not one.why,
                "why_not": one.why,
                "until": one.until,
            }
            for one in agreements
        ],
    }


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    if any(isinstance(value, str) and "\x00" in value for value in given.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    if given.get("owner") is not None:
        found = next((one for one in selectors.owners() if one.email == given["owner"].casefold()), None)
        if found is None:
            raise ValidationError({"owner": "Nobody of the team has this e-mail."})
        given["owner"] = found
    for name in ("summary", "text", "cites"):
        if name in given and given[name] is None:
            given[name] = ""
    return {name: value for name, value in given.items() if value is not None or name == "owner"}


def _of(uuid: UUID) -> Story:
    return rest.one(selectors.listed(), uuid=uuid)


def _row(model: Any, name: str, uuid: UUID) -> Any:
    row = model._default_manager.filter(uuid=uuid).first()
    if row is None:
        raise ValidationError({name: f"There is no {name} with this id."})
    return row


@router.get("/stories", response=rest.Page[StoryOut], operation_id="list_stories")
@rest.asks(policies.may_see)
def list_stories(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[str, Query(max_length=9, description=f"Only those in this state: {_STATES}.")] = "",
) -> Any:
    """All stories, drafts and taken back ones too."""
    rows = selectors.listed(request.user)
    if state:
        if state not in Story.State.values:
            raise ValidationError({"state": f"Write one of {_STATES}."})
        rows = rows.filter(state=state)
    shapes: list[Callable[[Story], dict[str, Any]]] = []

    def prepare(found: list[Story]) -> None:
        shapes.append(_shapes(found))

    def shape(row: Story) -> dict[str, Any]:
        return shapes[0](row)

    return rest.page_of(rows, paging, shape, prepare=prepare)


@router.post("/stories", response={201: StoryOut}, operation_id="create_story")
@rest.asks(policies.may_edit)
def create_story(request: HttpRequest, given: StoryIn) -> Any:
    """Begin a story."""
    made = services.make_story(by=request.user, **_clean(given.model_dump(exclude_unset=True)))
    return 201, _shape(made)


@router.get("/stories/{uuid}", response=StoryOut, operation_id="read_story")
@rest.asks(policies.may_see)
def read_story(request: HttpRequest, uuid: UUID) -> Any:
    """One story."""
    return _shape(_of(uuid))


@router.patch("/stories/{uuid}", response=StoryOut, operation_id="change_story")
@rest.asks(policies.may_edit)
def change_story(request: HttpRequest, uuid: UUID, given: StoryPatch) -> Any:
    """Change what it says."""
    services.change_story(_of(uuid), by=request.user, **_clean(given.model_dump(exclude_unset=True)))
    return _shape(_of(uuid))


@router.delete("/stories/{uuid}", operation_id="remove_story")
@rest.asks(policies.may_publish)
def remove_story(request: HttpRequest, uuid: UUID) -> Any:
    """Take it away for good, with its pictures."""
    services.remove_story(_of(uuid), by=request.user)
    return 204, None


@router.put("/stories/{uuid}/texts/{language}", response=StoryOut, operation_id="translate_story")
@rest.asks(policies.may_edit)
def translate_story(request: HttpRequest, uuid: UUID, language: str, given: StoryTranslationIn) -> Any:
    """Tell it in a further language."""
    services.translate_story(_of(uuid), by=request.user, language=language[:10], **given.model_dump())
    return _shape(_of(uuid))


@router.post("/stories/{uuid}/figures", response={201: StoryOut}, operation_id="cite_in_story")
@rest.asks(policies.may_edit)
def cite_in_story(request: HttpRequest, uuid: UUID, given: StoryFigureIn) -> Any:
    """Cite an observation."""
    story = _of(uuid)
    observation = _row(Observation, "observation", given.observation)
    services.cite(story, by=request.user, observation=observation, words=given.words)
    return 201, _shape(_of(uuid))


@router.delete("/story-figures/{uuid}", operation_id="uncite_in_story")
@rest.asks(policies.may_edit)
def uncite_in_story(request: HttpRequest, uuid: UUID) -> Any:
    """Cite it no more."""
    rows = StoryFigure.objects.select_related("story", "observation")
    services.uncite(rest.one(rows, uuid=uuid), by=request.user)
    return 204, None


@router.post("/stories/{uuid}/people", response={201: StoryOut}, operation_id="name_in_story")
@rest.asks(policies.may_edit)
def name_in_story(request: HttpRequest, uuid: UUID, given: StoryPersonIn) -> Any:
    """Say that it names or shows somebody."""
    story = _of(uuid)
    person, purpose = _row(Person, "person", given.person), _row(Purpose, "purpose", given.purpose)
    services.name_person(story, by=request.user, person=person, purpose=purpose, named_as=given.named_as)
    return 201, _shape(_of(uuid))


@router.delete("/story-people/{uuid}", operation_id="unname_in_story")
@rest.asks(policies.may_edit)
def unname_in_story(request: HttpRequest, uuid: UUID) -> Any:
    """They are in it no more."""
    rows = StoryPerson.objects.select_related("story", "person")
    services.unname_person(rest.one(rows, uuid=uuid), by=request.user)
    return 204, None


@router.post("/stories/{uuid}/publication", response=StoryOut, operation_id="publish_story")
@rest.asks(policies.may_publish)
def publish_story(request: HttpRequest, uuid: UUID) -> Any:
    """Make it public, as long as everybody in it agrees."""
    services.publish_story(_of(uuid), by=request.user)
    return _shape(_of(uuid))


@router.post("/stories/{uuid}/end", response=StoryOut, operation_id="end_story")
@rest.asks(policies.may_end)
def end_story(request: HttpRequest, uuid: UUID, given: StoryEndIn) -> Any:
    """Take it back from the public."""
    services.end_story(_of(uuid), by=request.user, note=given.note)
    return _shape(_of(uuid))
