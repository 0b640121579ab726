"""What the writes of all nouns of this room share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal import services as journal
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.snoozes import services as snoozes
from barnraise.plumbing.ui.faults import Fault, refuse

M = TypeVar("M", bound=models.Model)
Faults = Callable[[Any], list[Fault]]
ONE_LINE = frozenset({"title", "text"})


def fill(row: Any, values: Mapping[str, Any]) -> None:
    """Set values, texts without blanks around them, and what is folded from them."""
    for name, value in values.items():
        said = value
        if isinstance(value, str):
            said = squeeze(value) if name in ONE_LINE else value.strip()
        setattr(row, name, said)
        if name in ONE_LINE:
            setattr(row, f"{name}_folded", fold(said)[: row._meta.get_field(name).max_length])


def about_of(row: Any) -> list[Any]:
    """What a sentence about a row is about: the row itself first, then the thing it concerns."""
    said = getattr(row, "about", "") or getattr(getattr(row, "review", None), "about", "")
    return [row, *([Ref.parse(said)] if said else [])]


def add(row: M, *, by: Any, verb: str, faults: Faults) -> M:
    """Write a new row with its sentence. Raises ValidationError by field; then nothing is written."""
    whole: Any = row
    whole.created_at = whole.updated_at = timezone.now()
    refuse(faults(row))
    with transaction.atomic():
        row.save(force_insert=True)
        record(by=by, verb=f"adaptation.{verb}_added", about=about_of(row))
        search.index(row._meta.label_lower, [row.pk])
    return row


def change(
    row: M, *, by: Any, verb: str, faults: Faults, fields: Sequence[str], values: Mapping[str, Any]
) -> M:
    """Set the given fields of a row as it stands, told field by field. Raises ValidationError by field; then nothing is changed."""
    if unknown := set(values) - set(fields):
        raise TypeError(f"There is no field {', '.join(sorted(unknown))} to change.")
    model: Any = type(row)
    with transaction.atomic():
        there: Any = model.objects.select_for_update(of=("self",)).get(pk=row.pk)
        before = {name: getattr(there, name) for name in values}
        fill(there, values)
        refuse(faults(there))
        differ = [name for name in values if before[name] != getattr(there, name)]
        if differ:
            there.updated_at = timezone.now()
            folded = [f"{name}_folded" for name in differ if name in ONE_LINE]
            there.save(update_fields=[*differ, *folded, "updated_at"])
            told = {name: (plain(before[name]), plain(getattr(there, name))) for name in differ}
            record(by=by, verb=f"adaptation.{verb}_changed", about=about_of(there), changes=told)
            search.index(there._meta.label_lower, [there.pk])
    found: M = there
    return found


def amend(
    kind: str,
    model: Any,
    given: Sequence[tuple[int, Mapping[str, Any]]],
    *,
    at: datetime,
    settle: Callable[[Any], None],
) -> list[Change]:
    """Set these fields of many rows, checked already, without a sentence, in the caller's transaction; the changes for an undo."""
    found = journal.amend(model, given, at=at, settle=settle)
    search.index(kind, [change.key for change in found])
    return found


def plain(value: Any) -> Any:
    """A value as the journal keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, models.Model) else value


def forget(model: Any, keys: Sequence[int]) -> None:
    """Delete rows with what hangs on them, without a sentence, in the caller's transaction."""
    kind = model._meta.label_lower
    files.forget(kind=kind, keys=list(keys))
    search.remove(kind, list(keys))
    snoozes.forget(kind=kind, keys=list(keys))
    model._default_manager.filter(pk__in=list(keys)).delete()


def remove(row: Any, *parts: Sequence[Any], by: Any, verb: str) -> ChangeSet:
    """Take away what was noted by mistake, with its parts. The change set brings it back for thirty days."""
    about = about_of(row)[1:]
    kind, key = row._meta.label_lower, row.pk
    with transaction.atomic():
        done = journal.take_away(
            row, *parts, by=by, verb=f"adaptation.{verb}_removed", about=about, details={"title": str(row)}
        )
        let_go(kind, [key])
    return done


def let_go(kind: str, keys: Sequence[int]) -> None:
    """Files, search and snoozes let go of rows that are taken away."""
    files.forget(kind=kind, keys=list(keys))
    search.remove(kind, list(keys))
    snoozes.forget(kind=kind, keys=list(keys))
