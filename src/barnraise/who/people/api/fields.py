"""Custom fields for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Schema

from barnraise.plumbing.ui import rest

from .. import policies, selectors, services
from ..models import CustomField, Person

router = rest.router(tags=["Custom fields"])
_TYPES = f"One of {', '.join(CustomField.Type.values)}."
_KINDS = f"Kinds of person it is asked of, of {', '.join(Person.Kind.values)}; none is all."


class FieldPatch(Schema):
    """What to change; what is left out stays, lists are given whole."""

    label: str | None = Field(None, min_length=1, max_length=80, description="What the field is called.")
    help_text: str | None = Field(None, max_length=200, description="Help shown with it.")
    type: str | None = Field(None, max_length=8, description=_TYPES)
    options: list[str] | None = Field(None, max_length=100, description="Texts to choose from, for a choice.")
    kinds: list[str] | None = Field(None, max_length=10, description=_KINDS)
    position: int | None = Field(None, strict=True, ge=0, le=32_767, description="Place in the form, from 0.")
    is_retired: bool | None = Field(
        None, description="True: asked no more, still shown where it has a value."
    )


class FieldIn(FieldPatch):
    """A custom field to add."""

    label: str = Field(min_length=1, max_length=80, description="What the field is called.")


class FieldOut(Schema):
    """A custom field."""

    id: UUID = Field(description="Its id.")
    key: str = Field(description="Names its value in `custom` of a person; it never changes.")
    label: str = Field(description="What the field is called.")
    help_text: str = Field(description="Help shown with it.")
    type: str = Field(description=_TYPES)
    options: list[str] = Field(description="Texts to choose from, for a choice.")
    kinds: list[str] = Field(description=_KINDS)
    position: int = Field(description="Place in the form, from 0.")
    is_retired: bool = Field(description="True: asked no more, still shown where it has a value.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


_PLAIN = (
    "key",
    "label",
    "help_text",
    "type",
    "options",
    "kinds",
    "position",
    "is_retired",
    "created_at",
    "updated_at",
)


def _shape(row: CustomField) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in _PLAIN}, "id": row.uuid}


def _values(given: Schema) -> dict[str, Any]:
    said = given.model_dump(exclude_unset=True)
    return {name: value for name, value in said.items() if value is not None}


@router.get("/custom-fields", response=rest.Page[FieldOut], operation_id="list_custom_fields")
@rest.asks(policies.may_see)
def list_custom_fields(request: HttpRequest, paging: rest.PageQuery) -> Any:
    """All custom fields of people."""
    return rest.page_of(CustomField.objects.all(), paging, _shape)


@router.post("/custom-fields", response={201: FieldOut}, operation_id="create_custom_field")
@rest.asks(policies.may_shape)
def create_custom_field(request: HttpRequest, given: FieldIn) -> Any:
    """Add a custom field."""
    return 201, _shape(services.add_custom_field(by=request.user, **_values(given)))


@router.get("/custom-fields/{uuid}", response=FieldOut, operation_id="read_custom_field")
@rest.asks(policies.may_see)
def read_custom_field(request: HttpRequest, uuid: UUID) -> Any:
    """One custom field."""
    return _shape(selectors.one_custom_field(uuid))


@router.patch("/custom-fields/{uuid}", response=FieldOut, operation_id="change_custom_field")
@rest.asks(policies.may_shape)
def change_custom_field(request: HttpRequest, uuid: UUID, given: FieldPatch) -> Any:
    """Change a custom field."""
    row = selectors.one_custom_field(uuid)
    services.change_custom_field(row, by=request.user, **_values(given))
    return _shape(row)


@router.delete("/custom-fields/{uuid}", operation_id="remove_custom_field")
@rest.asks(policies.may_shape)
def remove_custom_field(request: HttpRequest, uuid: UUID) -> Any:
    """Take away a field that nobody has a value of; 409 otherwise."""
    try:
        services.remove_custom_field(selectors.one_custom_field(uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None
