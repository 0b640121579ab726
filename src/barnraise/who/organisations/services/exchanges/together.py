"""Many gives and seeks at once, and the undo of that. Each returns how many rows it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.communities.models import Community

from ... import exchanges as shapes
from ...models import Exchange, Organisation
from ...selectors import EXCHANGE_KIND, communities_of_exchanges, exchange_documents, whole_exchange
from .writing import concern, fill, found_again, save, write_again


def set_status_together(
    rows: QuerySet[Exchange], *, status: str, by: Any, change_set: ChangeSet | None
) -> int:
    """Open, pause or end all of them."""
    now = timezone.now()
    with transaction.atomic():
        there = list(_locked(rows).exclude(status=status).values_list("pk", "status", "organisation_id"))
        keys = [key for key, _status, _owner in there]
        for start in range(0, len(keys), 500):
            Exchange.objects.filter(pk__in=keys[start : start + 500]).update(status=status, updated_at=now)
        if change_set is not None:
            changes = [
                Change(
                    kind=EXCHANGE_KIND,
                    key=key,
                    action=Change.Action.UPDATED,
                    before={"status": before},
                    after={"status": status},
                )
                for key, before, _owner in there
            ]
            add_changes(change_set=change_set, changes=changes)
        found_again([owner for _key, _status, owner in there], [])
    return len(there)


def remove_exchanges_together(rows: QuerySet[Exchange], *, by: Any, change_set: ChangeSet | None) -> int:
    """Remove all of them."""
    with transaction.atomic():
        going = list(_locked(rows))
        keys = [row.pk for row in going]
        if change_set is not None:
            concerned = communities_of_exchanges(keys)
            changes = [
                Change(
                    kind=EXCHANGE_KIND,
                    key=row.pk,
                    action=Change.Action.REMOVED,
                    before=whole_exchange(row, concerned.get(row.pk, ())),
                )
                for row in going
            ]
            add_changes(change_set=change_set, changes=changes)
        Exchange.objects.filter(pk__in=keys).delete()
        found_again([row.organisation_id for row in going], keys)
    return len(going)


def _locked(rows: QuerySet[Exchange]) -> QuerySet[Exchange]:
    keys = list(rows.order_by().values_list("pk", flat=True))
    return Exchange.objects.filter(pk__in=keys).order_by("pk").select_for_update()


def restore_exchanges(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo these changes, newest first, in the caller's transaction.

    Created ones go; changed ones say again what they said; removed ones are written under their old key, unless
    their organisation has gone ("gone"). Returns by key why one was kept.
    """
    kept: dict[int, str] = {}
    touched: set[int] = set()
    with transaction.atomic():
        for change in sorted(changes, key=lambda one: one.pk or 0, reverse=True):
            reason = _UNDO[Change.Action(change.action)](change, touched)
            if reason:
                kept[change.key] = reason
        found_again(touched, {change.key for change in changes})
    return kept


def _take_away(change: Change, touched: set[int]) -> str:
    row = Exchange.objects.filter(pk=change.key).first()
    if row is None:
        return "gone"
    touched.add(row.organisation_id)
    row.delete()
    return ""


def _put_back(change: Change, touched: set[int]) -> str:
    row = Exchange.objects.select_for_update().filter(pk=change.key).first()
    if row is None:
        return "gone"
    stored = {**shapes.to_json(exchange_documents([row.pk])[row.pk]), **(change.before or {})}
    said = shapes.from_json(stored)
    fill(row, said, timezone.now())
    save(row, is_new=False)
    if "communities" in (change.before or {}):
        alive = Community.objects.filter(pk__in=said.communities).values_list("pk", flat=True)
        concern({row.pk: list(alive)})
    touched.add(row.organisation_id)
    return ""


def _write_again(change: Change, touched: set[int]) -> str:
    stored: dict[str, Any] = change.before or {}
    if Exchange.objects.filter(pk=change.key).exists():
        return "exists"
    if not Organisation.objects.filter(pk=stored["organisation"]).exists():
        return "gone"
    write_again([stored])
    touched.add(stored["organisation"])
    return ""


_UNDO = {
    Change.Action.CREATED: _take_away,
    Change.Action.UPDATED: _put_back,
    Change.Action.REMOVED: _write_again,
}
