"""Waves that come in from files: changed, closed and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import fields_of, is_as_it_came, reset, update
from barnraise.plumbing.search import services as search

from ..models import Member, Wave
from ..selectors import KIND
from .waves import reopen, take_away

MEMBERS = "members"


def amend_waves(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields of open waves, and add `partners` (keys), checked already, in the caller's transaction; the changes for an undo."""
    rows = Wave.objects.select_for_update().in_bulk([key for key, _values in given])
    found = []
    for key, values in given:
        row = rows[key]
        before = fields_of(row)
        for name in values.keys() - {"partners"}:
            setattr(row, name, values[name])
        change = update(row, before)
        held = set(Member.objects.filter(wave=row).values_list("organisation_id", flat=True))
        wanted = [one for one in values.get("partners", ()) if one not in held]
        if wanted:
            news = [Member(wave=row, organisation_id=one, created_at=at, updated_at=at) for one in wanted]
            added = [one.pk for one in Member.objects.bulk_create(news)]
            change = change or Change(kind=KIND, key=key, action=Change.Action.UPDATED, before={}, after={})
            change.after = {**(change.after or {}), MEMBERS: added}
        if change is not None:
            row.updated_at = at
            row.save()
            found.append(change)
    search.index(KIND, [change.key for change in found])
    return found


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo closes, and waves that a file brought or changed; those in which somebody was asked or answered since stay ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Wave.objects.select_for_update().filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.CREATED:
            reason = _unmade(row)
        elif change.after is None:
            reason = ""
            if row.ended_on is not None:
                reopen(row)
        else:
            reason = _reset(change, row)
        if reason:
            kept[change.key] = reason
    return kept


def _unmade(row: Wave) -> str:
    if not is_as_it_came(row) or _is_at_work(row.members.all()):
        return "touched"
    take_away([row.pk])
    return ""


def _is_at_work(rows: Any) -> bool:
    """One of these partners was asked, answered, or was named by another."""
    used = Q(asked_at__isnull=False) | Q(answered_at__isnull=False) | Q(ties_in__isnull=False)
    return bool(rows.filter(used).exists())


def _reset(change: Change, row: Wave) -> str:
    after = dict(change.after or {})
    added = Member.objects.filter(pk__in=after.pop(MEMBERS, ()))
    if _is_at_work(added):
        return "touched"
    plain = Change(kind=KIND, key=row.pk, action=change.action, before=change.before, after=after)
    if reason := reset(plain, row):
        return reason
    added.delete()
    Wave.objects.filter(pk=row.pk).update(updated_at=timezone.now())
    search.index(KIND, [row.pk])
    return ""
