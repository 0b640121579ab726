"""Undo a change set: newest change first, batch by batch, leaving what somebody changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.policy import require
from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.selectors import jobs_on
from barnraise.plumbing.jobs.services import start

from ..models import Change, ChangeSet, Mention
from ..policies import may_undo
from ..sockets import undoers
from .keeping import FOLLOWS, note_resets
from .record import record

HANDLER = "journal.undo"
AT_ONCE = 500
"""Change sets with fewer changes are undone while the person waits."""
BATCH = 500

TOUCHED = "touched"
NO_UNDOER = "no_undoer"


class CannotUndo(Exception):
    """The change set cannot be undone (any more). `reason` is a sentence for the person who asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Step:
    """What one batch brought. `before` is where the next one goes on; None when all changes were walked."""

    walked: int
    kept: int
    before: int | None


@transaction.atomic
def undo(*, change_set: ChangeSet, by: Any) -> Job | None:
    """Take back what this change set did; things changed since stay as they are and are marked.

    A small change set is undone at once (None); a large one by the background job that is returned. `by` is an
    account, or None for the command line. Raises Refused without the right and CannotUndo when it is open, undone,
    being undone or too old; then nothing changes.
    """
    if by is not None:
        require(may_undo, by, change_set, reason=_("Your role does not allow undoing this."))
    row = ChangeSet.objects.select_for_update(of=("self",)).get(pk=change_set.pk)
    cursor = _resumed(row)
    _refuse_unless_possible(row, cursor)
    ChangeSet.objects.filter(pk=row.pk).update(state=ChangeSet.State.UNDOING)
    change_set.state = ChangeSet.State.UNDOING
    if row.count < AT_ONCE and cursor is None:
        before: int | None = None
        while True:
            step = undo_batch(change_set=row, by=by, before=before)
            if step.before is None:
                break
            before = step.before
        finish_undo(change_set=row, by=by)
        change_set.refresh_from_db()
        return None
    return start(
        handler=HANDLER,
        title=_("Undo of %(count)s changes") % {"count": row.count},
        arguments={"change_set": row.pk, "before": cursor},
        subject=Ref.to(row),
        by=by,
        total=row.count,
    )


def _resumed(row: ChangeSet) -> int | None:
    """Where a failed or cancelled undo stopped, None when there was none."""
    last = jobs_on(Ref.to(row)).filter(handler=HANDLER).first()
    if last is None or row.state != ChangeSet.State.UNDOING:
        return None
    if not last.is_over:
        raise CannotUndo(_("This is being undone already."))
    return int(last.cursor.get("before") or last.arguments.get("before") or _top(row))


def _top(row: ChangeSet) -> int:
    newest = Change.objects.filter(change_set=row).order_by("-id").values_list("id", flat=True).first()
    return (newest or 0) + 1


def _refuse_unless_possible(row: ChangeSet, cursor: int | None) -> None:
    if row.state == ChangeSet.State.OPEN:
        raise CannotUndo(_("This is still running; wait until it is done, or cancel it first."))
    if row.state == ChangeSet.State.UNDONE:
        raise CannotUndo(_("This has been undone already."))
    if row.state == ChangeSet.State.UNDOING and cursor is None:
        raise CannotUndo(_("This is being undone already."))
    if timezone.now() > row.undo_until:
        raise CannotUndo(_("The time in which this could be undone is over. Nothing was changed."))


@transaction.atomic
def undo_batch(*, change_set: ChangeSet, by: Any, before: int | None, size: int = BATCH) -> Step:
    """Undo the next `size` changes below `before`, newest first; marks those kept with the reason."""
    found = Change.objects.filter(change_set=change_set).order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    batch = list(found[:size])
    kept = _kept_before(change_set, batch)
    for kind, run in groupby(batch, key=lambda change: change.kind):
        changes = list(run)
        keys = {change.key for change in changes} - {key for held, key in kept if held == kind}
        kept.update({(kind, key): TOUCHED for key in _touched(change_set, kind, keys)})
        undoer = undoers.find(kind)
        free = [change for change in changes if (kind, change.key) not in kept]
        if undoer is None:
            kept.update({(kind, change.key): NO_UNDOER for change in free})
        elif free:
            kept.update({(kind, key): code for key, code in undoer(free, by=by).items()})
        # Undoers of what hangs on these things, which come next, see what was kept.
        _mark(changes, kept)
    _mark(batch, kept)
    left = [change for change in batch if (change.kind, change.key) in kept]
    _note_resets([change for change in batch if (change.kind, change.key) not in kept])
    return Step(len(batch), len(left), batch[-1].pk if len(batch) == size else None)


def _mark(changes: Sequence[Change], kept: Mapping[tuple[str, int], str]) -> None:
    """Note with these changes why they were left as they are, where they were."""
    left = []
    for change in changes:
        code = kept.get((change.kind, change.key), change.kept)[:40]
        if change.kept != code:
            change.kept = code
            left.append(change)
    Change.objects.bulk_update(left, ["kept"], batch_size=500)


def _note_resets(undone: Sequence[Change]) -> None:
    """Of updates that were taken back: when that was, by the rows themselves, unless their undoer noted it."""
    noted: list[Change] = []
    dated = [
        one
        for one in undone
        if one.action == Change.Action.UPDATED
        and isinstance(one.before, dict)
        and one.before.get(FOLLOWS)
        and FOLLOWS not in (one.after or {})
    ]
    for kind in {one.kind for one in dated}:
        model: Any = apps.get_model(kind)
        updates = [one for one in dated if one.kind == kind]
        at = model._base_manager.filter(pk__in={change.key for change in updates})
        noted += note_resets(updates, dict(at.values_list("pk", FOLLOWS)))
    Change.objects.bulk_update(noted, ["after"], batch_size=500)


def _kept_before(change_set: ChangeSet, batch: Sequence[Change]) -> dict[tuple[str, int], str]:
    """Things of this batch whose newer changes, in an earlier batch, were kept: the older ones stay too."""
    if not batch:
        return {}
    keys: dict[str, set[int]] = defaultdict(set)
    for change in batch:
        keys[change.kind].add(change.key)
    found: dict[tuple[str, int], str] = {}
    for kind, of_kind in keys.items():
        newer = Change.objects.filter(change_set=change_set, kind=kind, key__in=of_kind, id__gt=batch[0].pk)
        found.update({(kind, key): code for key, code in newer.exclude(kept="").values_list("key", "kept")})
    return found


def _touched(change_set: ChangeSet, kind: str, keys: set[int]) -> set[int]:
    """Those that somebody, or a later change set that still stands, changed since this one began."""
    since = Q(entry_id__gt=change_set.entry_floor) & (
        Q(entry__change_set=None)
        | (~Q(entry__change_set=change_set.pk) & ~Q(entry__change_set__state=ChangeSet.State.UNDONE))
    )
    mentioned = Mention.objects.filter(since, kind=kind, key__in=keys).values_list("key", flat=True)
    later = (
        Change.objects.filter(kind=kind, key__in=keys, change_set_id__gt=change_set.pk)
        .exclude(change_set__state=ChangeSet.State.UNDONE)
        .values_list("key", flat=True)
    )
    return {*mentioned, *later}


@transaction.atomic
def finish_undo(*, change_set: ChangeSet, by: Any) -> ChangeSet:
    """All changes were walked: close the change set and leave the sentence."""
    row = ChangeSet.objects.select_for_update(of=("self",)).get(pk=change_set.pk)
    if row.state == ChangeSet.State.UNDONE:
        return row
    row.state, row.undone_at = ChangeSet.State.UNDONE, timezone.now()
    row.save(update_fields=["state", "undone_at"])
    changes = Change.objects.filter(change_set=row)
    kept = changes.exclude(kept="").count()
    record(
        by=by,
        verb="journal.undone",
        about=[row],
        details={"count": changes.count() - kept, "kept": kept},
        change_set=row,
    )
    return row


def purge_changes(*, now: datetime, batch: int = 20_000) -> int:
    """Remove the changes of change sets whose time to undo is over, `batch` in one transaction; how many went."""
    over = Change.objects.filter(change_set__undo_until__lt=now).exclude(
        change_set__state=ChangeSet.State.UNDOING
    )
    gone = 0
    while ids := list(over.order_by("id").values_list("id", flat=True)[:batch]):
        with transaction.atomic():
            gone += (
                Change.objects.filter(id__gte=ids[0], id__lte=ids[-1], change_set__undo_until__lt=now)
                .exclude(change_set__state=ChangeSet.State.UNDOING)
                .delete()[0]
            )
    return gone
