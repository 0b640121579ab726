"""What requests of this room have in common: words of descriptions, and rows by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from ..models import Interaction


def of(values: Sequence[str]) -> str:
    """The values a field may have, for its description."""
    return f"One of {', '.join(values)}."


SEEN = of(Interaction.Visibility.values)


def rows_of(model: Any, uuids: Sequence[UUID], field: str) -> list[Any]:
    """The rows with these ids, each once. Raises ValidationError at the field when one is missing."""
    there = {row.uuid: row for row in model.objects.filter(uuid__in=list(uuids))}
    if missing := [uuid for uuid in uuids if uuid not in there]:
        raise ValidationError({field: f"There is nothing with the id {missing[0]}."})
    return [there[uuid] for uuid in dict.fromkeys(uuids)]
