"""From what a program gives to arguments of a service."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from ninja import Schema

from barnraise.plumbing.ui import rest
from barnraise.who.communities.models import Community

from .models import Cycle

_NULLABLE = {"community", "assessment", "present", "wanted", "ends_on", "next_due_on"}


def said(given: Schema) -> dict[str, Any]:
    """Arguments of a service: rows for ids, without what was not given. Raises ValidationError by field."""
    found = given.model_dump(exclude_unset=isinstance(given, rest.Given))
    found = {name: value for name, value in found.items() if value is not None or name in _NULLABLE}
    if "community" in found:
        found["community"] = _named(Community.objects.defer("boundary"), found["community"], "community")
    if "assessment" in found:
        found["cycle"] = _named(Cycle.objects.all(), found.pop("assessment"), "assessment")
    return found


def _named(rows: Any, uuid: UUID | None, field: str) -> Any:
    if uuid is None:
        return None
    row = rows.filter(uuid=uuid).first()
    if row is None:
        raise ValidationError({field: "There is nothing with this id."})
    return row
