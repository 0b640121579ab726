"""Whom an interaction was with, as a form picks them: by uuid, found by typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import QueryDict

from barnraise.plumbing.search.selectors import find
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

PERSON, ORGANISATION = "people.person", "organisations.organisation"
FOUND = 8


@dataclass(slots=True)
class Picked:
    """The people and organisations chosen, in the order they were given."""

    people: list[Person] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.people or self.organisations)


@dataclass(frozen=True, slots=True)
class Choice:
    """One box of the picker. `detail` tells two of the same name apart."""

    name: str
    value: str
    label: str
    detail: str
    icon: str
    is_ticked: bool


def _uuids(texts: Sequence[str]) -> list[UUID]:
    found = []
    for text in texts[:100]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def picked(params: QueryDict) -> Picked:
    """Those an address or a form names; unknown ones are left out. At most two queries."""
    people, bodies = _uuids(params.getlist("person")), _uuids(params.getlist("organisation"))
    found = Picked()
    if people:
        rows = {row.uuid: row for row in Person.objects.filter(uuid__in=people)}
        found.people = [rows[uuid] for uuid in people if uuid in rows]
    if bodies:
        there = {row.uuid: row for row in Organisation.objects.filter(uuid__in=bodies)}
        found.organisations = [there[uuid] for uuid in bodies if uuid in there]
    return found


def of_person(row: Person, *, is_ticked: bool) -> Choice:
    """The box of a person."""
    return Choice("person", str(row.uuid), row.display_name, row.city, "user", is_ticked)


def of_organisation(row: Organisation, *, is_ticked: bool) -> Choice:
    """The box of an organisation."""
    return Choice("organisation", str(row.uuid), row.name, row.city, "building", is_ticked)


def boxes(chosen: Picked, text: str, *, actor: Any) -> list[Choice]:
    """The ticked ones first, then what fits the text and is not ticked yet."""
    shown = [of_person(row, is_ticked=True) for row in chosen.people]
    shown += [of_organisation(row, is_ticked=True) for row in chosen.organisations]
    there = {choice.value for choice in shown}
    if text.strip():
        shown += [choice for choice in looked_up(text, actor=actor) if choice.value not in there]
    return shown


def looked_up(text: str, *, actor: Any) -> list[Choice]:
    """People and organisations that fit what was typed, best first."""
    hits = find(text, actor=actor, kinds=(PERSON, ORGANISATION), limit=FOUND)
    people = {
        row.pk: row for row in Person.objects.filter(pk__in=[h.ref.id for h in hits if h.ref.kind == PERSON])
    }
    bodies = {
        row.pk: row
        for row in Organisation.objects.filter(pk__in=[h.ref.id for h in hits if h.ref.kind == ORGANISATION])
    }
    found: list[Choice] = []
    for hit in hits:
        if hit.ref.kind == PERSON and hit.ref.id in people:
            found.append(of_person(people[hit.ref.id], is_ticked=False))
        elif hit.ref.kind == ORGANISATION and hit.ref.id in bodies:
            found.append(of_organisation(bodies[hit.ref.id], is_ticked=False))
    return found
