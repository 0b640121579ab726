"""Cancel an import, take back what it wrote, undo a finished one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused, require
from barnraise.plumbing.jobs import services as jobs
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import CannotUndo, close_change_set, record
from barnraise.plumbing.journal.services import undo as undo_change_set

from .. import sessions
from ..models import Import, Listing
from ..policies import may_import, may_undo
from ..selectors import job_of
from ..sockets import nouns
from .start import CHECK, RUN, start_next


@transaction.atomic
def cancel(*, batch: Import, by: Any) -> Import:
    """Stop a dry run, or stop a run and take back what it wrote. Of an import that is over nothing changes."""
    if by is not None:
        require(may_import, by, batch, reason=_("Your role does not allow taking files in."))
    # A step locks its job first and the import after it: in the other order each would wait for the other.
    if job := job_of(Import.objects.get(pk=batch.pk)):
        jobs.hold(job=job)
    row = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if row.state == Import.State.QUEUED:
        row.state = Import.State.MAPPED
        row.save(update_fields=["state", "updated_at"])
    elif row.state in {Import.State.CHECKING, Import.State.RUNNING}:
        job = job_of(row)
        if job is None or job.is_over:
            _stopped(row, by)
        else:
            jobs.cancel(job=job, by=by)
    batch.refresh_from_db()
    return batch


def witness(job: Job, verb: str, by: Any) -> None:
    """Somebody cancelled a job; if it was an import's, the import stops. No step can be in flight: a step holds the job's row."""
    if verb == "cancelled" and job.handler in {CHECK, RUN}:
        row = Import.objects.select_for_update(of=("self",)).filter(pk=job.arguments["import"]).first()
        if row is not None:
            _stopped(row, by)


def _stopped(row: Import, by: Any) -> None:
    if row.state == Import.State.CHECKING:
        row.state = Import.State.MAPPED
        row.save(update_fields=["state", "updated_at"])
    elif row.state == Import.State.RUNNING:
        row.state, row.finished_at = Import.State.CANCELLED, timezone.now()
        row.save(update_fields=["state", "finished_at", "updated_at"])
        record(by=by, verb="imports.cancelled", about=[row], change_set=row.change_set)
        take_back(batch=row, by=by)


def take_back(*, batch: Import, by: Any) -> Job | None:
    """Undo what an import wrote before it stopped; the job that does it when it is much. In the caller's transaction."""
    if job := job_of(batch):
        sessions.end(job.pk)
    undone = None
    if batch.change_set is not None:
        close_change_set(change_set=batch.change_set)
        undone = undo_change_set(change_set=batch.change_set, by=by)
    start_next(batch.noun)
    return undone


@transaction.atomic
def undo(*, batch: Import, by: Any) -> Job | None:
    """Take back exactly what this import did; what a person changed since is kept and listed in its change set.

    Much of it is undone by the job that is returned. Raises Refused without the right, for an import that has not
    run to its end, and when its time to be undone is over; then nothing changes.
    """
    if by is not None:
        require(may_undo, by, batch, reason=_("Your role does not allow undoing this."))
    row = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if row.state == Import.State.UNDONE:
        raise Refused(_("This import has been undone already."))
    if row.state != Import.State.DONE or row.change_set is None:
        raise Refused(_("Only an import that has run to its end can be undone."))
    try:
        job = undo_change_set(change_set=row.change_set, by=by)
    except CannotUndo as no:
        raise Refused(no.reason) from no
    batch.refresh_from_db()
    return job


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo what imports wrote down about their series. Runs after the records of the same step were taken back."""
    for change in changes:
        stored: dict[str, Any] = change.before or {}
        row = Import.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if stored.get("is_first"):
            Import.objects.filter(pk=row.pk, state=Import.State.DONE).update(
                state=Import.State.UNDONE, updated_at=timezone.now()
            )
        else:
            _unlist(row, stored)
    return {}


def _unlist(row: Import, stored: dict[str, Any]) -> None:
    listings = {
        one.source_key: one
        for one in Listing.objects.filter(
            series_id=stored["series"], source_key__in=[*stored["new"], *stored["before"]]
        )
    }
    new = [listings[key] for key in stored["new"] if key in listings]
    noun = nouns.get(row.noun)
    there = noun.existing([one.key for one in new])
    # What was left as somebody changed it is known from now on; of all else the source has said nothing.
    marks = Change.objects.filter(change_set=row.change_set, kind=noun.kind, key__in=there).exclude(kept="")
    kept = set(marks.values_list("key", flat=True))
    gone = [one.pk for one in new if one.key not in there or (one.batch_id == row.pk and one.key not in kept)]
    Listing.objects.filter(pk__in=gone).delete()
    changed = []
    for source_key, (key, batch, place, mark, document) in stored["before"].items():
        one = listings.get(source_key)
        if one is None:
            continue
        if one.batch_id == row.pk:
            one.key, one.batch_id, one.row = key, batch, place
            if mark is not None:
                one.digest, one.document = bytes.fromhex(mark), document
        elif mark is not None:
            # A later edition said something since: what the source said before that is not known any more.
            one.digest, one.document = b"", {}
        changed.append(one)
    Listing.objects.bulk_update(changed, ["key", "batch", "row", "digest", "document"], batch_size=200)
