"""The one way organisations are written: many documents at once, each table in a few statements.

Every other service of the room ends here, so a page, the API, an import and the sample town leave the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, insert, reserve_keys
from barnraise.plumbing.search import services as search
from barnraise.plumbing.tags.services import assign as tags
from barnraise.who.communities.selectors import places_of_postcodes

from .. import documents as shapes
from ..documents import OrganisationDocument
from ..finding import found_as
from ..models import FactSource, Organisation, Source
from ..selectors import KIND, Meta, documents_with_meta
from ..sockets import renamed
from .checks import identifiers_are_free, parents_make_a_tree
from .exchanges.writing import follow
from .exchanges.writing import write_again as write_exchanges_again
from .finding import found_anew, hanging_on
from .parts import write_parts

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
    before: OrganisationDocument
    after: OrganisationDocument
    meta: Meta
    changes: dict[str, tuple[Any, Any]]


def write(documents: Sequence[OrganisationDocument], told: Told) -> Written:
    """Create or change organisations so that they say what these documents say; equal ones are not touched.

    Atomic. Raises ValidationError (identifier taken, circle of parents) and Organisation.DoesNotExist before writing anything
    of the batch at hand; with several batches the whole call is rolled back.
    """
    done = Written()
    with transaction.atomic():
        for start in range(0, len(documents), BATCH):
            done.add(_write_batch(_tidied(documents[start : start + BATCH]), told))
    return done


def _tidied(documents: Sequence[OrganisationDocument]) -> list[OrganisationDocument]:
    """Tidy, with tags called as they are called already, so that "food" does not differ from "Food" for ever."""
    called = tags.canonical(name for one in documents for name in one.tags)
    return [
        shapes.tidy(
            replace(one, tags=tuple(c for name in one.tags if (c := called[name]))) if one.tags else one
        )
        for one in documents
    ]


def _write_batch(documents: list[OrganisationDocument], told: Told) -> Written:
    there = documents_with_meta([one.key for one in documents if one.key is not None], lock=True)
    missing = [one.key for one in documents if one.key is not None and one.key not in there]
    if missing:
        raise Organisation.DoesNotExist(f"There is no organisation with the key {missing[0]}.")
    new = [one for one in documents if one.key is None]
    changed = _changed_ones(documents, there)
    identifiers_are_free([*new, *(one.after for one in changed if "identifiers" in one.changes)])
    moved = {one.key: one.after.parent for one in changed if "parent" in one.changes and one.after.parent}
    parents_make_a_tree({**moved, **{-n: one.parent for n, one in enumerate(new, 1) if one.parent}})
    offering = [one.key for one in changed if {"name", "services"} & one.changes.keys()]
    hung = hanging_on(offering)
    created = _insert(new, told)
    _update(changed, told)
    _write_parts(created, changed, told)
    _write_fact_sources(changed, told)
    if told.change_set is not None:
        add_changes(change_set=told.change_set, changes=_changes(created, changed, told))
    touched = [*created, *(one.key for one in changed)]
    if touched:
        # Tags are normalised as they are written, so those with tags are read again.
        known = {key: found_as(key, one) for key, one in created.items() if not one.tags}
        search.index(KIND, touched, known=known)
        found_anew(hung | hanging_on([*offering, *(key for key, one in created.items() if one.services)]))
    if others := [one.key for one in changed if "name" in one.changes]:
        for _name, follow in renamed.items():
            follow(others, by=told.by)
    return _report(documents, created, changed)


def _changed_ones(
    documents: Sequence[OrganisationDocument], there: Mapping[int, tuple[OrganisationDocument, Meta]]
) -> list[_Changed]:
    found = []
    for after in documents:
        if after.key is None:
            continue
        before, meta = there[after.key]
        changes = shapes.changes_between(before, after)
        if changes:
            found.append(_Changed(after.key, before, after, meta, changes))
    return found


def _report(
    documents: Sequence[OrganisationDocument],
    created: Mapping[int, OrganisationDocument],
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


def row_of(
    document: OrganisationDocument, told: Told, places: Mapping[tuple[str, str], tuple[float, float]]
) -> Organisation:
    """The organisation's own row, unsaved, with everything derived from the document."""
    return Organisation(
        id=document.key,
        name=document.name[:300],
        name_folded=fold(document.name)[:300],
        kind=document.kind,
        mission=document.mission,
        status=document.status,
        closed_on=document.closed_on,
        founded_year=document.founded_year,
        employees=document.employees,
        employees_band=document.employees_band,
        income_amount=document.income_amount,
        income_currency=document.income_currency,
        income_year=document.income_year,
        capacity=document.capacity,
        capacity_per=document.capacity_per,
        hours=[list(span) for span in document.hours],
        hours_note=document.hours_note,
        parent_id=document.parent,
        facts=dict(document.facts),
        **place_columns(document, places),
        is_sample=told.is_sample,
        source_id=told.source.pk,
        source_at=told.at,
        created_at=told.at,
        updated_at=told.at,
    )


def place_columns(
    document: OrganisationDocument, places: Mapping[tuple[str, str], tuple[float, float]]
) -> dict[str, Any]:
    """Where it is shown: of its shown address, coordinates by postcode (approximate) where the address has none."""
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


def places_for(documents: Sequence[OrganisationDocument]) -> dict[tuple[str, str], tuple[float, float]]:
    """Approximate coordinates for those whose shown address has none, from the postcode table if one was loaded."""
    wanted = set()
    for document in documents:
        at = shapes.shown_place(document)
        if at.lat is None and at.postcode:
            wanted.add((at.country, _plain(at.postcode)))
    return places_of_postcodes(wanted)


def _insert(new: list[OrganisationDocument], told: Told) -> dict[int, OrganisationDocument]:
    if not new:
        return {}
    places = places_for(new)
    rows = [row_of(one, told, places) for one in new]
    keys = reserve_keys(Organisation, len(rows))
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
    insert(rows)
    return dict(zip(keys, new, strict=True))


_DERIVED = {
    "name": ("name_folded",),
    "addresses": ("city", "region", "country", "lat", "lon", "is_approximate"),
}


def _update(changed: Sequence[_Changed], told: Told) -> None:
    if not changed:
        return
    written = {"updated_at"}
    for one in changed:
        for name in one.changes:
            written |= {name} & set(shapes.COLUMNS)
            written |= set(_DERIVED.get(name, ()))
    places = places_for([one.after for one in changed if "addresses" in one.changes])
    rows = [row_of(one.after, told, places) for one in changed]
    if any(one.meta.source == told.source.pk for one in changed):
        written |= {"source", "source_at"}
        for row, one in zip(rows, changed, strict=True):
            if one.meta.source != told.source.pk:
                row.source_id, row.source_at = one.meta.source, one.meta.source_at
    if "lat" in written:
        _keep_places(rows, changed)
    # One upsert instead of CASE WHEN over every column: the rows are complete, so what did not change stays as it was.
    Organisation.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=sorted(written)
    )
    if "lat" in written:
        follow([one.key for one in changed if "addresses" in one.changes])


def _keep_places(rows: Sequence[Organisation], changed: Sequence[_Changed]) -> None:
    """Where only others' addresses change, a row's own derived place (perhaps by postcode) must not be lost."""
    others = [row for row, one in zip(rows, changed, strict=True) if "addresses" not in one.changes]
    there = Organisation.objects.in_bulk([row.pk for row in others])
    for row in others:
        for name in _DERIVED["addresses"]:
            setattr(row, name, getattr(there[row.pk], name))


def _write_parts(
    created: Mapping[int, OrganisationDocument], changed: Sequence[_Changed], told: Told
) -> None:
    write_parts(created, {one.key: (one.after, set(one.changes)) for one in changed})
    wanted = {key: one.tags for key, one in created.items() if one.tags}
    wanted |= {one.key: one.after.tags for one in changed if "tags" in one.changes}
    if wanted:
        tags.set_many(kind=KIND, names=wanted, by=told.by)


def _write_fact_sources(changed: Sequence[_Changed], told: Told) -> None:
    """A field told by another source than the row's own gets a row saying so; told by its own again, loses it."""
    rows, gone = [], []
    for one in changed:
        for name in one.changes:
            if one.meta.source != told.source.pk:
                rows.append(FactSource(organisation_id=one.key, field=name, source=told.source, at=told.at))
            elif name in one.meta.told:
                gone.append((one.key, name))
    for name in {name for _, name in gone}:
        keys = [key for key, field_name in gone if field_name == name]
        FactSource.objects.filter(field=name, organisation_id__in=keys).delete()
    if rows:
        FactSource.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["organisation", "field"],
            update_fields=["source", "at"],
        )


def _changes(
    created: Mapping[int, OrganisationDocument], changed: Sequence[_Changed], told: Told
) -> list[Change]:
    stamp = told.at.isoformat()
    found = [
        Change(kind=KIND, key=key, action=Change.Action.CREATED, after={"updated_at": stamp})
        for key in created
    ]
    for one in changed:
        before = {name: pair[0] for name, pair in one.changes.items()}
        after = {name: pair[1] for name, pair in one.changes.items()}
        told_before = {
            name: [one.meta.told[name][0], one.meta.told[name][1].isoformat()]
            if name in one.meta.told
            else None
            for name in one.changes
        }
        found.append(
            Change(
                kind=KIND,
                key=one.key,
                action=Change.Action.UPDATED,
                before={
                    "document": before,
                    "updated_at": one.meta.updated_at.isoformat(),
                    "source_at": one.meta.source_at.isoformat(),
                    "told": told_before,
                },
                after={"document": after, "updated_at": stamp},
            )
        )
    return found


def by_person(by: Any, source: Source) -> Told:
    """What a person says now."""
    return Told(by=by, source=source, at=timezone.now())


def insert_again(document: OrganisationDocument, stored: Mapping[str, Any], told: Told) -> None:
    """Write a removed organisation again under its old key, uuid and dates (as `selectors.snapshot` kept them)."""
    if document.key is None:
        raise ValueError("Only an organisation that had a key can be written again.")
    row = row_of(document, told, places_for([document]))
    row.uuid = stored["uuid"]
    row.created_at = datetime.fromisoformat(stored["created_at"])
    row.source_at = datetime.fromisoformat(stored["source_at"])
    row.is_own = stored["is_own"] and not Organisation.objects.filter(is_own=True).exists()
    row.save(force_insert=True)
    _write_parts({document.key: document}, [], told)
    write_exchanges_again(stored.get("exchanges", []))
    search.index(KIND, [document.key])
    found_anew(hanging_on([document.key]))
