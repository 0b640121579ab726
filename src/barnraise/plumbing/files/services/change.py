"""Rename, describe, open up, remove, and follow things that merge or are erased."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes

from ..models import File
from .checks import FileRefused
from .keep import clean_name
from .telling import tell

KIND = "files.file"


@transaction.atomic
def change(*, file: File, name: str, alt_text: str, visibility: str, by: Any) -> File:
    """Give a file another name, description or circle of readers; its content stays.

    Raises FileRefused when a picture would lose its description.
    """
    after = {"name": clean_name(name), "alt_text": squeeze(alt_text)[:300], "visibility": visibility}
    if visibility not in File.Visibility.values:
        raise FileRefused(_("Choose who may open it."), field="visibility")
    if file.is_image and not after["alt_text"]:
        raise FileRefused(_("Say what the picture shows, for people who cannot see it."), field="alt_text")
    changes = {
        field: (getattr(file, field), value)
        for field, value in after.items()
        if getattr(file, field) != value
    }
    if changes:
        for field, value in after.items():
            setattr(file, field, value)
        file.save(update_fields=[*after, "updated_at"])
        tell(by=by, done="changed", file=file, changes=changes)
    return file


@transaction.atomic
def remove(*, file: File, by: Any) -> None:
    """Remove a file; its content goes when the transaction has committed.

    Raises FileRefused when something else, like the record of an import, still needs it.
    """
    tell(by=by, done="removed", file=file)
    _unlink_on_commit([file.path])
    try:
        file.delete()
    except ProtectedError:
        raise FileRefused(_("An import or another record still needs this file.")) from None


@transaction.atomic
def forget(*, kind: str, keys: Collection[int]) -> int:
    """Remove all files about things that are being removed or erased, without a journal entry: theirs tells it."""
    rows = File.objects.filter(kind=kind, key__in=list(keys))
    _unlink_on_commit([row.path for row in rows])
    return rows.delete()[0]


@transaction.atomic
def reword(*, kind: str, keys: Collection[int], words: Callable[[str], str]) -> list[int]:
    """Let `words` take out of names and descriptions of files about these things what may not stand there any more.

    Without a journal entry: whoever asks for it tells it. Returns the keys of those that were changed.
    """
    changed = []
    for row in File.objects.filter(kind=kind, key__in=list(keys)):
        name, alt_text = words(row.name)[:200], words(row.alt_text)[:300]
        if (name, alt_text) != (row.name, row.alt_text):
            row.name, row.alt_text = name, alt_text
            row.save(update_fields=["name", "alt_text", "updated_at"])
            changed.append(row.pk)
    return changed


@transaction.atomic
def drop(*, keys: Collection[int]) -> int:
    """Remove these files, without a journal entry: whoever asks for it tells it. Returns how many went."""
    rows = File.objects.filter(pk__in=list(keys))
    _unlink_on_commit([row.path for row in rows])
    return rows.delete()[0]


@transaction.atomic
def move(*, keep: Ref, absorb: Ref, change_set: ChangeSet | None = None) -> int:
    """Let the files about `absorb` be about `keep` when two things merge; the merge's own entry tells it.

    With a change set its undo gives them back.
    """
    rows = File.objects.filter(kind=absorb.kind, key=absorb.id)
    if change_set is not None and (ids := list(rows.values_list("pk", flat=True))):
        stored = {"kind": absorb.kind, "key": absorb.id}
        changes = [Change(kind=KIND, key=pk, action=Change.Action.UPDATED, before=dict(stored)) for pk in ids]
        add_changes(change_set=change_set, changes=changes)
    return rows.update(kind=keep.kind, key=keep.id)


def restore_subjects(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `move`."""
    for change in changes:
        File.objects.filter(pk=change.key).update(**(change.before or {}))
    return {}


@transaction.atomic
def open_to(*, kind: str, keys: Collection[int], is_team: bool) -> int:
    """Let the files about these things be read by the team, or only by their owners and those who lead; the change's own entry tells it."""
    visibility = File.Visibility.TEAM if is_team else File.Visibility.PRIVATE
    rows = File.objects.filter(kind=kind, key__in=list(keys))
    return rows.update(visibility=visibility, updated_at=timezone.now())


@transaction.atomic
def erase_owner(*, account: Any) -> int:
    """Remove the private files of an account that is erased; those for the team stay, without their owner."""
    mine = File.objects.filter(owner=account)
    private = mine.filter(visibility=File.Visibility.PRIVATE)
    _unlink_on_commit([row.path for row in private])
    gone = private.delete()[0]
    mine.update(owner=None)
    return gone


def _unlink_on_commit(paths: Iterable[Path]) -> None:
    for path in paths:
        transaction.on_commit(partial(path.unlink, missing_ok=True))
