"""Merge two persons: one record says what both said; everything that hung on the other hangs on it. Undoable for 30 days."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.belongings import belonging_to
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.who.organisations.services import person_source

from .. import documents as shapes
from ..merging import SINGLE, emptied, merged
from ..models import FormerAddress, Person
from ..selectors import KIND, documents, snapshot
from .remove import delete_rows
from .writing import Told, write

VERB = "people.merged"


def merge_people(*, keep: Person, absorb: Person, by: Any, take: Collection[str] = ()) -> ChangeSet:
    """`absorb` goes, and all there is about them is there about `keep`; the change set that is returned can be undone.

    `take` names the fields whose value is the absorbed record's (see `merging.choices`). Raises ValidationError when both
    are the same person or one has gone, TypeError for a field there is not; then nothing has changed.
    """
    if keep.pk == absorb.pk:
        raise ValidationError(_("Choose two different people."))
    if unknown := set(take) - set(SINGLE):
        raise TypeError(f"{', '.join(sorted(unknown))} cannot be taken over.")
    with transaction.atomic():
        list(Person.objects.filter(pk__in=[keep.pk, absorb.pk]).order_by("pk").select_for_update())
        said = documents([keep.pk, absorb.pk])
        if len(said) < 2:
            raise ValidationError(_("One of the two has been removed."))
        change_set = open_change_set(by=by, verb=VERB)
        kept, gone = Ref.to(keep), Ref.to(absorb)
        for _name, plug in belonging_to(KIND):
            plug.merge(kept, gone, by=by, change_set=change_set)
        _write(keep, absorb, said, take, by, change_set)
        FormerAddress.objects.update_or_create(uuid=absorb.uuid, defaults={"kept": keep.uuid})
        record(by=by, verb=VERB, about=[keep], details={"name": absorb.display_name}, change_set=change_set)
        close_change_set(change_set=change_set)
        keep.refresh_from_db()
    return change_set


def _write(
    keep: Person,
    absorb: Person,
    said: dict[int, shapes.PersonDocument],
    take: Collection[str],
    by: Any,
    change_set: ChangeSet,
) -> None:
    before = snapshot([absorb.pk])[absorb.pk]
    wanted = merged(said[keep.pk], said[absorb.pk], take)
    told = Told(by=by, source=person_source(by), at=timezone.now())
    stamp = {"updated_at": keep.updated_at.isoformat(), "source_at": keep.source_at.isoformat()}
    changes = write([emptied(said[absorb.pk]), wanted], told).changes.get(keep.pk, {})
    if delete_rows([absorb.pk]):
        raise ValidationError(_("Other records still need the person who would be absorbed."))
    add_changes(
        change_set=change_set,
        changes=[
            Change(
                kind=KIND,
                key=keep.pk,
                action=Change.Action.UPDATED,
                before={"document": {name: pair[0] for name, pair in changes.items()}, **stamp},
                after={"document": {name: pair[1] for name, pair in changes.items()}},
            ),
            Change(kind=KIND, key=absorb.pk, action=Change.Action.REMOVED, before=before),
        ],
    )
