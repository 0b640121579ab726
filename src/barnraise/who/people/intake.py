"""People as imports see them: what can be mapped, what tells one from another, how they are written.

A record's document is what `documents.to_json` makes, with one difference, so that a file can name an organisation that has
no key yet. A role is

    {"organisation": "Rosa's Bakery", "organisation_ids": ["EIN:012345678", "OWN:17"], "organisation_city": "Riverbend",
     "title": "Baker", "kind": "employee", "is_main_contact": true, "started_on": "2024-02-01", "ended_on": null, "note": ""}

of which all but one of `organisation` and `organisation_ids` may be absent. The organisation is the one that has one of the
numbers; else the one organisation of exactly that name (case and accents do not count), of several the one in that city; with
no such organisation a new one is made, with several the row is refused. Leaderships are not taken in. Formats give such
documents too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import Bad, Document, Field, Origin, Proposal
from barnraise.who.organisations.models import Source
from barnraise.who.organisations.services import source_of

from . import documents as shapes
from .alike import proposals
from .building import build
from .custom import read_all
from .employers import Employers, as_taken, named_by
from .models import CustomField, Person, PersonIdentifier
from .selectors import KIND, custom_fields, documents, erased_on
from .services import write_many
from .takes import FIELDS, field_of

TWO_OWNERS = gettext_noop("Its identifiers belong to two different people: %(first)s and %(second)s.")
WAS_ERASED = gettext_noop(
    "Somebody with this address asked to be erased, on %(day)s. Add them by hand if they want to be here again."
)
WRONG_VALUE = gettext_noop("“%(value)s” is not a value of the custom field “%(field)s”.")


class People:
    """The noun "people" for imports."""

    name = "people"
    kind = KIND
    title: Any = _("People")

    @property
    def fields(self) -> Sequence[Field]:
        """Those every installation has, and its custom fields."""
        return (*FIELDS, *(field_of(one) for one in custom_fields(with_retired=False)))

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return build

    def strong_keys(self, document: Document) -> Sequence[tuple[str, str]]:
        """Identifiers. An e-mail address is none: households share one."""
        return [(one["scheme"], one["value"]) for one in document.get("identifiers", ())]

    def source_key(self, document: Document) -> str:
        """An identifier (the team's own number last); without one the folded name and mailbox, phone or place after a "~"."""
        keys = self.strong_keys(document)
        if keys:
            scheme, value = min(keys, key=lambda key: (key[0] == "OWN", key))
            return f"{scheme}:{value}"[:200]
        reached = [one["value"] for one in document.get("contacts", ()) if one["kind"] in {"email", "phone"}]
        places = document.get("addresses") or [{}]
        place = places[0].get("postcode") or places[0].get("city") or ""
        where = (reached[0] if reached else place).casefold()
        return f"~{fold(_title(document))[:100]}|{where}"[:190]

    def find(self, given: Sequence[Document]) -> Sequence[int | None | Bad]:
        """See Noun. Also refuses a role whose organisation cannot be told from others of its name."""
        wanted = [self.strong_keys(document) for document in given]
        values = {value for keys in wanted for _scheme, value in keys}
        owners: dict[tuple[str, str], int] = {}
        if values:
            rows = PersonIdentifier.objects.filter(value__in=values)
            owners = {(s, v): key for s, v, key in rows.values_list("scheme", "value", "person_id")}
            owners = {**_by_own_cards(wanted), **owners}
        employers = Employers(given)
        fields = custom_fields() if any(one.get("custom") for one in given) else []
        erased = erased_on({(c["kind"], c["value"]) for one in given for c in one.get("contacts", ())})
        return [
            _erasure(one, erased)
            or _custom_fault(one, fields)
            or employers.fault(one)
            or self._owner(keys, owners)
            for one, keys in zip(given, wanted, strict=True)
        ]

    def _owner(
        self, keys: Sequence[tuple[str, str]], owners: Mapping[tuple[str, str], int]
    ) -> int | None | Bad:
        found = {owners[key]: key for key in keys if key in owners}
        if len(found) < 2:
            return next(iter(found), None)
        named = [f"{scheme} {value}" for scheme, value in found.values()]
        return Bad(0, "", named[0], TWO_OWNERS, {"first": named[0], "second": named[1]})

    def same_item(self, field: str, item: Any) -> str:
        """Contacts are told apart by their value, roles by organisation and title, addresses by their label."""
        if field == "contacts":
            return f"{item['kind']} {item['value']}".casefold()
        if field == "roles":
            return f"{named_by(item)}|{fold(item.get('title') or '')}"
        if field == "addresses":
            return str(item.get("label") or item.get("source") or "")
        if isinstance(item, dict):
            return " ".join(str(value) for value in item.values())
        return fold(item) if field == "tags" else str(item)

    def existing(self, keys: Sequence[int]) -> set[int]:
        """See Noun."""
        return set(Person.objects.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()

    def proposals(self, given: Sequence[Document]) -> Sequence[Sequence[Proposal]]:
        """See Noun."""
        return proposals(given)

    def brings(self, given: Sequence[Document]) -> Mapping[str, Sequence[str]]:
        """Organisations that would be made along with these people, each told by its name or number."""
        return {"organisations": Employers(given).missing()}

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        if connection.in_atomic_block:
            list(Person.objects.filter(pk__in=keys).order_by("pk").select_for_update().only("pk"))
        return as_taken(documents(keys))

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun. Missing organisations are made first."""
        kind = Source.Kind.REGISTER if origin.is_register else Source.Kind.IMPORT
        source = source_of(kind=kind, reference=origin.reference, name=origin.name)
        employers = Employers([*creates, *(document for _key, document in updates)])
        employers.make_missing(by=by, source=source, change_set=change_set)
        there = documents([key for key, _document in updates]) if updates else {}
        fields = custom_fields()
        given = [shapes.from_json(_typed(employers.settled(one), fields)) for one in creates]
        given += [
            shapes.with_fields(there[key], _typed(employers.settled(one), fields)) for key, one in updates
        ]
        written = write_many(given, by=by, source=source, change_set=change_set)
        return written.keys[: len(creates)]

    def titles(self, given: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [_title(document) for document in given]


def _by_own_cards(wanted: Sequence[Sequence[tuple[str, str]]]) -> dict[tuple[str, str], int]:
    """Cards that were given out here carry the person's own uuid: who it is needs no identifier then."""
    own = {value for keys in wanted for scheme, value in keys if scheme == "VCARD" and _is_uuid(value)}
    if not own:
        return {}
    return {
        ("VCARD", str(uuid)): key
        for uuid, key in Person.objects.filter(uuid__in=own).values_list("uuid", "pk")
    }


def _is_uuid(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


def _title(document: Document) -> str:
    return str(
        document.get("display_name")
        or shapes.name_of(document.get("given_name") or "", document.get("family_name") or "")
    )


def _erasure(document: Document, erased: Mapping[tuple[str, str], date]) -> Bad | None:
    for one in document.get("contacts", ()):
        if day := erased.get((one["kind"], one["value"])):
            return Bad(0, "", "", WAS_ERASED, {"day": day.isoformat()})
    return None


def _custom_fault(document: Document, fields: Sequence[CustomField]) -> Bad | None:
    for key, value in (document.get("custom") or {}).items():
        try:
            read_all(fields, {key: value})
        except ValidationError:
            label = next((field.label for field in fields if field.key == key), key)
            details = {"value": str(value)[:80], "field": label}
            return Bad(0, label, str(value)[:300], WRONG_VALUE, details)
    return None


def _typed(settled: dict[str, Any], fields: Sequence[CustomField]) -> dict[str, Any]:
    """With values of custom fields as they are kept."""
    if settled.get("custom"):
        settled["custom"] = read_all(fields, settled["custom"])
    return settled
