"""When people are merged or erased: their stories follow, or forget them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, forget_things, record
from barnraise.sowhat.reports import services as reports

from ..faults import WORDED
from ..models import Story, StoryPerson
from ..selectors import KIND, UNKNOWN
from ..telling import without
from .change import touch
from .publish import end_row

MERGED = "stories.merged"
"""The kind under which a merge keeps what it did."""


@transaction.atomic
def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """Stories that name `absorb` name `keep`; where both are in one, the kept one stays."""
    theirs = StoryPerson.objects.filter(person_id=absorb.id)
    doubled = theirs.filter(story__in=StoryPerson.objects.filter(person_id=keep.id).values("story"))
    gone = list(doubled.values("story_id", "purpose_id", "named_as", "uuid", "created_at"))
    doubled.delete()
    moved = list(theirs.values_list("pk", flat=True))
    theirs.update(person_id=keep.id)
    if moved or gone:
        stored = {"from": absorb.id, "moved": moved, "gone": [_stored(one) for one in gone]}
        change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
        add_changes(change_set=change_set, changes=[change])


def _stored(one: Mapping[str, Any]) -> dict[str, Any]:
    return {**one, "uuid": str(one["uuid"]), "created_at": one["created_at"].isoformat()}


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        stored = change.before or {}
        StoryPerson.objects.filter(pk__in=stored["moved"]).update(person_id=stored["from"])
        stories = set(
            Story.objects.filter(pk__in=[one["story_id"] for one in stored["gone"]]).values_list(
                "pk", flat=True
            )
        )
        StoryPerson.objects.bulk_create(
            [
                StoryPerson(person_id=stored["from"], **one)
                for one in stored["gone"]
                if one["story_id"] in stories
            ]
        )
    return {}


@transaction.atomic
def let_go(ref: Ref, *, by: Any) -> None:
    """The person goes out of every story: the story ends, its pictures go, and what they were called is put out of sight in its
    words. Drafts stay to be written anew."""
    found = list(StoryPerson.objects.filter(person_id=ref.id).select_related("story", "person"))
    if found:
        reports.forget_told([*(Ref.to(named.story) for named in found), UNKNOWN])
    for named in found:
        row = named.story
        names = [named.named_as, str(named.person), named.person.given_name, named.person.family_name]
        forget_things([Ref.to(row)])
        files.forget(kind=KIND, keys=[row.pk])
        _blacken(row, names)
        named.delete()
        if row.state == Story.State.PUBLISHED:
            end_row(row, Story.Why.ERASED)
        elif row.state == Story.State.ENDED:
            row.ended_note = without(row.ended_note, names)
            touch(row, ["ended_note"])
        record(by=by, verb="stories.forgot", about=[row])


def _blacken(row: Story, names: list[str]) -> None:
    for field in WORDED:
        setattr(row, field, without(getattr(row, field), names))
    row.title_folded = fold(row.title)[:160]
    row.texts = {
        code: {field: without(words.get(field, ""), names) for field in WORDED}
        for code, words in row.texts.items()
    }
    touch(row, [*WORDED, "title_folded", "texts"])
