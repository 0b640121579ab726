"""Remove organisations, unless something hangs on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.belongings import hindering, part_with
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.tags import services as tags

from ..models import FactSource, Organisation
from ..selectors import KIND, snapshot
from .finding import found_anew, hanging_on
from .parts import PARTS


def remove_organisation(organisation: Organisation, *, by: Any) -> ChangeSet:
    """Remove it with its names, identifiers, addresses and contacts; the change set that is returned can be undone for 30 days.

    Raises ValidationError with the reason when it has branches, is our own, or rows of other rooms need it; then
    nothing has changed.
    """
    with transaction.atomic():
        if reason := refused_because(organisation):
            raise ValidationError(reason)
        key = organisation.pk
        change_set = open_change_set(by=by, verb="organisations.removed")
        before = snapshot([key])[key]
        part_with([Ref.to(organisation)], change_set=change_set)
        change = Change(kind=KIND, key=key, action=Change.Action.REMOVED, before=before)
        add_changes(change_set=change_set, changes=[change])
        record(
            by=by,
            verb="organisations.removed",
            about=[organisation],
            details={"name": organisation.name},
            change_set=change_set,
        )
        if delete_rows([key]):
            raise ValidationError(_("Other records need this organisation; close it instead of removing it."))
        close_change_set(change_set=change_set)
    return change_set


def refused_because(organisation: Organisation) -> str:
    """Why it cannot be removed, in a sentence; empty when it can."""
    if organisation.is_own:
        return _("This is our own organisation. Name another one as our own first.")
    branches = organisation.branches.count()
    if branches:
        return ngettext(
            "It has %(count)d branch. Move the branch to another organisation, or remove it first.",
            "It has %(count)d branches. Move them to another organisation, or remove them first.",
            branches,
        ) % {"count": branches}
    if hanging := hindering(Ref.to(organisation)):
        return _(
            "%(what)s would lose whom they are about, so the organisation stays. Mark it as closed instead: it keeps its history."
        ) % {"what": ", ".join(hanging)}
    return ""


def remove_many(keys: Collection[int], *, by: Any, change_set: ChangeSet) -> dict[int, str]:
    """Remove these, keeping their snapshots in the change set. Returns by key why one was kept ("in_use", "own").

    Whoever closes the change set leaves the journal entry.
    """
    kept: dict[int, str] = {}
    ordered = sorted(set(keys))
    with transaction.atomic():
        own = Organisation.objects.filter(pk__in=ordered, is_own=True).values_list("pk", flat=True)
        kept.update(dict.fromkeys(own, "own"))
        for start in range(0, len(ordered), 1000):
            batch = [key for key in ordered[start : start + 1000] if key not in kept]
            while refused := _remove(batch, change_set):
                kept.update(refused)
                batch = [key for key in batch if key not in refused]
    return kept


def _remove(keys: Sequence[int], change_set: ChangeSet) -> dict[int, str]:
    """All of them, with what hangs on them kept in the change set, or none: then by key why one has to stay."""
    with transaction.atomic():
        stored = snapshot(keys)
        part_with([Ref.parse(f"{KIND}:{key}") for key in stored], change_set=change_set)
        refused = delete_rows(keys)
        if refused:
            transaction.set_rollback(True)
            return refused
        removed = Change.Action.REMOVED
        changes = [
            Change(kind=KIND, key=key, action=removed, before=before) for key, before in stored.items()
        ]
        add_changes(change_set=change_set, changes=changes)
    return {}


def delete_rows(keys: Sequence[int]) -> dict[int, str]:
    """Delete organisations with all their parts, tags and search rows. Returns by key why one stayed: "in_use" or "gone".

    One that has branches stays unless all of them are among the keys too.
    """
    wanted = set(keys)
    kept: dict[int, str] = {}
    there = set(Organisation.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    kept.update(dict.fromkeys(wanted - there, "gone"))
    going = there
    while True:
        outside = Organisation.objects.filter(parent_id__in=going).exclude(pk__in=going)
        holding = set(outside.values_list("parent_id", flat=True))
        if not holding:
            break
        going = going - holding
        kept.update({key: "in_use" for key in holding if key is not None})
    hung = hanging_on(going)
    _delete(going, kept)
    gone = going - set(kept)
    tags.forget(kind=KIND, keys=gone)
    search.remove(KIND, gone)
    found_anew(hung)
    return kept


def _delete(going: Collection[int], kept: dict[int, str]) -> None:
    """All at once; when rows of another room protect one, one by one, so that the others still go."""
    if not going:
        return
    try:
        with transaction.atomic():
            _delete_now(going)
        return
    except ProtectedError:
        pass
    for key in sorted(going, reverse=True):
        try:
            with transaction.atomic():
                _delete_now([key])
        except ProtectedError:
            kept[key] = "in_use"


def _delete_now(keys: Collection[int]) -> None:
    for model in (*(model for model, _columns in PARTS.values()), FactSource):
        model.objects.filter(organisation_id__in=keys).delete()
    Organisation.objects.filter(pk__in=keys).update(parent=None)
    Organisation.objects.filter(pk__in=keys).delete()
