"""Add, change and remove listening sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, fields_of, record, take_away, update
from barnraise.plumbing.search import services as search

from ..heard import faults
from ..models import Session
from ..selectors import SESSION, citing
from .writing import checked, differing

FIELDS = (
    "title", "kind", "held_on", "place", "cycle", "community", "groups", "themes", "quotes", "notes",
)  # fmt: skip


def _checked(row: Session) -> None:
    checked(row, "title")
    if row.held_on > timezone.localdate():
        raise ValidationError({"held_on": _("Note a session when it has been held.")})
    if found := faults(row.groups, row.themes, row.quotes):
        raise ValidationError(dict(found))


def check_session(**values: Any) -> Session:
    """The session as it would be added. Raises ValidationError by field."""
    now = timezone.now()
    row = Session(created_at=now, updated_at=now, **values)
    _checked(row)
    return row


def add_session(
    *, title: str, held_on: date, by: Any, is_sample: bool = False, change_set: Any = None, **values: Any
) -> Session:
    """A session that was held (fields of FIELDS); imports keep it in `change_set`. Raises ValidationError by field."""
    row = check_session(title=title, held_on=held_on, is_sample=is_sample, **values)
    with transaction.atomic():
        row.save(force_insert=True)
        if change_set is None:
            record(by=by, verb="needs.session_added", about=[row])
        else:
            add_changes(
                change_set=change_set,
                changes=[Change(kind=SESSION, key=row.pk, action=Change.Action.CREATED)],
            )
        search.index(SESSION, [row.pk])
    return row


def change_session(session: Session, *, by: Any, **values: Any) -> Session:
    """Set the given fields (of FIELDS). Raises ValidationError by field."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A session has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = Session.objects.select_for_update().get(pk=session.pk)
        told = differing(row, values)
        if told:
            _checked(row)
            row.updated_at = timezone.now()
            row.save(update_fields=[*told, "title_folded", "updated_at"])
            record(by=by, verb="needs.session_changed", about=[row], changes=told)
            search.index(SESSION, [row.pk])
    return row


def amend_sessions(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields without a sentence, in the caller's transaction; the changes for an undo.

    `keeps_quotes` names which of "quotes" and "quotes_kept" are left as they are.
    """
    rows = Session.objects.select_for_update().in_bulk([key for key, _values in given])
    found = []
    for key, values in given:
        row = rows[key]
        before = fields_of(row)
        kept = values.get("keeps_quotes", ())
        for name, value in values.items():
            if name == "quotes":
                stay = {True: "quotes" in kept, False: "quotes_kept" in kept}
                value = [one for one in row.quotes if stay[one["may_repeat"]]] + value
            if name != "keeps_quotes":
                setattr(row, name, value)
        if (change := update(row, before)) is not None:
            _checked(row)
            row.updated_at = at
            row.save()
            found.append(change)
    search.index(SESSION, [change.key for change in found])
    return found


def remove_session(session: Session, *, by: Any) -> ChangeSet:
    """Take a session away that no need cites. Raises ValidationError for another."""
    with transaction.atomic():
        row = Session.objects.select_for_update().get(pk=session.pk)
        if citing(Ref.to(row)):
            raise ValidationError(_("A need cites it as evidence. Take the evidence away first."))
        done = take_away(row, by=by, verb="needs.session_removed", details={"name": row.title})
        search.remove(SESSION, [session.pk])
    return done
