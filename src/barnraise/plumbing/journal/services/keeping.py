"""Rows kept whole in a change set, so that an undo brings back removed ones and resets changed ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.serializers import deserialize, serialize
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref

from ..models import Change, ChangeSet
from .change_sets import add_changes, close_change_set, open_change_set
from .record import record

EXISTS, GONE, ORPHANED, TOUCHED = "exists", "gone", "orphaned", "touched"
FOLLOWS = "updated_at"


def fields_of(row: models.Model) -> dict[str, Any]:
    """The row's fields as JSON values, without its key; the instant of its last change to the microsecond."""
    (stored,) = _stored([row])
    fields: dict[str, Any] = stored["fields"]
    if FOLLOWS in fields:
        fields[FOLLOWS] = row.updated_at.isoformat()  # type: ignore[attr-defined]
    return fields


def removal(row: models.Model, *others: Iterable[models.Model]) -> Change:
    """A change that keeps the row, and with it what goes when it goes (`others`: rows of its parts, parents first)."""
    rows = [row, *(one for some in others for one in some)]
    ref = Ref.to(row)
    return Change(kind=ref.kind, key=ref.id, action=Change.Action.REMOVED, before={"rows": _stored(rows)})


def update(row: models.Model, before: Mapping[str, Any]) -> Change | None:
    """A change that keeps what differs from `before` (see fields_of), and when the row was changed before; None when nothing differs."""
    after = fields_of(row)
    differ = [name for name in after if name != FOLLOWS and before.get(name) != after[name]]
    if not differ:
        return None
    ref, kept = (
        Ref.to(row),
        ({name: before.get(name) for name in differ}, {name: after[name] for name in differ}),
    )
    if before.get(FOLLOWS):
        kept[0][FOLLOWS] = before[FOLLOWS]
    return Change(kind=ref.kind, key=ref.id, action=Change.Action.UPDATED, before=kept[0], after=kept[1])


@transaction.atomic
def take_away(
    row: models.Model,
    *others: Iterable[models.Model],
    by: Any,
    verb: str,
    about: Sequence[Any] | None = None,
    details: Mapping[str, Any] | None = None,
) -> ChangeSet:
    """Delete a row with what goes with it, leave a sentence (about the row, or `about`), and keep all of it for thirty days."""
    change_set = open_change_set(by=by, verb=verb)
    add_changes(change_set=change_set, changes=[removal(row, *others)])
    record(by=by, verb=verb, about=[row] if about is None else about, details=details, change_set=change_set)
    row.delete()
    close_change_set(change_set=change_set)
    return change_set


def take_out(row: models.Model, *others: Iterable[models.Model], change_set: ChangeSet) -> None:
    """Delete a row with what goes with it, without a sentence, and keep all of it in this change set: what an import takes away."""
    add_changes(change_set=change_set, changes=[removal(row, *others)])
    row.delete()


def bring_back(change: Change) -> str:
    """Write what a removal kept again under its keys, in the caller's transaction; else why not, as a short code."""
    rows = [one.object for one in deserialize("python", (change.before or {})["rows"])]
    model: Any = type(rows[0])
    if model._base_manager.filter(pk=change.key).exists():
        return EXISTS
    own = {(type(row), row.pk) for row in rows}
    if not all(_stands(row, own) for row in rows):
        return ORPHANED
    try:
        with transaction.atomic():
            for row in rows:
                row.save_base(raw=True, force_insert=True)
    except IntegrityError:
        return EXISTS
    return ""


def bring_all_back(changes: Sequence[Change], *, by: Any) -> dict[int, str]:
    """An undoer of kinds of which nothing but removals is kept; by key why one stays away."""
    kept = {change.key: bring_back(change) for change in changes if change.action == Change.Action.REMOVED}
    return {key: reason for key, reason in kept.items() if reason}


def reset(change: Change, row: models.Model) -> str:
    """Give the row the values it had before, in the caller's transaction; a short code when somebody changed it since."""
    before, after, now = change.before or {}, change.after or {}, fields_of(row)
    if any(now.get(name) != value for name, value in after.items()):
        return TOUCHED
    whole: Any = row
    names = [name for name in before if name != FOLLOWS]
    for name in names:
        field: Any = whole._meta.get_field(name)
        setattr(whole, field.attname, before[name] if field.is_relation else field.to_python(before[name]))
    row.save(update_fields=names)
    return ""


def note_resets(changes: Sequence[Change], at: Mapping[int, datetime]) -> list[Change]:
    """Keep with these undone updates when their rows were reset (`at`, by key), so that `is_as_it_came` tells it from a change by somebody."""
    noted = [one for one in changes if one.key in at]
    for one in noted:
        one.after = {**(one.after or {}), FOLLOWS: at[one.key].isoformat()}
    return noted


def is_as_it_came(row: Any, *, hung: Iterable[str] = ()) -> bool:
    """Whether nobody changed the row after it was made; what was changed and taken back again does not count.

    `hung` are kinds of changes that are kept under the row's own key: of what hangs on it.
    """
    ref, at = Ref.to(row), row.updated_at
    while at != row.created_at:
        undone = Change.objects.filter(
            kind__in=(ref.kind, *hung), key=ref.id, after__updated_at=at.isoformat()
        )
        before = (getattr(undone.order_by("id").first(), "before", None) or {}).get(FOLLOWS)
        if before is None or (then := datetime.fromisoformat(before)) >= at:
            return False
        at = then
    return True


def amend(
    model: Any,
    given: Sequence[tuple[int, Mapping[str, Any]]],
    *,
    at: datetime,
    settle: Callable[[Any], None] | None = None,
    still: Callable[[Any, Mapping[str, Any]], bool] | None = None,
) -> list[Change]:
    """Set these fields of many rows, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    `settle` sets on a changed row what follows from its fields. Keys that are gone are passed over, and rows, locked by now, of which `still`
    denies that they may be given these fields: somebody was faster.
    """
    rows = model.objects.select_for_update().in_bulk([key for key, _values in given])
    found = []
    for key, values in given:
        if (row := rows.get(key)) is None or (still is not None and not still(row, values)):
            continue
        before = fields_of(row)
        for name, value in values.items():
            setattr(row, name, _as_kept(model, name, value))
        if settle is not None:
            settle(row)
        if (change := update(row, before)) is not None:
            if hasattr(row, FOLLOWS):
                row.updated_at = at
            row.save()
            found.append(change)
    return found


def _as_kept(model: Any, name: str, value: Any) -> Any:
    """A value as the database keeps it, so that an undo finds it unchanged."""
    field = model._meta.get_field(name)
    if isinstance(value, Decimal) and isinstance(field, models.DecimalField):
        return value.quantize(Decimal(1).scaleb(-(field.decimal_places or 0)))
    return value


def reset_row(change: Change) -> str:
    """`reset` of the row that an update changed, and the instant of its last change; "gone" when it is no longer there."""
    model: Any = apps.get_model(change.kind)
    row = model.objects.select_for_update().filter(pk=change.key).first()
    if row is None:
        return GONE
    reason = reset(change, row)
    if not reason and hasattr(row, FOLLOWS):
        model.objects.filter(pk=row.pk).update(updated_at=timezone.now())
    return reason


def _stored(rows: Sequence[models.Model]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(serialize("json", rows))
    return found


def _stands(row: models.Model, own: set[tuple[type[models.Model], Any]]) -> bool:
    """What the row points to is there, or among the rows themselves; what may be empty is emptied."""
    for field in row._meta.concrete_fields:
        key = getattr(row, field.attname)
        target: Any = field.related_model
        if target is None or key is None or (target, key) in own:
            continue
        if not target._base_manager.filter(pk=key).exists():
            if not field.null:
                return False
            setattr(row, field.attname, None)
    return True
