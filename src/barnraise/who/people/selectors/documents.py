"""People as documents: nine queries for any number of keys (in one statement each, so pass at most 2,000)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from barnraise.plumbing.tags import selectors as tags

from .. import documents as shapes
from ..documents import Id, PersonDocument, Place, Post, Rating, Reach, Standing
from ..models import LeaderNote, Leadership, Person, PersonAddress, PersonContact, PersonIdentifier, Role

KIND = "people.person"

_COLUMNS = tuple(f"{name}_id" if name in shapes.KEYS else name for name in shapes.COLUMNS)
_META_NAMES = ("uuid", "is_sample", "source", "source_at", "created_at", "updated_at")
_META = ("uuid", "is_sample", "source_id", "source_at", "created_at", "updated_at")


@dataclass(frozen=True, slots=True)
class Meta:
    """What a row has besides its document."""

    uuid: UUID
    is_sample: bool
    source: int
    source_at: datetime
    created_at: datetime
    updated_at: datetime


_PARTS: tuple[tuple[str, Any, tuple[str, ...], Any, tuple[str, ...]], ...] = (
    ("contacts", PersonContact, ("kind", "value", "label"), Reach, ("position", "id")),
    (
        "addresses",
        PersonAddress,
        ("label", "lines", "city", "region", "postcode", "country", "lat", "lon", "source"),
        Place,
        ("position", "id"),
    ),
    ("identifiers", PersonIdentifier, ("scheme", "value"), Id, ("scheme", "value")),
)
_POST = ("organisation_id", "title", "kind", "is_main_contact", "started_on", "ended_on", "note", "uuid")
_STANDING = (
    "uuid",
    "kind",
    "constituency",
    "community_id",
    "organisation_id",
    "term_started_on",
    "term_ends_on",
    "ended_reason",
)


def documents(keys: Collection[int]) -> dict[int, PersonDocument]:
    """By key, tidy. Keys that are not there (any more) are left out."""
    return {key: document for key, (document, _) in documents_with_meta(keys).items()}


def documents_with_meta(
    keys: Collection[int], *, lock: bool = False
) -> dict[int, tuple[PersonDocument, Meta]]:
    """By key: the document and what its row has besides. `lock` holds the rows until the transaction ends."""
    keys = list(dict.fromkeys(keys))
    if not keys:
        return {}
    rows = Person.objects.filter(pk__in=keys)
    if lock:
        rows = rows.order_by("pk").select_for_update()
    found = list(rows.values_list("pk", *_COLUMNS, *_META))
    parts = {
        name: _parts(model, columns, shape, order, keys) for name, model, columns, shape, order in _PARTS
    }
    parts["roles"] = _roles(keys)
    parts["leaderships"] = _leaderships(keys)
    tagged = tags.tags_of(KIND, keys)
    width = len(_COLUMNS)
    answer: dict[int, tuple[PersonDocument, Meta]] = {}
    for key, *values in found:
        given: dict[str, Any] = dict(zip(shapes.COLUMNS, values[:width], strict=True))
        given |= {name: tuple(sorted(given[name].items())) for name in shapes.MAPPINGS}
        given |= {name: tuple(by_key[key]) for name, by_key in parts.items()}
        given["tags"] = tuple(sorted(tag.name for tag in tagged.get(key, ())))
        rest: dict[str, Any] = dict(zip(_META_NAMES, values[width:], strict=True))
        answer[key] = (PersonDocument(key=key, **given), Meta(**rest))
    return answer


def _parts(
    model: Any, columns: tuple[str, ...], shape: Any, order: tuple[str, ...], keys: list[int]
) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = model.objects.filter(person_id__in=keys).order_by(*order)
    for key, *values in rows.values_list("person_id", *columns):
        found[key].append(shape(*values))
    return found


def _roles(keys: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows: Any = Role.objects.filter(person_id__in=keys).order_by("id")
    for key, *values in rows.values_list("person_id", *_POST):
        values[-1] = str(values[-1])
        found[key].append(Post(*values))
    return found


def _leaderships(keys: list[int]) -> dict[int, list[Any]]:
    rows: list[Any] = list(
        Leadership.objects.filter(person_id__in=keys)
        .order_by("id")
        .values_list("pk", "person_id", *_STANDING)
    )
    notes: dict[int, list[Rating]] = defaultdict(list)
    if rows:
        said: Any = LeaderNote.objects.filter(leadership_id__in=[row[0] for row in rows]).order_by("id")
        for pk, *values in said.values_list(
            "leadership_id", "aspect", "level", "note", "noted_on", "by_id", "uuid"
        ):
            values[-1] = str(values[-1])
            notes[pk].append(Rating(*values))
    found: dict[int, list[Any]] = defaultdict(list)
    for pk, key, uuid, *values in rows:
        values += [tuple(notes[pk]), str(uuid)]
        found[key].append(Standing(*values))
    return found


def snapshot(keys: Collection[int]) -> dict[int, dict[str, Any]]:
    """By key: all that is needed to write the person again, as JSON. `services.restore` takes it."""
    return {
        key: {
            "document": shapes.to_json(document),
            "uuid": str(meta.uuid),
            "is_sample": meta.is_sample,
            "source": meta.source,
            "source_at": meta.source_at.isoformat(),
            "created_at": meta.created_at.isoformat(),
            "updated_at": meta.updated_at.isoformat(),
        }
        for key, (document, meta) in documents_with_meta(keys).items()
    }
