"""What has a timeline: a person or an organisation, named by its reference in an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from barnraise.foundation.refs import Ref
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

TIMED: dict[str, Any] = {"people.person": Person, "organisations.organisation": Organisation}


@dataclass(frozen=True, slots=True)
class Subject:
    """A person or an organisation that is there."""

    ref: Ref
    uuid: UUID
    title: str
    url: str


def subject(ref: str) -> Subject:
    """The thing of an address. Raises DoesNotExist when it is none of those or is gone."""
    try:
        found = Ref.parse(ref)
    except ValueError:
        raise Person.DoesNotExist from None
    model = TIMED.get(found.kind)
    if model is None or found.id >= 2**63:
        raise Person.DoesNotExist
    row = model.objects.get(pk=found.id)
    return Subject(found, row.uuid, str(row), row.get_absolute_url())
