"""What all writes of named rows of this room do alike: check, save narrowly, leave a sentence, tell search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, record, take_away
from barnraise.plumbing.search import services as search

from ..faults import check

M = TypeVar("M", bound=models.Model)
Faults = Callable[[Any], dict[str, Any]]


def named(row: Any) -> None:
    """Squeeze the name and fold it for finding."""
    row.name = squeeze(row.name)
    row.name_folded = fold(row.name)[: row._meta.get_field("name_folded").max_length]


def add(
    row: M,
    *,
    by: Any,
    verb: str,
    faults: Faults,
    about: Sequence[Any] = (),
    change_set: ChangeSet | None = None,
) -> M:
    """Save a new row; as part of a change set it leaves a change, else a sentence. Raises ValidationError by field."""
    now = timezone.now()
    row.created_at = row.updated_at = now  # type: ignore[attr-defined]
    named(row)
    check(row, faults(row))
    with transaction.atomic():
        row.save(force_insert=True)
        if change_set is None:
            record(by=by, verb=verb, about=[row, *about])
        else:
            change = Change(kind=Ref.to(row).kind, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
        search.index(Ref.to(row).kind, [row.pk])
    return row


def change(
    row: M, values: Mapping[str, Any], *, fields: Sequence[str], by: Any, verb: str, faults: Faults
) -> bool:
    """Set these fields of a locked row; True when something changed. Raises ValidationError by field."""
    if unknown := set(values) - set(fields):
        raise TypeError(f"There is no field {', '.join(sorted(unknown))} to change.")
    with transaction.atomic():
        there = locked(row)
        before = {name: getattr(there, name) for name in values}
        for name, value in values.items():
            setattr(there, name, value)
        named(there)
        differ = [name for name in values if before[name] != getattr(there, name)]
        if not differ:
            return False
        check(there, faults(there))
        there.updated_at = timezone.now()  # type: ignore[attr-defined]
        there.save(update_fields=[*differ, "name_folded", "updated_at"])
        told = {name: (plain(before[name]), plain(getattr(there, name))) for name in differ}
        record(by=by, verb=verb, about=[there], changes=told)
        search.index(Ref.to(there).kind, [there.pk])
    return True


def locked(row: M) -> M:
    """The row as it stands, locked until the transaction ends."""
    model: Any = type(row)
    found: M = model.objects.select_for_update().get(pk=row.pk)
    return found


def settle(row: M, *, by: Any, verb: str, about: Sequence[Any] = (), **values: Any) -> M:
    """Set state fields and leave a sentence, in the caller's transaction."""
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = timezone.now()  # type: ignore[attr-defined]
    row.save(update_fields=[*values, "updated_at"])
    details = {"reason": values["end_reason"]} if values.get("end_reason") else None
    record(by=by, verb=verb, about=[row, *about], details=details)
    return row


def remove(
    row: M, *parts: Iterable[models.Model], by: Any, verb: str, about: Sequence[Any] = ()
) -> ChangeSet:
    """Take a row away with its parts, in the caller's transaction; an undo brings them back."""
    kind, key = Ref.to(row).kind, row.pk
    done = take_away(row, *parts, by=by, verb=verb, about=[row, *about], details={"name": str(row)})
    search.remove(kind, [key])
    return done


def reason_of(text: str) -> str:
    """The reason as it is kept. Raises ValidationError when there is none."""
    said = squeeze(text)
    if not said:
        raise ValidationError({"reason": _("Write the reason: it is what others learn from.")})
    if len(said) > 1000 or "\x00" in said:
        raise ValidationError({"reason": _("Write at most 1,000 characters.")})
    return said


def plain(value: Any) -> Any:
    """A value as the journal keeps it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, models.Model):
        return str(value)
    return value
