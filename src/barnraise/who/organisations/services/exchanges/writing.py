"""Rows of gives and seeks: the one way they are written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.search import services as search
from barnraise.who.communities.models import Community

from ... import exchanges as shapes
from ...exchanges import ExchangeDocument
from ...models import Concerns, Exchange, Organisation
from ...selectors import EXCHANGE_KIND, KIND


def normal(said: ExchangeDocument) -> ExchangeDocument:
    """The document as it may be written. Raises ValidationError by field."""
    said = shapes.tidy(said)
    found: dict[str, list[str]] = {}
    for field, reason in shapes.faults(said):
        found.setdefault(field, []).append(str(reason))
    if found:
        raise ValidationError(found)
    return said


def row_of(said: ExchangeDocument, organisation: Organisation, at: datetime) -> Exchange:
    """An unsaved row that says what the document says."""
    row = Exchange(organisation=organisation, lat=organisation.lat, lon=organisation.lon, created_at=at)
    fill(row, said, at)
    return row


def fill(row: Exchange, said: ExchangeDocument, at: datetime) -> None:
    """Put the document's columns on the row."""
    for name in shapes.COLUMNS:
        setattr(row, name, getattr(said, name))
    row.sectors = [list(pair) for pair in said.sectors]
    row.what = squeeze(said.what)
    row.what_folded = fold(row.what)[:300]
    row.updated_at = at


def save(row: Exchange, *, is_new: bool) -> None:
    """Write the row itself, without anything that Django's saving would ask besides."""
    names = None if is_new else [*shapes.COLUMNS, "what_folded", "updated_at"]
    row.save(force_insert=is_new, update_fields=names)


def concern(wanted: dict[int, Collection[int]]) -> None:
    """By exchange: the communities concerned become exactly these."""
    Concerns.objects.filter(exchange_id__in=list(wanted)).delete()
    Concerns.objects.bulk_create(
        [Concerns(exchange_id=key, community_id=one) for key, keys in wanted.items() for one in keys],
        batch_size=500,
    )


def insert_all(given: Sequence[tuple[int, ExchangeDocument]], *, now: datetime | None = None) -> list[int]:
    """Write many for organisations by key, in the caller's transaction; their keys in order. Journal and search are the caller's."""
    at = now or timezone.now()
    owners = Organisation.objects.in_bulk({key for key, _said in given})
    rows = [row_of(normal(said), owners[key], at) for key, said in given]
    for row in rows:
        save(row, is_new=True)
    concern(
        {row.pk: said.communities for row, (_key, said) in zip(rows, given, strict=True) if said.communities}
    )
    return [row.pk for row in rows]


def write_again(stored: Sequence[dict[str, Any]]) -> None:
    """Rows that `selectors.exchanges_kept` kept, under their old keys; communities that are gone are left out."""
    alive = set(Community.objects.values_list("pk", flat=True)) if stored else set()
    owners = Organisation.objects.in_bulk({one["organisation"] for one in stored})
    concerned: dict[int, Collection[int]] = {}
    for one in stored:
        said = shapes.from_json(one["document"])
        row = row_of(said, owners[one["organisation"]], datetime.fromisoformat(one["updated_at"]))
        row.pk, row.uuid = one["key"], one["uuid"]
        row.created_at = datetime.fromisoformat(one["created_at"])
        save(row, is_new=True)
        concerned[row.pk] = [key for key in said.communities if key in alive]
    concern(concerned)


def follow(organisations: Collection[int]) -> None:
    """Bring the coordinates that exchanges repeat in line with these organisations."""
    at = Organisation.objects.filter(pk=OuterRef("organisation_id"))
    Exchange.objects.filter(organisation_id__in=list(organisations)).update(
        lat=Subquery(at.values("lat")), lon=Subquery(at.values("lon"))
    )


def found_again(organisations: Collection[int], exchanges: Collection[int]) -> None:
    """What search knows of these organisations and of these gives and seeks, after some were written, changed or removed."""
    search.index(KIND, sorted(set(organisations)))
    search.index(EXCHANGE_KIND, exchanges)
