"""Organisations as imports see them: what can be mapped, what tells one from another, how they are written.

A record's document is what `documents.to_json` makes, with one difference: communities are {"key": …, "name": …}, so that a
dry run can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import Bad, Document, Field, Origin, Proposal
from barnraise.who.communities.selectors import titles as community_titles

from . import documents as shapes
from .alike import proposals
from .building import builder
from .identifiers import SCHEMES
from .models import Identifier, Organisation, Service, Source
from .selectors import KIND, documents
from .services import source_of, write_many
from .takes import FIELDS

TWO_OWNERS = "Its identifiers belong to two different organisations: %(first)s and %(second)s."
_RANK = {scheme: number for number, scheme in enumerate(("HSDS", "OWN", *SCHEMES))}
"""Which identifier names a record within its source: a directory's or the team's own before those of the world."""


class Organisations:
    """The noun "organisations" for imports."""

    name = "organisations"
    kind = KIND
    title: Any = _("Organisations")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return builder()

    def strong_keys(self, document: Document) -> Sequence[tuple[str, str]]:
        """Its identifiers."""
        return [(one["scheme"], one["value"]) for one in document.get("identifiers", ())]

    def source_key(self, document: Document) -> str:
        """The identifier of the best known scheme; without one the folded name and place after a "~"."""
        keys = self.strong_keys(document)
        if keys:
            scheme, value = min(keys, key=lambda key: (_RANK.get(key[0], 99), key))
            return f"{scheme}:{value}"[:200]
        places = document.get("addresses") or [{}]
        place = places[0].get("postcode") or places[0].get("city") or ""
        return f"~{fold(document.get('name', ''))[:150]}|{fold(place)}"[:190]

    def find(self, given: Sequence[Document]) -> Sequence[int | None | Bad]:
        """See Noun."""
        wanted = [self.strong_keys(document) for document in given]
        values = {value for keys in wanted for _scheme, value in keys}
        owners: dict[tuple[str, str], int] = {}
        if values:
            rows = Identifier.objects.filter(value__in=values)
            owners = {(s, v): key for s, v, key in rows.values_list("scheme", "value", "organisation_id")}
            owners |= _by_uuid(wanted)
        return [self._owner(keys, owners) for keys in wanted]

    def _owner(
        self, keys: Sequence[tuple[str, str]], owners: Mapping[tuple[str, str], int]
    ) -> int | None | Bad:
        found = {owners[key]: key for key in keys if key in owners}
        if len(found) < 2:
            return next(iter(found), None)
        named = [f"{scheme} {value}" for scheme, value in found.values()]
        return Bad(0, "", named[0], TWO_OWNERS, {"first": named[0], "second": named[1]})

    def same_item(self, field: str, item: Any) -> str:
        """Addresses of one source are one address that moved; contacts are told apart by their value."""
        if field == "addresses":
            return str(item.get("source") or item.get("kind"))
        if field == "contacts":
            return f"{item['kind']} {item['value']}"
        if field == "services":
            return str(item["ref"])
        if field == "communities":
            return str(item["key"])
        if isinstance(item, dict):
            return " ".join(str(value) for value in item.values())
        return fold(item) if field == "tags" else str(item)

    def existing(self, keys: Sequence[int]) -> set[int]:
        """See Noun."""
        if not keys:
            return set()
        return set(Organisation.objects.filter(pk__in=keys).values_list("pk", flat=True))

    def proposals(self, given: Sequence[Document]) -> Sequence[Sequence[Proposal]]:
        """See Noun."""
        return proposals(given)

    def brings(self, given: Sequence[Document]) -> Mapping[str, Sequence[str]]:
        """The services that are not there yet, by their `ref`."""
        refs = [one["ref"] for document in given for one in document.get("services", ())]
        if not refs:
            return {}
        there = set(Service.objects.filter(ref__in=refs).values_list("ref", flat=True))
        return {"services": [ref for ref in dict.fromkeys(refs) if ref not in there]}

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        if connection.in_atomic_block:
            list(Organisation.objects.filter(pk__in=keys).order_by("pk").select_for_update().only("pk"))
        found = {key: shapes.to_json(one) for key, one in documents(keys).items()}
        for key, uuid in Organisation.objects.filter(pk__in=list(found)).values_list("pk", "uuid"):
            found[key]["identifiers"] = [*found[key]["identifiers"], _own(uuid)]
        names = community_titles(sorted({key for one in found.values() for key in one["communities"]}))
        for one in found.values():
            one["communities"] = [{"key": key, "name": names.get(key, "")} for key in one["communities"]]
        return found

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun."""
        keys = [key for key, _document in updates]
        there = documents(keys) if keys else {}
        uuids = dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "uuid")) if keys else {}
        given = [shapes.from_json(_by_key(document)) for document in creates]
        given += [
            shapes.with_fields(there[key], _by_key(document, uuids.get(key))) for key, document in updates
        ]
        kind = Source.Kind.REGISTER if origin.is_register else Source.Kind.IMPORT
        source = source_of(kind=kind, reference=origin.reference, name=origin.name)
        written = write_many(given, by=by, source=source, change_set=change_set)
        return written.keys[: len(creates)]

    def titles(self, given: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(document.get("name", "")) for document in given]


def _by_uuid(wanted: Sequence[Sequence[tuple[str, str]]]) -> dict[tuple[str, str], int]:
    """Rows that were given out here carry the organisation's own uuid."""
    own = {value for keys in wanted for scheme, value in keys if scheme == "UUID"}
    if not own:
        return {}
    rows = Organisation.objects.filter(uuid__in=own).values_list("uuid", "pk")
    return {("UUID", str(uuid)): key for uuid, key in rows}


def _own(uuid: Any) -> dict[str, str]:
    """An organisation's own uuid as an identifier: imports know it by that, but it is not written down once more."""
    return {"scheme": "UUID", "value": str(uuid)}


def _by_key(document: Document, uuid: Any = None) -> Document:
    """The document as `documents` has it: communities by key alone, its own uuid not among the identifiers."""
    changed: dict[str, Any] = {}
    if document.get("communities"):
        changed["communities"] = [one["key"] for one in document["communities"]]
    if uuid and document.get("identifiers"):
        changed["identifiers"] = [one for one in document["identifiers"] if one != _own(uuid)]
    return {**document, **changed} if changed else document
