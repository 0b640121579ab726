"""The run, step by step. A step is one transaction of records, undo store, listings, findings, counts and the job's cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils import timezone

from barnraise.foundation.policy import Refused
from barnraise.foundation.tabular import Row, UnreadableFile, rows
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.sockets import Outcome
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, arriving_by, close_change_set, record

from .. import sessions
from ..judging import Judge, Judged
from ..models import Finding, Import, Listing, Series
from ..reading import has_several, held_with, records, sample_keys, sources, table_of
from ..remembering import Listed, told_of
from ..selectors import series_like
from ..sockets import Bad, Noun, Origin, Record, formats, nouns, subjects
from .check import GONE_STEP, STEP, drops_blank
from .findings import note, note_gone
from .give import Unreadable
from .listing import list_records, note_listings
from .start import VERB, start_next
from .stop import take_back
from .then import begin_then

READ_STEP = 20_000


def run_step(job: Job) -> Outcome:
    """The next step of an import. Phases: read (only what no dry run read), open, write, gone, finish."""
    batch = Import.objects.select_for_update(of=("self",)).get(pk=job.arguments["import"])
    if "unreadable" in job.cursor:
        raise Refused(job.cursor["unreadable"])
    if batch.state != Import.State.RUNNING:
        raise Refused()
    phase = job.cursor.get("phase") or ("open" if job.arguments.get("was_read") else "read")
    with arriving_by(job.arguments.get("via", "import")):
        return _PHASES[phase](job, batch)


def _read(job: Job, batch: Import) -> Outcome:
    """Parse every row once before the first is written, so that an unreadable one far below leaves nothing behind."""
    taken = int(job.cursor.get("taken", 0))
    session = sessions.at(job.pk, taken, lambda: _rows_after(batch, taken))
    try:
        found = session.take(READ_STEP)
    except UnreadableFile as no:
        return _unreadable(job, batch, no)
    if len(found) == READ_STEP:
        return Outcome({"phase": "read", "taken": session.taken}, done=0, step="imports.read")
    sessions.end(job.pk)
    return Outcome({"phase": "open"}, done=0, step="imports.read")


def _rows_after(batch: Import, taken: int) -> sessions.Session:
    def every() -> Iterator[Row]:
        for source in sources(batch):
            tables = source.recognition.tables if batch.format else [table_of(source)]
            for table in tables:
                if table is not None:
                    yield from rows(source.path, table.choice)

    session: sessions.Session = sessions.Session(every())  # type: ignore[arg-type]
    while session.taken < taken and session.take(min(READ_STEP, taken - session.taken)):
        pass
    return session


def _open(job: Job, batch: Import) -> Outcome:
    """Find the series this is an edition of, or begin a new one."""
    is_new = False
    if batch.series is None and not batch.wants_new_series:
        batch.series = series_like(batch, sample_keys(batch, sources(batch)))
    if batch.series is None:
        is_new = True
        batch.series = Series.objects.create(noun=batch.noun, source=batch.source, signature=batch.signature)
    batch.save(update_fields=["series", "updated_at"])
    assert batch.change_set is not None  # noqa: S101 - opened with the job
    first = Change(
        kind="imports.import", key=batch.pk, action=Change.Action.UPDATED, before={"is_first": True}
    )
    add_changes(change_set=batch.change_set, changes=[first])
    return Outcome({"phase": "write", "taken": 0, "is_new": is_new}, done=0, step="imports.write")


def _write(job: Job, batch: Import) -> Outcome:
    taken, is_new = int(job.cursor["taken"]), bool(job.cursor["is_new"])
    session = sessions.at(job.pk, taken, lambda: _reader(batch, taken))
    try:
        found = session.take(STEP)
    except UnreadableFile as no:
        return _unreadable(job, batch, no)
    if found:
        _write_batch(job, batch, found, is_new, has_several=session.extra["several"])
    cursor: dict[str, Any] = {"phase": "write", "taken": session.taken, "is_new": is_new}
    if len(found) < STEP:
        sessions.end(job.pk)
        cursor = {"phase": "finish"} if is_new else {"phase": "gone", "after": 0}
    return Outcome(cursor, done=batch.rows, step="imports.write")


def _reader(batch: Import, taken: int) -> sessions.Session:
    given = sources(batch)
    several = {"several": has_several(given, is_by_mapping=not batch.format)}
    rest = records(batch, given, start_after=taken)
    return sessions.Session(rest, taken, extra=several, held=held_with(batch.noun))


def _write_batch(
    job: Job, batch: Import, found: list[Record | Bad], is_new: bool, *, has_several: bool
) -> None:
    noun = nouns.get(batch.noun)
    judge = Judge(
        noun,
        Listed(batch, noun),
        batch.decisions,
        drops_blank(batch),
        has_several=has_several,
        subject=subjects.find(batch.noun),
    )
    bad = [one for one in found if isinstance(one, Bad)]
    judged = judge.batch([one for one in found if isinstance(one, Record)])
    note_listings(batch, judged, is_new=is_new)
    for name, told in noun.brings(told_of(judged)).items():
        if told:
            batch.brought[name] = batch.brought.get(name, 0) + len(told)
    keys = _write_records(job, batch, noun, judged)
    list_records(batch, judged, keys)
    note(batch, Finding.Phase.RUN, noun, judged, bad, new_before=batch.created, keys=keys)
    batch.rows += len(found)
    batch.created += len(judged.creates)
    batch.updated += len(judged.updates)
    batch.unchanged += len(judged.unchanged)
    batch.refused += len(bad) + len(judged.refused)
    batch.proposed_matches += len(judged.proposals)
    batch.absent += len(judged.absent)
    batch.save(
        update_fields=[
            "rows",
            "created",
            "updated",
            "unchanged",
            "refused",
            "proposed_matches",
            "absent",
            "brought",
            "updated_at",
        ]
    )


def _write_records(job: Job, batch: Import, noun: Noun, judged: Judged) -> Sequence[int]:
    if not judged.creates and not judged.updates:
        return ()
    return noun.write(
        [one.record.document for one in judged.creates],
        [(one.key, one.merged.document) for one in judged.updates if one.key and one.merged],
        by=job.by,
        origin=_origin(batch),
        change_set=batch.change_set,
    )


def _origin(batch: Import) -> Origin:
    if batch.format and formats.get(batch.format).is_register:
        return Origin(batch.format, batch.source, is_register=True)
    return Origin(f"imports.series:{batch.series_id}", batch.source)


def _gone(job: Job, batch: Import) -> Outcome:
    """List, by what the series holds, the records that this edition does not name any more. None is removed."""
    found = list(
        Listing.objects.filter(series=batch.series, pk__gt=int(job.cursor["after"]))
        .exclude(batch=batch)
        .order_by("pk")[:GONE_STEP]
    )
    noun = nouns.get(batch.noun)
    there = noun.existing([one.key for one in found])
    there -= Listed(batch, noun).claimed(there)
    missing = [one for one in found if one.key in there]
    titles = noun.titles([one.document for one in missing])
    note_gone(
        batch, Finding.Phase.RUN, [(one.key, title) for one, title in zip(missing, titles, strict=True)]
    )
    batch.gone += len(missing)
    batch.save(update_fields=["gone", "updated_at"])
    cursor = {"phase": "gone", "after": found[-1].pk} if len(found) == GONE_STEP else {"phase": "finish"}
    return Outcome(cursor, done=batch.rows, step="imports.gone")


def _finish(job: Job, batch: Import) -> Outcome:
    sessions.end(job.pk)
    change_set = batch.change_set
    assert change_set is not None  # noqa: S101 - opened with the job
    close_change_set(change_set=change_set)
    counted = {
        name: getattr(batch, name)
        for name in (
            "rows",
            "created",
            "updated",
            "unchanged",
            "refused",
            "proposed_matches",
            "gone",
            "absent",
        )
    }
    batch.state, batch.finished_at = Import.State.DONE, timezone.now()
    batch.save(update_fields=["state", "finished_at", "updated_at"])
    record(
        by=job.by,
        verb=VERB,
        about=[batch],
        details={**counted, "count": batch.created + batch.updated, "source": batch.source},
        change_set=change_set,
    )
    start_next(batch.noun)
    begin_then(
        batch=batch,
        by=job.by,
        via=job.arguments.get("via", "import"),
        is_looked_at=bool(job.arguments.get("was_read")),
    )
    return Outcome(
        {"phase": "over"},
        done=batch.rows,
        total=batch.rows,
        step="imports.write",
        is_over=True,
        result=counted,
    )


def _unreadable(job: Job, batch: Import, no: UnreadableFile) -> Outcome:
    """Take back what was written, and say what is wrong; the next step ends the job with that sentence."""
    sessions.end(job.pk)
    batch.state, batch.finished_at = Import.State.FAILED, timezone.now()
    batch.error, batch.error_facts = no.code, no.facts
    batch.save(update_fields=["state", "finished_at", "error", "error_facts", "updated_at"])
    take_back(batch=batch, by=job.by)
    return Outcome({"unreadable": Unreadable.of(no).reason}, done=batch.rows, step="imports.read")


_PHASES: dict[str, Callable[[Job, Import], Outcome]] = {
    "read": _read,
    "open": _open,
    "write": _write,
    "gone": _gone,
    "finish": _finish,
}
