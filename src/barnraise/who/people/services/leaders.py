"""Community leaders: whom a person speaks for, and what somebody of the team thinks their reach and influence are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import record
from barnraise.who.communities import selectors as communities
from barnraise.who.organisations import selectors as organisations

from ..documents import Rating, Standing
from ..faults import rating_faults
from ..models import LeaderNote, Leadership, Person
from .register import apply, locked

_FIELDS = (
    "kind",
    "constituency",
    "community",
    "organisation",
    "term_started_on",
    "term_ends_on",
    "ended_reason",
)
Change = Callable[[Standing], Standing | None]


def add_leadership(person: Person, *, kind: str, by: Any, **values: Any) -> Leadership:
    """The person leads: kind, constituency, community and organisation (rows), term_started_on, term_ends_on.

    Raises ValidationError on `leaderships`.
    """
    one = Standing(kind=kind, uuid=str(uuid4()), **_keys(values))
    with transaction.atomic():
        there = locked(person)
        apply(person, {"leaderships": (*there.leaderships, one)}, by=by)
        row = Leadership.objects.select_related("person").get(uuid=one.uuid)
        record(by=by, verb="people.leader_added", about=[person], details={"for": str(row)})
    return row


def change_leadership(leadership: Leadership, *, by: Any, **values: Any) -> bool:
    """Set fields of it. True when something changed. Raises ValidationError on `leaderships`, Leadership.DoesNotExist."""
    if unknown := set(values) - set(_FIELDS):
        raise TypeError(f"A leadership has no field {', '.join(sorted(unknown))}.")
    wanted = _keys(values)
    return _write(leadership, lambda one: replace(one, **wanted), "people.leader_changed", by)


def end_leadership(leadership: Leadership, *, by: Any, on: date | None = None, reason: str = "") -> bool:
    """The term is over as of this day (today when none is given). It stays as history."""
    ended_on = on or timezone.localdate()
    return _write(
        leadership,
        lambda one: replace(one, term_ends_on=ended_on, ended_reason=reason),
        "people.leader_ended",
        by,
    )


def remove_leadership(leadership: Leadership, *, by: Any) -> None:
    """Take away a leadership that was noted by mistake, with the notes about it."""
    _write(leadership, lambda one: None, "people.leader_removed", by)


def note_leader(
    leadership: Leadership,
    *,
    aspect: str,
    by: Any,
    level: int | None = None,
    note: str = "",
    on: date | None = None,
) -> LeaderNote:
    """What `by` thinks of the leader's reach or influence, 1 to 5 and in words. Raises ValidationError by field."""
    rating = Rating(
        aspect, level, note.strip(), on or timezone.localdate(), getattr(by, "pk", None), str(uuid4())
    )
    if found := list(rating_faults(rating)):
        raise ValidationError({field: [str(reason)] for field, reason in found})
    _write(leadership, lambda one: replace(one, notes=(*one.notes, rating)), "people.leader_noted", by)
    return LeaderNote.objects.select_related("by", "leadership").get(uuid=rating.uuid)


def change_note(row: LeaderNote, /, *, by: Any, **values: Any) -> bool:
    """Set aspect, level, note or noted_on of it. True when something changed. Raises ValidationError by field."""
    if unknown := set(values) - {"aspect", "level", "note", "noted_on"}:
        raise TypeError(f"A note about a leader has no field {', '.join(sorted(unknown))}.")

    def change(one: Standing) -> Standing:
        notes = tuple(replace(r, **values) if r.uuid == str(row.uuid) else r for r in one.notes)
        found = {field: [str(reason)] for r in notes for field, reason in rating_faults(r)}
        if found:
            raise ValidationError(found)
        return replace(one, notes=notes)

    changed = _write(row.leadership, change, "people.leader_noted", by)
    row.refresh_from_db()
    return changed


def remove_note(note: LeaderNote, *, by: Any) -> None:
    """Take the note away."""
    _write(
        note.leadership,
        lambda one: replace(one, notes=tuple(r for r in one.notes if r.uuid != str(note.uuid))),
        "people.leader_note_removed",
        by,
    )


def _keys(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.pk if name in {"community", "organisation"} and value is not None else value
        for name, value in values.items()
    }


def _write(leadership: Leadership, change: Change, verb: str, by: Any) -> bool:
    person = leadership.person
    with transaction.atomic():
        there = locked(person)
        found = [change(one) if one.uuid == str(leadership.uuid) else one for one in there.leaderships]
        if all(one.uuid != str(leadership.uuid) for one in there.leaderships):
            raise Leadership.DoesNotExist("The leadership has been removed.")
        wanted = tuple(one for one in found if one is not None)
        changes = apply(person, {"leaderships": wanted}, by=by)
        if changes:
            told = _told(there.leaderships, wanted, str(leadership.uuid))
            record(by=by, verb=verb, about=[person], details={"for": str(leadership)}, changes=told)
        if Leadership.objects.filter(pk=leadership.pk).exists():
            leadership.refresh_from_db()
    return bool(changes)


def _told(before: Sequence[Standing], after: Sequence[Standing], uuid: str) -> dict[str, tuple[Any, Any]]:
    """What of this leadership differs, as the journal tells it; of the notes about a leader nothing is repeated there."""
    was = next((one for one in before if one.uuid == uuid), None)
    now = next((one for one in after if one.uuid == uuid), None)
    if was is None or now is None:
        return {}
    pairs = {name: (getattr(was, name), getattr(now, name)) for name in _FIELDS}
    return {
        "leading_kind" if name == "kind" else name: (_plain(name, had), _plain(name, has))
        for name, (had, has) in pairs.items()
        if had != has
    }


def _plain(name: str, value: Any) -> Any:
    if name in _TITLES and value is not None:
        return _TITLES[name]([value]).get(value, "")
    return value.isoformat() if isinstance(value, date) else value


_TITLES: dict[str, Any] = {"community": communities.titles, "organisation": organisations.titles}
