"""Change a meeting that is not over: when and where, its agenda, its minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import Item, item_faults, meeting_faults
from ..models import AgendaItem, Meeting
from ..selectors import KIND, items_of
from .plan import told, write_items

FIELDS = ("title", "starts_at", "ends_at", "place", "owner", "cites", "is_shared", "series")


def change_meeting(meeting: Meeting, *, by: Any, **values: Any) -> Meeting:
    """Set the given fields (of FIELDS). Raises ValidationError by field, also for one that is held or cancelled."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A meeting has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = open_row(meeting)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, squeeze(value) if name in {"title", "place"} else value)
        refuse(meeting_faults(row))
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if differ:
            row.title_folded, row.updated_at = fold(row.title)[:200], timezone.now()
            row.save(update_fields=[*differ, "title_folded", "updated_at"])
            changes = {name: (_told(before[name]), _told(getattr(row, name))) for name in differ}
            verb = "meetings.moved" if "starts_at" in differ else "meetings.changed"
            record(by=by, verb=verb, about=told(row), changes=changes)
            search.index(KIND, [row.pk])
    return row


def set_agenda(meeting: Meeting, *, by: Any, agenda: Sequence[Item]) -> Meeting:
    """The agenda anew; what was said and decided stays with a point of the same title, unless the new one says something itself."""
    with transaction.atomic():
        row = open_row(meeting)
        kept = {fold(one.title): one for one in items_of(row)}
        items = [_with_notes(one, kept.get(fold(one.title))) for one in agenda]
        refuse(item_faults(items))
        write_items(row, items)
        _touched(row)
        record(by=by, verb="meetings.agenda_set", about=told(row))
        search.index(KIND, [row.pk])
    return row


def _with_notes(one: Item, before: AgendaItem | None) -> Item:
    if before is None:
        return one
    return Item(one.title, one.minutes, one.note or before.note, one.decided or before.decided)


def write_minutes(
    meeting: Meeting, *, by: Any, said: Mapping[int, tuple[str, str]], notes: str | None = None
) -> Meeting:
    """`said` gives, by key of the point, what was said and what was decided. Raises ValidationError at "agenda" or "notes"."""
    with transaction.atomic():
        row = open_row(meeting)
        items = items_of(row)
        if set(said) - {one.pk for one in items}:
            raise ValidationError({"agenda": _("The agenda has changed meanwhile. Open the page again.")})
        for one in items:
            note, decided = said.get(one.pk, (one.note, one.decided))
            one.note, one.decided = note.strip(), decided.strip()
        row.notes = row.notes if notes is None else notes.strip()
        given = [Item(one.title, one.minutes, one.note, one.decided) for one in items]
        refuse([*item_faults(given), *meeting_faults(row)])
        AgendaItem.objects.bulk_update(items, ["note", "decided"])
        row.updated_at = timezone.now()
        row.save(update_fields=["notes", "updated_at"])
        record(by=by, verb="meetings.minutes_written", about=told(row))
        search.index(KIND, [row.pk])
    return row


def open_row(meeting: Meeting) -> Meeting:
    """The row as it is now, for whoever writes to it next. Raises ValidationError when it is held or cancelled."""
    row = Meeting.objects.select_related("series").select_for_update(of=("self",)).get(pk=meeting.pk)
    if row.cancelled_at is not None:
        raise ValidationError(_("It is cancelled. Open it again first."))
    if row.held_at is not None:
        raise ValidationError(_("Its minutes are closed. Open it again first."))
    return row


def _touched(row: Meeting) -> None:
    row.updated_at = timezone.now()
    row.save(update_fields=["updated_at"])


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int) else str(value)
