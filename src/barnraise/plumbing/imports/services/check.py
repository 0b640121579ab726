"""The dry run, step by step: it asks the same judge as the run and writes nothing but findings and counts."""

from __future__ import annotations

from typing import Any

from barnraise.foundation.policy import Refused
from barnraise.foundation.tabular import UnreadableFile
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.sockets import Outcome

from .. import sessions
from ..judging import Judge
from ..models import Finding, Import, Listing
from ..reading import has_several, held_with, records, sample_keys, sources
from ..remembering import Dreamt
from ..selectors import series_like
from ..sockets import Bad, Record, formats, nouns, subjects
from .findings import note, note_gone
from .give import Unreadable

STEP = 1000
GONE_STEP = 2000
NOTHING = {
    "rows": 0,
    "created": 0,
    "updated": 0,
    "unchanged": 0,
    "refused": 0,
    "proposed_matches": 0,
    "gone": 0,
    "absent": 0,
}


def drops_blank(batch: Import) -> bool:
    """Whether a value that the file does not give any more is dropped: only a register is the authority."""
    return bool(batch.format) and formats.get(batch.format).is_register


def check_step(job: Job) -> Outcome:
    """The next records. A dry run that another process began starts over: what it remembered is gone with that."""
    batch = Import.objects.select_for_update(of=("self",)).get(pk=job.arguments["import"])
    if "unreadable" in job.cursor:
        raise Refused(job.cursor["unreadable"])
    if batch.state != Import.State.CHECKING:
        raise Refused()
    taken = int(job.cursor.get("taken", 0))
    if taken == 0 or not sessions.has(job.pk, taken):
        taken = 0
        sessions.end(job.pk)
        Finding.objects.filter(batch=batch, phase=Finding.Phase.DRY).delete()
        batch.expected = dict(NOTHING)
    session = sessions.at(job.pk, taken, lambda: _begin(batch))
    if "gone_after" in job.cursor and taken:
        return _gone(job, batch, session, int(job.cursor["gone_after"]))
    try:
        found = session.take(STEP)
    except UnreadableFile as no:
        return _unreadable(job, batch, no)
    _judge(batch, session, found)
    cursor: dict[str, Any] = {"taken": session.taken}
    if len(found) < STEP:
        if session.memory.series is None or not session.taken:
            return _done(job, batch)
        cursor["gone_after"] = 0
    return Outcome(cursor, done=session.taken, step="imports.check")


def _begin(batch: Import) -> sessions.Session:
    given = sources(batch)
    series = batch.series
    if series is None and not batch.wants_new_series:
        series = series_like(batch, sample_keys(batch, given))
    memory = Dreamt(batch, nouns.get(batch.noun), series)
    several = {"several": has_several(given, is_by_mapping=not batch.format)}
    held = held_with(batch.noun)
    return sessions.Session(records(batch, given), memory=memory, extra=several, held=held)


def _judge(batch: Import, session: sessions.Session, found: list[Record | Bad]) -> None:
    noun = nouns.get(batch.noun)
    memory: Dreamt = session.memory
    several, about = session.extra["several"], subjects.find(batch.noun)
    judge = Judge(noun, memory, batch.decisions, drops_blank(batch), has_several=several, subject=about)
    bad = [one for one in found if isinstance(one, Bad)]
    judged = judge.batch([one for one in found if isinstance(one, Record)])
    memory.keep(judged)
    counted = batch.expected
    note(batch, Finding.Phase.DRY, noun, judged, bad, new_before=counted["created"], keys=())
    counted["brought"] = {noun: len(told) for noun, told in memory.brought.items() if told}
    counted["rows"] += len(found)
    counted["created"] += len(judged.creates)
    counted["updated"] += len(judged.updates)
    counted["unchanged"] += len(judged.unchanged)
    counted["refused"] += len(bad) + len(judged.refused)
    counted["proposed_matches"] += len(judged.proposals)
    counted["absent"] += len(judged.absent)
    if memory.series is not None:
        counted["series"] = memory.series.pk
    batch.save(update_fields=["expected", "updated_at"])


def _gone(job: Job, batch: Import, session: sessions.Session, after: int) -> Outcome:
    memory: Dreamt = session.memory
    rows = list(
        Listing.objects.filter(series=memory.series, pk__gt=after)
        .order_by("pk")
        .values_list("pk", "source_key", "key", "document")[:GONE_STEP]
    )
    missing = [row for row in rows if row[1] not in memory.seen and row[2] not in memory.rows_of]
    noun = nouns.get(batch.noun)
    there = noun.existing([row[2] for row in missing])
    missing = [row for row in missing if row[2] in there]
    titles = noun.titles([row[3] for row in missing])
    note_gone(batch, Finding.Phase.DRY, [(row[2], title) for row, title in zip(missing, titles, strict=True)])
    batch.expected["gone"] += len(missing)
    batch.save(update_fields=["expected", "updated_at"])
    if len(rows) < GONE_STEP:
        return _done(job, batch)
    return Outcome(
        {"taken": session.taken, "gone_after": rows[-1][0]}, done=session.taken, step="imports.gone"
    )


def _done(job: Job, batch: Import) -> Outcome:
    sessions.end(job.pk)
    batch.state = Import.State.CHECKED
    batch.save(update_fields=["state", "expected", "updated_at"])
    rows = batch.expected["rows"]
    return Outcome({}, done=rows, total=rows, step="imports.check", is_over=True, result=batch.expected)


def _unreadable(job: Job, batch: Import, no: UnreadableFile) -> Outcome:
    """Tell what is wrong, and let the files be read another way."""
    sessions.end(job.pk)
    Finding.objects.filter(batch=batch, phase=Finding.Phase.DRY).delete()
    batch.state, batch.expected = Import.State.MAPPED, {}
    batch.error, batch.error_facts = no.code, no.facts
    batch.save(update_fields=["state", "expected", "error", "error_facts", "updated_at"])
    return Outcome({"unreadable": Unreadable.of(no).reason}, done=0, step="imports.check")
