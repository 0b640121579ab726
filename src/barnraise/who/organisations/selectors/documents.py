"""Organisations as documents: nine queries for any number of keys (in one statement each, so pass at most 2,000)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from barnraise.plumbing.tags import selectors as tags

from .. import documents as shapes
from ..documents import OrganisationDocument
from ..hours import spans
from ..models import (
    Address,
    ContactPoint,
    FactSource,
    Identifier,
    Organisation,
    OtherName,
    Sector,
    Serves,
    Service,
)
from .exchanges import exchanges_kept

KIND = "organisations.organisation"

_COLUMNS = tuple("parent_id" if name == "parent" else name for name in shapes.COLUMNS)
_META_NAMES = ("uuid", "is_own", "is_sample", "source", "source_at", "created_at", "updated_at")
_META = ("uuid", "is_own", "is_sample", "source_id", "source_at", "created_at", "updated_at")


@dataclass(frozen=True, slots=True)
class Meta:
    """What a row has besides its document. `told` maps a field to (source key, instant) where it differs from the row's."""

    uuid: UUID
    is_own: bool
    is_sample: bool
    source: int
    source_at: datetime
    created_at: datetime
    updated_at: datetime
    told: dict[str, tuple[int, datetime]]


def _offered(*values: Any) -> shapes.Offered:
    return shapes.Offered.of(**dict(zip(shapes.Offered.__slots__, values, strict=True)))


_PARTS: tuple[tuple[str, Any, tuple[str, ...], Any, tuple[str, ...]], ...] = (
    ("names", OtherName, ("kind", "name"), shapes.Name, ("position", "id")),
    ("identifiers", Identifier, ("scheme", "value"), shapes.Id, ()),
    ("sectors", Sector, ("scheme", "code"), shapes.SectorCode, ()),
    (
        "addresses",
        Address,
        ("kind", "lines", "city", "region", "postcode", "country", "lat", "lon", "source"),
        shapes.Place,
        ("position", "id"),
    ),
    ("contacts", ContactPoint, ("kind", "value", "label"), shapes.Contact, ("position", "id")),
    ("services", Service, shapes.Offered.__slots__, _offered, ("position", "id")),
)


def documents(keys: Collection[int]) -> dict[int, OrganisationDocument]:
    """By key, tidy. Keys that are not there (any more) are left out."""
    return {key: document for key, (document, _) in documents_with_meta(keys).items()}


def documents_with_meta(
    keys: Collection[int], *, lock: bool = False
) -> dict[int, tuple[OrganisationDocument, Meta]]:
    """By key: the document and what its row has besides. `lock` holds the rows until the transaction ends."""
    keys = list(dict.fromkeys(keys))
    if not keys:
        return {}
    rows = Organisation.objects.filter(pk__in=keys)
    if lock:
        rows = rows.order_by("pk").select_for_update()
    found = list(rows.values_list("pk", *_COLUMNS, *_META))
    parts = {
        name: _parts(model, columns, shape, order, keys) for name, model, columns, shape, order in _PARTS
    }
    communities: dict[int, list[int]] = defaultdict(list)
    for key, community in Serves.objects.filter(organisation_id__in=keys).values_list(
        "organisation_id", "community_id"
    ):
        communities[key].append(community)
    tagged = tags.tags_of(KIND, keys)
    told = _told(keys)
    width = len(_COLUMNS)
    answer: dict[int, tuple[OrganisationDocument, Meta]] = {}
    for key, *values in found:
        given: dict[str, Any] = dict(zip(shapes.COLUMNS, values[:width], strict=True))
        given["facts"] = tuple(sorted(given["facts"].items()))
        given["hours"] = spans(given["hours"])
        given |= {name: _in_order(name, by_key[key]) for name, by_key in parts.items()}
        given["communities"] = tuple(sorted(communities[key]))
        given["tags"] = tuple(sorted(tag.name for tag in tagged.get(key, ())))
        rest: dict[str, Any] = dict(zip(_META_NAMES, values[width:], strict=True))
        answer[key] = (OrganisationDocument(key=key, **given), Meta(told=told.get(key, {}), **rest))
    return answer


def _in_order(name: str, found: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(found)) if name in shapes.SETS else tuple(found)


def _parts(
    model: Any, columns: tuple[str, ...], shape: Any, order: tuple[str, ...], keys: list[int]
) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = model.objects.filter(organisation_id__in=keys).order_by(*order)
    for key, *values in rows.values_list("organisation_id", *columns):
        found[key].append(shape(*values))
    return found


def _told(keys: list[int]) -> dict[int, dict[str, tuple[int, datetime]]]:
    found: dict[int, dict[str, tuple[int, datetime]]] = defaultdict(dict)
    for key, field, source, at in FactSource.objects.filter(organisation_id__in=keys).values_list(
        "organisation_id", "field", "source_id", "at"
    ):
        found[key][field] = (source, at)
    return found


def snapshot(keys: Collection[int]) -> dict[int, dict[str, Any]]:
    """By key: all that is needed to write the organisation again, as JSON. `services.restore` takes it."""
    exchanged = exchanges_kept(keys)
    return {
        key: {**whole(document, meta), "exchanges": exchanged.get(key, [])}
        for key, (document, meta) in documents_with_meta(keys).items()
    }


def whole(document: OrganisationDocument, meta: Meta) -> dict[str, Any]:
    """A document and its row's rest as one JSON value."""
    return {
        "document": shapes.to_json(document),
        "uuid": str(meta.uuid),
        "is_own": meta.is_own,
        "is_sample": meta.is_sample,
        "source": meta.source,
        "source_at": meta.source_at.isoformat(),
        "created_at": meta.created_at.isoformat(),
        "updated_at": meta.updated_at.isoformat(),
        "told": {field: [source, at.isoformat()] for field, (source, at) in meta.told.items()},
    }
