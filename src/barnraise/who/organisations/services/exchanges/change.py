"""Register, change, pause, end and remove one give or seek; each verb is one transaction with its sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, record
from barnraise.who.communities import selectors as communities

from ... import exchanges as shapes
from ...exchanges import ExchangeDocument
from ...models import Exchange, Organisation
from ...selectors import EXCHANGE_KIND, communities_of_exchanges, document_of, whole_exchange
from .writing import concern, fill, found_again, normal, row_of, save

_DONE = {
    Exchange.Status.OPEN: "reopened",
    Exchange.Status.PAUSED: "paused",
    Exchange.Status.ENDED: "ended",
}


def register_exchange(organisation: Organisation, said: ExchangeDocument, *, by: Any) -> Exchange:
    """Note what an organisation gives or seeks. Raises ValidationError by field."""
    said = normal(said)
    with transaction.atomic():
        owner = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        row = row_of(said, owner, timezone.now())
        save(row, is_new=True)
        concern({row.pk: said.communities})
        _record(row, "added", by)
        found_again([owner.pk], [row.pk])
    return row


def change_exchange(exchange: Exchange, *, by: Any, **values: Any) -> dict[str, tuple[Any, Any]]:
    """Set the given fields of its document; returns {field: (before, after)} as the journal tells it, empty when nothing differs.

    `communities` and `sectors` are given whole. Raises ValidationError by field, TypeError for a field there is not.
    """
    if unknown := set(values) - set(shapes.FIELDS):
        raise TypeError(f"A give or seek has no field {', '.join(sorted(unknown))}.")
    return _apply(exchange, values, "changed", by)


def set_exchange_status(exchange: Exchange, *, status: str, by: Any) -> bool:
    """Open it again, pause it, or end it. Says whether that changed anything."""
    return bool(_apply(exchange, {"status": status}, _DONE[Exchange.Status(status)], by))


def remove_exchange(exchange: Exchange, *, by: Any, change_set: ChangeSet | None = None) -> None:
    """Take it away altogether; what was true once is better ended."""
    with transaction.atomic():
        row = (
            Exchange.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=exchange.pk)
        )
        if change_set is not None:
            kept = whole_exchange(row, communities_of_exchanges([row.pk]).get(row.pk, ()))
            change = Change(kind=EXCHANGE_KIND, key=row.pk, action=Change.Action.REMOVED, before=kept)
            add_changes(change_set=change_set, changes=[change])
        _record(row, "removed", by)
        owner, key = row.organisation_id, row.pk
        row.delete()
        found_again([owner], [key])


def _apply(exchange: Exchange, values: dict[str, Any], verb: str, by: Any) -> dict[str, tuple[Any, Any]]:
    with transaction.atomic():
        row = (
            Exchange.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=exchange.pk)
        )
        before = document_of(row, communities_of_exchanges([row.pk]).get(row.pk, ()))
        after = normal(replace(before, **values))
        if after == before:
            return {}
        fill(row, after, timezone.now())
        save(row, is_new=False)
        if after.communities != before.communities:
            concern({row.pk: after.communities})
        changes = told(before, after)
        _record(row, verb, by, changes)
        found_again([row.organisation_id], [row.pk])
    for name in shapes.COLUMNS:
        setattr(exchange, name, getattr(row, name))
    return changes


def told(before: ExchangeDocument, after: ExchangeDocument) -> dict[str, tuple[Any, Any]]:
    """What differs, as the journal tells it: amounts with their unit, communities by name."""
    old, new = shapes.to_json(before), shapes.to_json(after)
    changes = {name: (old[name], new[name]) for name in shapes.FIELDS if old[name] != new[name]}
    if {"amount", "unit", "currency", "per"} & set(changes):
        for name in ("unit", "currency", "per"):
            changes.pop(name, None)
        changes["amount"] = (shapes.plain_amount(before), shapes.plain_amount(after))
    if "communities" in changes:
        names = communities.titles([*before.communities, *after.communities])
        changes["communities"] = tuple(  # type: ignore[assignment]
            [names[key] for key in said.communities if key in names] for said in (before, after)
        )
    if "sectors" in changes:
        changes["sectors"] = tuple([" ".join(pair) for pair in said.sectors] for said in (before, after))  # type: ignore[assignment]
    return changes


def _record(row: Exchange, verb: str, by: Any, changes: dict[str, tuple[Any, Any]] | None = None) -> None:
    record(
        by=by, verb=f"organisations.{row.direction}_{verb}", about=[row, row.organisation], changes=changes
    )
