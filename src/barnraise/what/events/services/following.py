"""When people or organisations are merged or erased: registrations and credit follow, or lose their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, forget_things
from barnraise.who.people.models import Person, PersonContact

from ..models import CoHost, Registration
from .counting import came_changed, events_of

MERGED = "events.registration_merged"
HOSTS = "events.host_merged"
GAP = "…"
"""What stands where a name stood."""


@transaction.atomic
def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """Registrations of `absorb` are those of `keep`. Where both were registered, the one who came counts, and the other is let go of."""
    rows = Registration.objects.filter(person_id=absorb.id)
    live = Registration.objects.exclude(state=Registration.State.CANCELLED)
    theirs = dict(live.filter(person_id=keep.id).values_list("event_id", "pk"))
    moved, parted, swapped = [], [], []
    for row in rows.order_by("pk"):
        other = theirs.get(row.event_id) if row.state != Registration.State.CANCELLED else None
        if other is None:
            moved.append(row.pk)
        elif row.came_at is not None and not live.filter(pk=other, came_at__isnull=False).exists():
            swapped.append([other, row.pk])
        else:
            parted.append(row.pk)
    if not (moved or parted or swapped):
        return
    now = timezone.now()
    Registration.objects.filter(pk__in=[*parted, *(other for other, _key in swapped)]).update(
        person=None, updated_at=now
    )
    Registration.objects.filter(pk__in=[*moved, *(key for _other, key in swapped)]).update(
        person_id=keep.id, updated_at=now
    )
    came_changed(events_of([*moved, *parted, *(key for pair in swapped for key in pair)]))
    stored = {"from": absorb.id, "moved": moved, "parted": parted, "swapped": swapped}
    change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
    add_changes(change_set=change_set, changes=[change])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on` and `hand_on_hosts`."""
    for change in changes:
        stored = change.before or {}
        if change.kind == HOSTS:
            CoHost.objects.filter(pk__in=stored["moved"]).update(organisation_id=stored["from"])
            for key, share, event, lost in stored["joined"]:
                CoHost.objects.filter(pk=key).update(share=share)
                CoHost.objects.create(event_id=event, organisation_id=stored["from"], share=lost)
            continue
        mine = [*stored["moved"], *stored["parted"], *(key for _other, key in stored["swapped"])]
        Registration.objects.filter(pk__in=mine).update(person_id=stored["from"])
        others = [other for other, _key in stored["swapped"]]
        Registration.objects.filter(pk__in=others).update(person_id=change.key)
        came_changed(events_of([*mine, *others]))
    return {}


@transaction.atomic
def hand_on_hosts(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """What `absorb` hosted `keep` hosted; where both did, their shares are one."""
    there = {row.event_id: row for row in CoHost.objects.filter(organisation_id=keep.id)}
    moved, joined = [], []
    for row in CoHost.objects.filter(organisation_id=absorb.id):
        other = there.get(row.event_id)
        if other is None:
            moved.append(row.pk)
            continue
        joined.append([other.pk, other.share, row.event_id, row.share])
        CoHost.objects.filter(pk=other.pk).update(share=other.share + row.share)
        row.delete()
    CoHost.objects.filter(pk__in=moved).update(organisation_id=keep.id)
    if moved or joined:
        stored = {"from": absorb.id, "moved": moved, "joined": joined}
        change = Change(kind=HOSTS, key=keep.id, action=Change.Action.UPDATED, before=stored)
        add_changes(change_set=change_set, changes=[change])


@transaction.atomic
def let_go(ref: Ref, *, by: Any) -> None:
    """Take out of registrations who it was. That somebody came, and for how long, stays counted."""
    contacts = PersonContact.objects.filter(person_id=ref.id, kind="email")
    addresses = list(contacts.values_list("value_folded", flat=True))
    folded = Person.objects.filter(pk=ref.id).values_list("name_folded", flat=True)
    unknown = Q(person__isnull=True, email__in=addresses, name_folded__in=list(folded))
    rows = Registration.objects.filter(Q(person_id=ref.id) | unknown)
    keys = list(rows.values_list("pk", flat=True))
    Registration.objects.filter(pk__in=keys).update(
        person=None, name=GAP, name_folded=GAP, email="", note="", language="", updated_at=timezone.now()
    )
    came_changed(events_of(keys))
    forget_things([Ref("events", "registration", key) for key in keys])


def let_go_of_host(ref: Ref, *, by: Any) -> None:
    """An organisation goes: so does its credit."""
    CoHost.objects.filter(organisation_id=ref.id).delete()
