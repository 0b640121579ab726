"""What the endpoints of this room share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError


def row_of(model: Any, name: str, uuid: UUID) -> Any:
    """The row of this id. Raises ValidationError at the field of this name."""
    row = model._default_manager.filter(uuid=uuid).first()
    if row is None:
        raise ValidationError({name: f"There is no {name} with this id."})
    return row
