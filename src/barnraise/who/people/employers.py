"""Which organisation a role of a file names: by number, else by exact name; new ones are made, doubtful ones refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import Bad, Document
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Identifier, Organisation, Source
from barnraise.who.organisations.services import Id, OrganisationDocument, Place
from barnraise.who.organisations.services import write_many as write_organisations

from . import documents as shapes
from .custom import as_text
from .documents import PersonDocument

SEVERAL = _(
    "There are %(count)s organisations named “%(name)s”. Add a column with the number of the one meant."
)
TWO = _("The numbers of its organisation belong to two different organisations.")
_EMPTY: tuple[Any, ...] = (None, "", [])


def named_by(role: Mapping[str, Any]) -> str:
    """What a file calls the organisation: its folded name, else its first number."""
    name = fold(role.get("organisation") or "")[:300]
    return name or next(iter(role.get("organisation_ids") or ()), "")


class Employers:
    """The organisations that the roles of these documents name, asked for in two queries."""

    def __init__(self, given: Sequence[Document]) -> None:
        self._roles = [role for one in given for role in one.get("roles") or ()]
        numbers = {n for role in self._roles for n in role.get("organisation_ids") or ()}
        names = {fold(role.get("organisation") or "")[:300] for role in self._roles} - {""}
        self._by_number: dict[str, int] = {}
        self._by_name: dict[str, list[tuple[int, str]]] = defaultdict(list)
        if numbers:
            rows = Identifier.objects.filter(value__in={n.partition(":")[2] for n in numbers})
            for scheme, value, key in rows.values_list("scheme", "value", "organisation_id"):
                self._by_number[f"{scheme}:{value}"] = key
        if names:
            found: Any = Organisation.objects.filter(name_folded__in=names)
            for folded, key, city in found.values_list("name_folded", "pk", "city"):
                self._by_name[folded].append((key, fold(city)))

    def _key(self, role: Mapping[str, Any]) -> int | None | Bad:
        if role.get("organisation_key"):
            return int(role["organisation_key"])
        numbers: Sequence[str] = role.get("organisation_ids") or ()
        keys = {self._by_number[n] for n in numbers if n in self._by_number}
        if len(keys) > 1:
            return Bad(0, "", str(numbers[0]), TWO)
        if keys:
            return keys.pop()
        named = self._by_name.get(fold(role.get("organisation") or "")[:300], [])
        city = fold(role.get("organisation_city") or "")
        there = [key for key, at in named if at == city] if city and len(named) > 1 else []
        found = there if len(there) == 1 else [key for key, _at in named]
        if len(found) > 1:
            name = role["organisation"]
            return Bad(0, "", name, SEVERAL, {"count": len(found), "name": name})
        return found[0] if found else None

    def fault(self, document: Document) -> Bad | None:
        """What is wrong with the organisations of its roles, None when nothing is."""
        for role in document.get("roles") or ():
            found = self._key(role)
            if isinstance(found, Bad):
                return found
        return None

    def _new(self) -> dict[str, Mapping[str, Any]]:
        return {named_by(role): role for role in reversed(self._roles) if self._key(role) is None}

    def missing(self) -> list[str]:
        """Those that are not there yet, each told by `named_by`."""
        return list(self._new())

    def make_missing(self, *, by: Any, source: Source, change_set: Any) -> None:
        """Make those that are not there, in the caller's transaction."""
        new = self._new()
        if not new:
            return
        made = [_organisation(role) for role in new.values()]
        written = write_organisations(made, by=by, source=source, change_set=change_set)
        for role, key in zip(new.values(), written.keys, strict=True):
            for number in role.get("organisation_ids") or ():
                self._by_number[number] = key
            if name := fold(role.get("organisation") or "")[:300]:
                self._by_name[name].append((key, fold(role.get("organisation_city") or "")))

    def settled(self, document: Document) -> dict[str, Any]:
        """The document with its organisations as keys, as `documents.from_json` reads it."""
        settled = dict(document)
        if "roles" not in document:
            return settled
        roles: list[dict[str, Any]] = []
        for role in document["roles"]:
            key = self._key(role)
            if not isinstance(key, int):
                continue
            kept = {name: value for name, value in role.items() if not name.startswith("organisation")}
            _add(roles, {**kept, "organisation": key})
        settled["roles"] = [shapes.part_json(shapes.part_of(shapes.Post, role)) for role in roles]
        return settled


def _add(roles: list[dict[str, Any]], role: dict[str, Any]) -> None:
    """One role once: named by another name or number it is still the same organisation and title."""
    for number, there in enumerate(roles):
        is_same = there["organisation"] == role["organisation"] and fold(there.get("title") or "") == fold(
            role.get("title") or ""
        )
        if is_same and not (there.get("uuid") and role.get("uuid")):
            told = {name: value for name, value in role.items() if value not in _EMPTY}
            roles[number] = {**there, **told}
            return
    roles.append(role)


def _organisation(role: Mapping[str, Any]) -> OrganisationDocument:
    numbers = [number.partition(":") for number in role.get("organisation_ids") or ()]
    name = role.get("organisation") or " ".join(part for part in numbers[0] if part != ":")
    city = role.get("organisation_city") or ""
    return OrganisationDocument(
        name=name,
        identifiers=tuple(sorted(Id(scheme, value) for scheme, _colon, value in numbers)),
        addresses=(Place(city=city),) if city else (),
    )


def as_taken(found: Mapping[int, PersonDocument]) -> dict[int, dict[str, Any]]:
    """Documents as a file would give them: roles name their organisation, and keep its key and their own number."""
    keys = {post.organisation for one in found.values() for post in one.roles}
    names = organisations.titles(sorted(keys))
    answer = {}
    for key, one in found.items():
        said = shapes.to_json(one)
        for role in said["roles"]:
            role["organisation_key"] = role["organisation"]
            role["organisation"] = names.get(role["organisation_key"], "")
        said["custom"] = {name: as_text(value) for name, value in said["custom"].items()}
        answer[key] = said
    return answer
