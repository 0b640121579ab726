"""Add, change and remove listening sessions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import record, take_away
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


def add_session(*, title: str, held_on: date, by: Any, is_sample: bool = False, **values: Any) -> Session:
    """A session that was held (fields of FIELDS). Raises ValidationError by field."""
    now = timezone.now()
    row = Session(title=title, held_on=held_on, is_sample=is_sample, created_at=now, updated_at=now, **values)
    _checked(row)
    with transaction.atomic():
        row.save(force_insert=True)
        record(by=by, verb="needs.session_added", about=[row])
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


def remove_session(session: Session, *, by: Any) -> ChangeSet:
    """Take a session away that no need cites. Raises ValidationError for another."""
    with transaction.atomic():
        row = Session.objects.select_for_update().get(pk=session.pk)
        if citing(Ref.to(row)):
            raise ValidationError(_("A need cites it as evidence. Take the evidence away first."))
        done = take_away(row, by=by, verb="needs.session_removed", details={"name": row.title})
        search.remove(SESSION, [session.pk])
    return done
