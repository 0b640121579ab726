"""When people or organisations are merged or erased: concerns follow, or go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, forget_things
from barnraise.who.people.models import PersonContact

from ..models import Issue
from .remove import take_away

MERGED = "issues.merged"
"""The kind under which a merge keeps what it did."""
SIDES = {"organisation": ("organisation_id", "about_id"), "person": ("person_id",)}


@transaction.atomic
def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """Concerns by and about `absorb` are by and about `keep`; what the two raised against each other is about nobody any more."""
    stored: dict[str, Any] = {"model": keep.model, "from": absorb.id, "met": []}
    if keep.model == "organisation":
        pair = Q(organisation_id=keep.id, about_id=absorb.id) | Q(organisation_id=absorb.id, about_id=keep.id)
        met = Issue.objects.filter(pair)
        stored["met"] = [[row.pk, row.about_id] for row in met]
        met.update(about=None, updated_at=timezone.now())
    for column in SIDES[keep.model]:
        rows = Issue.objects.filter(**{column: absorb.id})
        stored[column] = list(rows.values_list("pk", flat=True))
        rows.update(**{column: keep.id}, updated_at=timezone.now())
    if stored["met"] or any(stored[name] for name in SIDES[keep.model]):
        change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
        add_changes(change_set=change_set, changes=[change])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        stored = change.before or {}
        for column in SIDES[stored["model"]]:
            rows = Issue.objects.filter(pk__in=stored[column])
            rows.update(**{column: stored["from"]}, updated_at=timezone.now())
        for key, about in stored["met"]:
            Issue.objects.filter(pk=key).update(about_id=about)
    return {}


@transaction.atomic
def let_go(ref: Ref, *, by: Any) -> None:
    """Forget concerns by and about this thing, those raised from an erased person's mailbox, and what the journal told of them."""
    found = Q()
    for column in SIDES[ref.model]:
        found |= Q(**{column: ref.id})
    if ref.model == "person":
        boxes = PersonContact.objects.filter(person_id=ref.id, kind=PersonContact.Kind.EMAIL)
        found |= Q(person__isnull=True, asker_email__in=list(boxes.values_list("value_folded", flat=True)))
    keys = list(Issue.objects.filter(found).values_list("pk", flat=True))
    if keys:
        forget_things([Ref("issues", "issue", key) for key in keys])
        take_away(keys)
