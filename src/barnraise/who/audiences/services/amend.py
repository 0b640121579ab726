"""Set fields and rules of many audiences at once, and take back what an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import fields_of, is_as_it_came, reset, update
from barnraise.plumbing.search import services as search

from ..models import Audience, Rule
from ..selectors import KIND
from .rules import Given, write_rules

RULES = "rules"
_FIELDS = ("criterion", "is_not", "values")


def _kept(audience: Audience) -> list[dict[str, Any]]:
    return list(Rule.objects.filter(audience=audience).order_by("position", "id").values(*_FIELDS))


def amend_audiences(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, and `rules` instead of those that stood, checked already, without a sentence, in the caller's transaction."""
    rows = Audience.objects.select_for_update().in_bulk([key for key, _values in given])
    found = []
    for key, values in given:
        row = rows[key]
        before, rules = fields_of(row), _kept(row)
        for name in values.keys() - {RULES}:
            setattr(row, name, values[name])
        change = update(row, before)
        after = [
            {name: getattr(one, name) for name in _FIELDS} | {"values": list(one.values)}
            for one in values.get(RULES, ())
        ]
        if RULES in values and after != rules:
            change = change or Change(kind=KIND, key=key, action=Change.Action.UPDATED, before={}, after={})
            change.before = {**(change.before or {}), RULES: rules}
            change.after = {**(change.after or {}), RULES: after}
            _replace(row, after)
        if change is not None:
            row.updated_at = at
            row.save()
            found.append(change)
    search.index(KIND, [change.key for change in found])
    return found


def _replace(row: Audience, rules: Sequence[Mapping[str, Any]]) -> None:
    Rule.objects.filter(audience=row).delete()
    write_rules(row, [Given(**one) for one in rules])


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo made, changed and removed audiences, in the caller's transaction; those changed since or used are kept ("touched")."""
    kept: dict[int, str] = dict(search.bring_back(changes, by=by))
    for change in changes:
        if change.action == Change.Action.REMOVED:
            continue
        row = Audience.objects.select_for_update().filter(pk=change.key).first()
        if row is None:
            if change.action == Change.Action.UPDATED:
                kept[change.key] = "gone"
            continue
        reason = _reset(change, row) if change.action == Change.Action.UPDATED else _unmade(row)
        if reason:
            kept[change.key] = reason
    return kept


def _reset(change: Change, row: Audience) -> str:
    before, after = dict(change.before or {}), dict(change.after or {})
    rules = before.pop(RULES, None)
    if rules is not None and _kept(row) != after.pop(RULES):
        return "touched"
    plain = Change(kind=KIND, key=row.pk, action=change.action, before=before, after=after)
    if reason := reset(plain, row):
        return reason
    if rules is not None:
        _replace(row, rules)
    Audience.objects.filter(pk=row.pk).update(updated_at=timezone.now())
    search.index(KIND, [row.pk])
    return ""


def _unmade(row: Audience) -> str:
    key = row.pk
    if not is_as_it_came(row):
        return "touched"
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return "touched"
    search.remove(KIND, [key])
    return ""
