"""Take back what a change set did to organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.belongings import held
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change
from barnraise.who.communities.models import Community

from .. import documents as shapes
from ..models import FactSource, Identifier, Organisation, Source
from ..selectors import KIND, documents
from .remove import delete_rows
from .sources import person_source
from .writing import Told, insert_again, write


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo these changes, newest first, in the caller's transaction. Journal and search stay in line.

    Created ones are deleted unless something hangs on them ("in_use"); changed fields get their former values and
    sources back; removed ones are written again under their old key and uuid, unless an identifier of theirs has
    been given to another since ("taken"). Returns by key why one was kept.
    """
    kept: dict[int, str] = {}
    with transaction.atomic():
        ordered = sorted(changes, key=lambda one: one.pk or 0, reverse=True)
        for change in ordered:
            if change.action == Change.Action.REMOVED and (reason := _write_again(change, by)):
                kept[change.key] = reason
        _put_back([c for c in ordered if c.action == Change.Action.UPDATED and c.key not in kept], by, kept)
        created = [c.key for c in ordered if c.action == Change.Action.CREATED and c.key not in kept]
        held_ones = held([Ref.parse(f"{KIND}:{key}") for key in created])
        kept.update(dict.fromkeys(held_ones, "in_use"))
        kept.update(delete_rows([key for key in created if key not in held_ones]))
    return kept


def _put_back(changes: Sequence[Change], by: Any, kept: dict[int, str]) -> None:
    there = documents({change.key for change in changes})
    communities = set(Community.objects.values_list("pk", flat=True)) if changes else set()
    for change in changes:
        document = there.get(change.key)
        if document is None:
            kept[change.key] = "gone"
            continue
        document = shapes.with_fields(document, (change.before or {})["document"])
        there[change.key] = _alive(document, communities)
    if not changes:
        return
    told = Told(by=by, source=person_source(by), at=timezone.now())
    write([there[key] for key in sorted({c.key for c in changes} & set(there))], told)
    for change in changes:
        if change.key in there:
            _tell_as_before(change)


def _alive(document: shapes.OrganisationDocument, communities: set[int]) -> shapes.OrganisationDocument:
    """Without a parent or communities that have gone since."""
    stored: dict[str, Any] = {"communities": [key for key in document.communities if key in communities]}
    if document.parent and not Organisation.objects.filter(pk=document.parent).exists():
        stored["parent"] = None
    return shapes.with_fields(document, stored)


def _tell_as_before(change: Change) -> None:
    """Give the fields the sources they had, and the row the date its source spoke last."""
    before = change.before or {}
    told: dict[str, Any] = before.get("told", {})
    FactSource.objects.filter(organisation_id=change.key, field__in=list(told)).delete()
    FactSource.objects.bulk_create(
        FactSource(
            organisation_id=change.key, field=name, source_id=pair[0], at=datetime.fromisoformat(pair[1])
        )
        for name, pair in told.items()
        if pair
    )
    if "source_at" in before:
        Organisation.objects.filter(pk=change.key).update(
            source_at=datetime.fromisoformat(before["source_at"])
        )


def _write_again(change: Change, by: Any) -> str:
    stored = change.before or {}
    if Organisation.objects.filter(pk=change.key).exists():
        return "exists"
    document = shapes.from_json(stored["document"], key=change.key)
    for part in document.identifiers:
        if Identifier.objects.filter(scheme=part.scheme, value=part.value).exists():
            return "taken"
    document = _alive(document, set(Community.objects.values_list("pk", flat=True)))
    source = Source.objects.get(pk=stored["source"])
    insert_again(
        document, stored, Told(by=by, source=source, at=timezone.now(), is_sample=stored["is_sample"])
    )
    FactSource.objects.bulk_create(
        FactSource(organisation_id=change.key, field=name, source_id=key, at=datetime.fromisoformat(at))
        for name, (key, at) in stored["told"].items()
    )
    return ""
