"""An interaction and a next step as plain values: what services write, snapshots keep and undo brings back. No database here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

Json = Any


@dataclass(frozen=True, slots=True)
class StepDocument:
    """A next step; keys of accounts, people and organisations as numbers, `uuid` as text ("" for a new one)."""

    text: str
    owner: int | None = None
    due_on: date | None = None
    done_at: datetime | None = None
    done_by: int | None = None
    person: int | None = None
    organisation: int | None = None
    by: int | None = None
    visibility: str = "team"
    uuid: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InteractionDocument:
    """An interaction with whom it was (keys) and the next steps that hang on it. `happened_at` knows its zone."""

    text: str
    happened_at: datetime
    kind: str = "note"
    direction: str = ""
    subject: str = ""
    visibility: str = "team"
    by: int | None = None
    community: int | None = None
    people: tuple[int, ...] = ()
    organisations: tuple[int, ...] = ()
    message_id: str = ""
    steps: tuple[StepDocument, ...] = ()
    uuid: str = ""
    created_at: datetime | None = None


_INSTANTS = frozenset({"happened_at", "done_at", "created_at"})


def _plain(value: Any) -> Json:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(one) if isinstance(one, StepDocument) else one for one in value]
    return value


def to_json(document: InteractionDocument | StepDocument) -> dict[str, Json]:
    """As a change set keeps it."""
    return {field.name: _plain(getattr(document, field.name)) for field in fields(document)}


def _value(name: str, stored: Json) -> Any:
    if stored is None:
        return None
    if name in _INSTANTS:
        return datetime.fromisoformat(stored)
    if name == "due_on":
        return date.fromisoformat(stored)
    return tuple(stored) if isinstance(stored, list) else stored


def step_from_json(stored: Mapping[str, Json]) -> StepDocument:
    """What `to_json` was made of."""
    names = {field.name for field in fields(StepDocument)}
    return StepDocument(**{name: _value(name, value) for name, value in stored.items() if name in names})


def from_json(stored: Mapping[str, Json]) -> InteractionDocument:
    """What `to_json` was made of."""
    names = {field.name for field in fields(InteractionDocument)} - {"steps"}
    said = {name: _value(name, value) for name, value in stored.items() if name in names}
    return InteractionDocument(**said, steps=tuple(step_from_json(one) for one in stored.get("steps", ())))
