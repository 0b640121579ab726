"""The one way people are written: many documents at once, each table in a few statements.

Every other service of the room ends here, so a page, the API, an import and the sample town leave the same rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, insert, insert_values, reserve_keys
from barnraise.plumbing.search import services as search
from barnraise.plumbing.tags.services import assign as tags
from barnraise.who.communities.selectors import places_of_postcodes
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Source

from .. import documents as shapes
from ..documents import PersonDocument
from ..finding import found_as
from ..models import Person, PersonAddress, PersonContact, PersonIdentifier
from ..selectors import KIND, Meta, documents_with_meta
from .checks import refuse_what_is_taken
from .posts import write_leaderships, write_roles

BATCH = 1000
"""Documents in one round of statements."""


@dataclass(slots=True)
class Written:
    """What a write did. `keys` stand in the order of the documents; the other lists hold keys."""

    keys: list[int] = field(default_factory=list)
    created: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    changes: dict[int, dict[str, tuple[Any, Any]]] = field(default_factory=dict)

    def add(self, other: Written) -> None:
        """Append what another batch did."""
        self.keys += other.keys
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.changes |= other.changes


@dataclass(frozen=True, slots=True)
class Told:
    """Who says it and when, and in which change set it is kept."""

    by: Any
    source: Source
    at: datetime
    change_set: ChangeSet | None = None
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class _Changed:
    key: int
    after: PersonDocument
    meta: Meta
    changes: dict[str, tuple[Any, Any]]


def write(documents: Sequence[PersonDocument], told: Told) -> Written:
    """Create or change people so that they say what these documents say; equal ones are not touched.

    Atomic. Raises ValidationError (an identifier or account is another's) and Person.DoesNotExist before writing anything
    of the batch at hand; with several batches the whole call is rolled back.
    """
    done = Written()
    with transaction.atomic():
        for start in range(0, len(documents), BATCH):
            done.add(_write_batch(_tagged(documents[start : start + BATCH]), told))
    return done


def _tagged(documents: Sequence[PersonDocument]) -> list[PersonDocument]:
    """With tags called as they are called already, so that "food" does not differ from "Food" for ever."""
    called = tags.canonical(name for one in documents for name in one.tags)
    return [
        replace(one, tags=tuple(c for name in one.tags if (c := called[name]))) if one.tags else one
        for one in documents
    ]


def _write_batch(documents: list[PersonDocument], told: Told) -> Written:
    there = documents_with_meta([one.key for one in documents if one.key is not None], lock=True)
    missing = [one.key for one in documents if one.key is not None and one.key not in there]
    if missing:
        raise Person.DoesNotExist(f"There is no person with the key {missing[0]}.")
    documents = [
        shapes.tidy(one if one.key is None else shapes.recognised(there[one.key][0], one))
        for one in documents
    ]
    new = [one for one in documents if one.key is None]
    changed = _changed_ones(documents, there)
    refuse_what_is_taken([*new, *(one.after for one in changed)])
    created = _insert(new, told)
    _update(changed, told)
    _write_parts(created, changed, told)
    if told.change_set is not None:
        add_changes(change_set=told.change_set, changes=_changes(created, changed, told))
    index([*created, *(one.key for one in changed)], created)
    return _report(documents, created, changed)


def _changed_ones(
    documents: Sequence[PersonDocument], there: Mapping[int, tuple[PersonDocument, Meta]]
) -> list[_Changed]:
    found = []
    for after in documents:
        if after.key is None:
            continue
        before, meta = there[after.key]
        if changes := shapes.changes_between(before, after):
            found.append(_Changed(after.key, after, meta, changes))
    return found


def _report(
    documents: Sequence[PersonDocument],
    created: Mapping[int, PersonDocument],
    changed: Sequence[_Changed],
) -> Written:
    fresh = iter(created)
    keys = [one.key if one.key is not None else next(fresh) for one in documents]
    updated = {one.key: one.changes for one in changed}
    return Written(
        keys=keys,
        created=list(created),
        updated=list(updated),
        unchanged=[one.key for one in documents if one.key is not None and one.key not in updated],
        changes=updated,
    )


def index(keys: Collection[int], known: Mapping[int, PersonDocument]) -> None:
    """Bring search in line with these people; `known` are documents at hand already."""
    if not keys:
        return
    # Tags are normalised as they are written, so those with tags are read again.
    at_hand = {key: one for key, one in known.items() if not one.tags}
    named = organisations.titles(
        sorted({post.organisation for one in at_hand.values() for post in one.roles})
    )
    search.index(KIND, keys, known={key: found_as(key, one, named) for key, one in at_hand.items()})


def row_of(
    document: PersonDocument, told: Told, places: Mapping[tuple[str, str], tuple[float, float]]
) -> Person:
    """The person's own row, unsaved, with everything derived from the tidy document."""
    plain = {name: getattr(document, name) for name in shapes.COLUMNS}
    keys = {f"{name}_id": plain.pop(name) for name in shapes.KEYS}
    mappings = {name: dict(plain.pop(name)) for name in shapes.MAPPINGS}
    kinds = {part.kind for part in document.contacts if shapes.is_open(part)}
    return Person(
        id=document.key,
        **plain,
        **keys,
        **mappings,
        name_folded=fold(document.display_name)[:200],
        family_folded=shapes.sorted_name(document),
        **place_columns(document, places),
        has_email="email" in kinds,
        has_phone="phone" in kinds,
        is_sample=told.is_sample,
        source_id=told.source.pk,
        source_at=told.at,
        created_at=told.at,
        updated_at=told.at,
    )


def place_columns(
    document: PersonDocument, places: Mapping[tuple[str, str], tuple[float, float]]
) -> dict[str, Any]:
    """Where the person is: of the shown address, coordinates by postcode (approximate) where the address has none."""
    at = shapes.shown_place(document)
    guessed = places.get((at.country, _plain(at.postcode))) if at.lat is None else None
    lat, lon = guessed or (at.lat, at.lon)
    return {
        "city": at.city,
        "region": at.region,
        "country": at.country,
        "lat": lat,
        "lon": lon,
        "is_approximate": guessed is not None,
    }


def _plain(postcode: str) -> str:
    return "".join(ch for ch in postcode.upper() if ch.isalnum())


def places_for(documents: Sequence[PersonDocument]) -> dict[tuple[str, str], tuple[float, float]]:
    """Approximate coordinates for those whose shown address has none, from the postcode table if one was loaded."""
    wanted = set()
    for document in documents:
        at = shapes.shown_place(document)
        if at.lat is None and at.postcode:
            wanted.add((at.country, _plain(at.postcode)))
    return places_of_postcodes(wanted)


def _insert(new: list[PersonDocument], told: Told) -> dict[int, PersonDocument]:
    if not new:
        return {}
    places = places_for(new)
    rows = [row_of(one, told, places) for one in new]
    keys = reserve_keys(Person, len(rows))
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
    insert(rows)
    return dict(zip(keys, new, strict=True))


_DERIVED = {
    "display_name": ("name_folded", "family_folded"),
    "given_name": ("family_folded",),
    "family_name": ("family_folded",),
    "addresses": ("city", "region", "country", "lat", "lon", "is_approximate"),
    "contacts": ("has_email", "has_phone"),
}


def _update(changed: Sequence[_Changed], told: Told) -> None:
    """Rows that change alike are written together: a statement names only the columns that changed."""
    freed = [one.key for one in changed if "account" in one.changes]
    if freed:
        # Where an account passes from one to another in the same batch, nobody has it in between.
        Person.objects.filter(pk__in=freed).update(account=None)
    alike: dict[tuple[str, ...], list[_Changed]] = {}
    for one in changed:
        written = {"updated_at"}
        for name in one.changes:
            written |= {name} & set(shapes.COLUMNS)
            written |= set(_DERIVED.get(name, ()))
        if one.meta.source == told.source.pk:
            written |= {"source_at"}
        alike.setdefault(tuple(sorted(written)), []).append(one)
    for columns, together in alike.items():
        places = places_for([one.after for one in together if "addresses" in one.changes])
        _write_columns([row_of(one.after, told, places) for one in together], columns)


def _write_columns(rows: Sequence[Person], columns: Sequence[str]) -> None:
    fields: list[Any] = [Person._meta.get_field(name) for name in columns]
    quote = connection.ops.quote_name
    holes = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    values = [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(Person._meta.db_table)} SET {holes} WHERE id = %s", values)  # noqa: S608


def _part_rows(name: str, key: int, document: PersonDocument) -> list[tuple[Any, ...]]:
    """The rows of one kind of part, in the order of PARTS."""
    if name == "identifiers":
        return [(key, p.scheme, p.value) for p in document.identifiers]
    if name == "addresses":
        return [
            (key, n, p.label, p.lines, p.city, p.region, p.postcode, p.country, p.lat, p.lon, p.source)
            for n, p in enumerate(document.addresses)
        ]
    return [
        (key, p.kind, p.value, p.value.casefold()[:300], p.label, n) for n, p in enumerate(document.contacts)
    ]


_OWNER = "person_id"
_AT = ("label", "lines", "city", "region", "postcode", "country", "lat", "lon", "source")
PARTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "contacts": (PersonContact, (_OWNER, "kind", "value", "value_folded", "label", "position")),
    "addresses": (PersonAddress, (_OWNER, "position", *_AT)),
    "identifiers": (PersonIdentifier, (_OWNER, "scheme", "value")),
}
"""Field of a document -> the table of its parts and the columns of `_part_rows`."""


def _write_parts(created: Mapping[int, PersonDocument], changed: Sequence[_Changed], told: Told) -> None:
    for name, (model, columns) in PARTS.items():
        again = [one for one in changed if name in one.changes]
        if again:
            model.objects.filter(person_id__in=[one.key for one in again]).delete()
        rows = [
            row for key, one in created.items() if getattr(one, name) for row in _part_rows(name, key, one)
        ]
        rows += [row for one in again for row in _part_rows(name, one.key, one.after)]
        insert_values(model, columns, rows)
    for name, write_these in (("roles", write_roles), ("leaderships", write_leaderships)):
        wanted = {key: getattr(one, name) for key, one in created.items() if getattr(one, name)}
        altered = {one.key: getattr(one.after, name) for one in changed if name in one.changes}
        if wanted or altered:
            write_these(wanted, altered, told.at)
    carrying = {key: one.tags for key, one in created.items() if one.tags}
    carrying |= {one.key: one.after.tags for one in changed if "tags" in one.changes}
    if carrying:
        tags.set_many(kind=KIND, names=carrying, by=told.by)


def _changes(created: Mapping[int, PersonDocument], changed: Sequence[_Changed], told: Told) -> list[Change]:
    stamp = told.at.isoformat()
    found = [
        Change(kind=KIND, key=key, action=Change.Action.CREATED, after={"updated_at": stamp})
        for key in created
    ]
    for one in changed:
        before = {name: pair[0] for name, pair in one.changes.items()}
        after = {name: pair[1] for name, pair in one.changes.items()}
        found.append(
            Change(
                kind=KIND,
                key=one.key,
                action=Change.Action.UPDATED,
                before={
                    "document": before,
                    "updated_at": one.meta.updated_at.isoformat(),
                    "source_at": one.meta.source_at.isoformat(),
                },
                after={"document": after, "updated_at": stamp},
            )
        )
    return found


def insert_again(document: PersonDocument, stored: Mapping[str, Any], told: Told) -> None:
    """Write a removed person again under the old key, uuid and dates (as `selectors.snapshot` kept them)."""
    if document.key is None:
        raise ValueError("Only a person that had a key can be written again.")
    row = row_of(document, told, places_for([document]))
    row.uuid = stored["uuid"]
    row.created_at = datetime.fromisoformat(stored["created_at"])
    row.source_at = datetime.fromisoformat(stored["source_at"])
    row.save(force_insert=True)
    _write_parts({document.key: document}, [], told)
    index([document.key], {document.key: document})
