"""What the endpoints of this room share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from barnraise.who.organisations.models import Organisation

from .. import selectors
from ..faults import Item

_NULLABLE = {"owner", "cadence_days", "ends_at"}


def clean(given: dict[str, Any]) -> dict[str, Any]:
    """Values as the services take them. Raises ValidationError."""
    if any(isinstance(value, str) and "\x00" in value for value in given.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    if given.get("owner") is not None:
        email = given["owner"].casefold()
        found = next((one for one in selectors.owners() if one.email == email), None)
        if found is None:
            raise ValidationError({"owner": "Nobody of the team has this e-mail."})
        given["owner"] = found
    for name in ("starts_at", "ends_at"):
        if given.get(name) is not None and timezone.is_naive(given[name]):
            given[name] = timezone.make_aware(given[name])
    for name in ("about", "place", "cites"):
        if name in given and given[name] is None:
            given[name] = ""
    if given.get("organisations") is not None:
        given["organisations"] = bodies(given["organisations"], "organisations")
    if given.get("agenda") is not None:
        given["agenda"] = [Item(**one) for one in given["agenda"]]
    return {name: value for name, value in given.items() if value is not None or name in _NULLABLE}


def bodies(uuids: list[UUID], field: str) -> list[Organisation]:
    """The organisations of these ids, each once. Raises ValidationError."""
    found = {row.uuid: row for row in Organisation.objects.filter(uuid__in=uuids)}
    for one in uuids:
        if one not in found:
            raise ValidationError({field: f"There is no organisation {one}."})
    return [found[one] for one in dict.fromkeys(uuids)]
