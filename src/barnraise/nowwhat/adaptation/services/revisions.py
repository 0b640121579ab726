"""Plan revisions: note, change, note budget moves, approve with them, drop, take away."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.policy import require
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse
from barnraise.what.projects import services as projects
from barnraise.what.projects.models import BudgetLine

from .. import policies
from ..faults import move_faults, reason_faults, revision_faults
from ..models import Move, Revision
from ..selectors import REVISION, moves_of
from . import writing

FIELDS = ("title", "about", "why", "before", "after", "evidence")


def _settled() -> ValidationError:
    return ValidationError(_("It is settled: what was decided stays as it was decided."))


def add_revision(*, by: Any, **values: Any) -> Revision:
    """A new draft (fields of FIELDS). Raises ValidationError by field; then nothing is written."""
    row = Revision()
    writing.fill(row, values)
    return writing.add(row, by=by, verb="revision", faults=revision_faults)


def change_revision(revision: Revision, *, by: Any, **values: Any) -> Revision:
    """Change a draft. Raises ValidationError by field, also when it is settled."""
    if not revision.is_draft:
        raise _settled()
    return writing.change(
        revision, by=by, verb="revision", faults=revision_faults, fields=FIELDS, values=values
    )


def add_move(
    revision: Revision, *, by: Any, taken_from: BudgetLine, given_to: BudgetLine, amount: int
) -> Move:  # fmt: skip
    """Money that the draft moves between two lines of one project. Raises ValidationError by field."""
    row = Move(
        revision=revision,
        project=taken_from.project,
        taken_from=taken_from,
        given_to=given_to,
        amount=amount,
        created_at=timezone.now(),
    )
    refuse(move_faults(row))
    with transaction.atomic():
        there = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
        if not there.is_draft:
            raise _settled()
        row.save(force_insert=True)
        Revision.objects.filter(pk=there.pk).update(updated_at=timezone.now())
        about = [there, row.project]
        details = {"source": taken_from.name, "target": given_to.name}
        record(by=by, verb="adaptation.move_added", about=about, details=details)
    return row


def change_move(
    move: Move, *, by: Any, taken_from: BudgetLine, given_to: BudgetLine, amount: int
) -> Move:  # fmt: skip
    """Set between which lines of the project a draft moves how much. Raises ValidationError by field, also when it is settled."""
    with transaction.atomic():
        there = Revision.objects.select_for_update(of=("self",)).get(pk=move.revision_id)
        if not there.is_draft:
            raise _settled()
        row = Move.objects.select_related("project", "taken_from", "given_to").get(pk=move.pk)
        before = (row.taken_from_id, row.given_to_id, row.amount)
        row.taken_from, row.given_to, row.amount = taken_from, given_to, amount
        refuse(move_faults(row))
        if before != (taken_from.pk, given_to.pk, amount):
            row.save(update_fields=["taken_from", "given_to", "amount"])
            Revision.objects.filter(pk=there.pk).update(updated_at=timezone.now())
            details = {"source": taken_from.name, "target": given_to.name}
            about = [there, row.project]
            record(by=by, verb="adaptation.move_changed", about=about, details=details)
    return row


def remove_move(move: Move, *, by: Any) -> None:
    """Take a move out of a draft. Raises ValidationError when it is settled."""
    with transaction.atomic():
        there = Revision.objects.select_for_update(of=("self",)).get(pk=move.revision_id)
        if not there.is_draft:
            raise _settled()
        details = {"source": move.taken_from.name, "target": move.given_to.name}
        record(by=by, verb="adaptation.move_removed", about=[there, move.project], details=details)
        move.delete()


def approve(revision: Revision, *, by: Any, note: str = "") -> ChangeSet:
    """Approve a draft and make its budget moves, all or none: the total of each project stays what it was.

    Returns the change set that takes it back for thirty days. Raises ValidationError when it is settled, or when a line holds less
    than is taken from it; then nothing is written.
    """
    require(policies.may_approve, by)
    with transaction.atomic():
        row = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
        if not row.is_draft:
            raise _settled()
        moves = moves_of(row)
        change_set = open_change_set(by=by, verb="adaptation.approved")
        made = make_moves(moves, by=by)
        _settle(row, Revision.State.APPROVED.value, by, note.strip())
        change = Change(
            kind=REVISION, key=row.pk, action=Change.Action.UPDATED, before={"lines": made}, after={}
        )
        add_changes(change_set=change_set, changes=[change])
        record(by=by, verb="adaptation.approved", about=writing.about_of(row), change_set=change_set)
        close_change_set(change_set=change_set)
    return change_set


def make_moves(moves: list[Move], *, by: Any) -> list[list[int]]:
    """Move the money in the caller's transaction: [line, planned before, planned after] of every line that changed.

    Raises ValidationError when a line would hold less than nothing, or a project another total than before.
    """
    keys = sorted({key for one in moves for key in (one.taken_from_id, one.given_to_id)})
    lines = {row.pk: row for row in BudgetLine.objects.select_for_update(of=("self",))
             .select_related("project").filter(pk__in=keys).order_by("pk")}  # fmt: skip
    planned = {key: row.planned for key, row in lines.items()}
    for one in moves:
        planned[one.taken_from_id] -= one.amount
        planned[one.given_to_id] += one.amount
    for key, value in planned.items():
        if value < 0:
            raise ValidationError(
                _(
                    "The line “%(line)s” holds less than is taken from it. Take less, or change the line first."
                )
                % {"line": lines[key].name}
            )
    if sum(planned.values()) != sum(row.planned for row in lines.values()):
        raise ValidationError(_("The total would change. Nothing has been moved."))
    made = []
    for key, row in lines.items():
        if planned[key] != row.planned:
            made.append([key, row.planned, planned[key]])
            projects.change_part("budget", row, by=by, planned=planned[key])
    return made


def drop(revision: Revision, *, by: Any, note: str) -> Revision:
    """The plan stays as it is, for a reason. Raises ValidationError by field, also when it is settled."""
    require(policies.may_approve, by)
    note = note.strip()
    refuse(reason_faults(note))
    with transaction.atomic():
        row = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
        if not row.is_draft:
            raise _settled()
        _settle(row, Revision.State.DROPPED.value, by, note)
        record(by=by, verb="adaptation.dropped", about=writing.about_of(row), details={"reason": note})
    return row


def _settle(row: Revision, state: str, by: Any, note: str) -> None:
    now = timezone.now()
    row.state, row.settled_on, row.settled_note = state, timezone.localdate(now), note[:300]
    row.settled_by_id, row.updated_at = getattr(by, "pk", None), now
    row.save(update_fields=["state", "settled_on", "settled_note", "settled_by", "updated_at"])
    search.index(REVISION, [row.pk])


def unsettle(row: Revision) -> None:
    """A draft again, without a sentence, in the caller's transaction."""
    row.state, row.settled_on, row.settled_note, row.settled_by_id = (
        Revision.State.DRAFT.value,
        None,
        "",
        None,
    )
    row.updated_at = timezone.now()
    row.save(update_fields=["state", "settled_on", "settled_note", "settled_by", "updated_at"])
    search.index(REVISION, [row.pk])


def remove_revision(revision: Revision, *, by: Any) -> ChangeSet:
    """Take away a draft that was noted by mistake. Raises ValidationError for one that was approved: it stays in the history."""
    if revision.state == Revision.State.APPROVED:
        raise _settled()
    return writing.remove(revision, moves_of(revision), by=by, verb="revision")
