"""What the screens of the import flow read."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Count, QuerySet

from barnraise.foundation.tabular import Table, UnreadableFile
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.journal.models import ChangeSet

from .mapping import MappingRefused
from .models import Finding, Import, Listing, RememberedMapping, Series
from .notices import reason
from .reading import records, sample_keys, sources
from .showing import shown_fields
from .sockets import Bad, Record, nouns
from .suggestions import suggest

ON_A_PAGE = 50
AT_WORK = frozenset({Import.State.CHECKING, Import.State.RUNNING})
SERIES_SHOWN = 8
LOOKED_THROUGH = 5000
"""Records read to show what the file says of a likely duplicate."""


def imports(*, before: int | None = None) -> QuerySet[Import]:
    """Imports, newest first, with who and whether they were undone; those with a key below `before`."""
    rows = (
        Import.objects.select_related("by", "change_set", "series")
        .prefetch_related("files__file")
        .order_by("-id")
    )
    return rows.filter(pk__lt=before) if before else rows


def by_uuid(uuid: uuids.UUID) -> Import:
    """One import. Raises Import.DoesNotExist."""
    return imports().get(uuid=uuid)


def by_uuid_and_findings(uuid: uuids.UUID, phase: str, kind: str) -> tuple[Import, str, str]:
    """An import and which of its findings are asked for."""
    return by_uuid(uuid), phase, kind


def proposed_mapping(batch: Import, table: Table) -> dict[str, Any]:
    """The mapping chosen before, else the one remembered for this header, else a suggestion. "remembered" says which."""
    suggested = suggest(table, nouns.get(batch.noun))
    chosen = batch.mapping if batch.mapping.get("columns") else None
    kept = (
        None
        if chosen
        else RememberedMapping.objects.filter(signature=table.signature, noun=batch.noun).first()
    )
    if kept:
        chosen = kept.mapping
    if not chosen:
        return suggested
    columns = {}
    for name in table.names:
        hints = {
            k: v for k, v in suggested["columns"].get(name, {}).items() if k in {"damage", "asks", "samples"}
        }
        rule = chosen["columns"].get(name)
        if rule:
            columns[name] = {**hints, **rule, "sure": 1.0}
        elif hints:
            columns[name] = {**hints, "field": ""}
    return {**chosen, "columns": columns, "remembered": bool(kept)}


def preview(batch: Import, *, most: int) -> dict[str, Any]:
    """The first records as they would become: "shown" (row, title, fields), "refused" (row, column, value, reason).

    Raises MappingRefused, UnreadableFile.
    """
    noun = nouns.get(batch.noun)
    good: list[Record] = []
    bad = []
    for one in islice(records(batch, sources(batch)), most):
        if isinstance(one, Bad):
            bad.append((one.row, one.column, one.value, reason(one.reason, one.details)))
        else:
            good.append(one)
    titles = noun.titles([record.document for record in good]) if good else ()
    shown = [
        (record.row, title, shown_fields(noun, record.document))
        for record, title in zip(good, titles, strict=True)
    ]
    return {"shown": shown, "refused": bad}


def counts(batch: Import, phase: str) -> dict[str, int]:
    """How many findings of each kind there are, in the order of the tabs; counts kept on the import where findings are not complete."""
    stored: dict[str, int] = dict(
        batch.findings.filter(phase=phase).values_list("kind").annotate(n=Count("id"))
    )
    kept: dict[str, Any] = batch.expected if phase == Finding.Phase.DRY else {}
    new = kept.get("created", batch.created if phase == Finding.Phase.RUN else stored.get("new", 0))
    return {
        str(kind): int(new if kind == "new" else stored.get(str(kind), 0)) for kind in Finding.Kind.values
    }


def findings(batch: Import, phase: str, kind: str, *, after: int) -> list[Finding]:
    """A page of findings behind the key `after`."""
    return list(batch.findings.filter(phase=phase, kind=kind, pk__gt=after).order_by("pk")[:ON_A_PAGE])


def all_findings(batch: Import, phase: str, kind: str) -> Iterator[Finding]:
    """Every finding of a kind, streamed."""
    return batch.findings.filter(phase=phase, kind=kind).order_by("pk").iterator(chunk_size=2000)


def job_of(batch: Import) -> Job | None:
    """The job that works on this import now, or worked last."""
    wanted = batch.running_job or batch.checking_job
    return Job.objects.filter(uuid=wanted).first() if wanted else None


def can_undo(batch: Import, *, now: datetime) -> bool:
    """Whether its change set is there, complete, not undone, and young enough."""
    change_set = batch.change_set
    return change_set is not None and change_set.state == ChangeSet.State.DONE and change_set.undo_until > now


def is_going_on(batch: Import, job: Job | None) -> bool:
    """Whether work on it is under way, so that its page should look again by itself."""
    if batch.change_set is not None and batch.change_set.state == ChangeSet.State.UNDOING:
        return True
    if batch.state == Import.State.QUEUED:
        return True
    return batch.state in AT_WORK and not (job is not None and job.state == Job.State.FAILED)


def questions(batch: Import, found: list[Finding]) -> list[dict[str, Any]]:
    """Likely duplicates by row: what the file says beside each record it may be, and what was decided.

    Of a row far down the file only its name is told: the file is not read through for a question.
    """
    noun = nouns.get(batch.noun)
    by_row: dict[int, list[Finding]] = {}
    for one in found:
        by_row.setdefault(one.row, []).append(one)
    there = noun.documents(sorted({one.key for one in found if one.key is not None})) if found else {}
    told = _documents_of(batch, set(by_row))
    return [
        {
            "row": row,
            "title": ones[0].value,
            "fields": shown_fields(noun, told[row]) if row in told else [],
            "decided": batch.decisions.get(str(row)),
            "candidates": [
                {
                    "finding": one,
                    "reason": reason(one.reason, one.details),
                    "fields": shown_fields(noun, there[one.key])
                    if one.key is not None and one.key in there
                    else [],
                }
                for one in ones
            ],
        }
        for row, ones in by_row.items()
    ]


def question(batch: Import, row: int) -> dict[str, Any] | None:
    """The question about one row, None when there is none."""
    found = list(
        batch.findings.filter(phase=Finding.Phase.DRY, kind=Finding.Kind.MATCH, row=row).order_by("pk")
    )
    return next(iter(questions(batch, found)), None)


def _documents_of(batch: Import, rows: set[int]) -> dict[int, Any]:
    told: dict[int, Any] = {}
    try:
        for one in islice(records(batch, sources(batch)), LOOKED_THROUGH):
            if isinstance(one, Record) and one.row in rows:
                told.setdefault(one.row, one.document)
                if len(told) == len(rows):
                    break
    except (UnreadableFile, MappingRefused):
        pass
    return told


def series_choices(batch: Import) -> list[dict[str, Any]]:
    """Sources this could be an edition of, with how many of the first records they know; the most first."""
    keys = sample_keys(batch, sources(batch))
    known = (
        Listing.objects.filter(series__noun=batch.noun, source_key__in=keys[:500])
        .values("series")
        .annotate(n=Count("id"))
        .order_by("-n")[:SERIES_SHOWN]
    )
    overlap = {row["series"]: row["n"] for row in known}
    found = Series.objects.in_bulk(list(overlap))
    sampled = min(len(keys), 500)
    return [
        {"series": found[pk], "known": n, "of": sampled, "is_chosen": batch.series_id == pk}
        for pk, n in overlap.items()
    ]
