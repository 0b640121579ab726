"""What the screens of the import flow read."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Count, Q, QuerySet

from barnraise.foundation.tabular import UnreadableFile
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.sockets import kinds

from . import reading
from .judging import place_of
from .mapping import MappingRefused
from .models import Finding, Import, Listing, Series
from .notices import reason
from .reading import records, sample_keys, sources
from .selectors import phase_shown
from .showing import shown_fields
from .sockets import Bad, Record, nouns, subjects

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


def connected(batch: Import) -> list[tuple[Import, Any, bool]]:
    """Other imports of the same files, for files with records of two nouns: (import, what it takes in, whether it came first)."""
    rows = [(one, True) for one in Import.objects.filter(pk=batch.after_id)] if batch.after_id else []
    rows += [(one, False) for one in Import.objects.filter(after=batch).order_by("pk")]
    return [(one, nouns.get(one.noun).title, is_first) for one, is_first in rows]


def by_uuid_and_findings(uuid: uuids.UUID, phase: str, kind: str) -> tuple[Import, str, str]:
    """An import and which of its findings are asked for."""
    return by_uuid(uuid), phase, kind


def preview(batch: Import, *, most: int) -> dict[str, Any]:
    """The first records as they would become: "shown" (row, table, title, fields), "refused" (row, table, column, value, reason).

    Raises MappingRefused, UnreadableFile.
    """
    noun = nouns.get(batch.noun)
    good: list[Record] = []
    bad = []
    first = list(_first_of(batch, most))
    for one in first:
        if isinstance(one, Bad):
            bad.append((one.row, one.table, one.column, one.value, reason(one.reason, one.details)))
        else:
            good.append(one)
    titles = noun.titles([record.document for record in good]) if good else ()
    shown = [
        (record.row, record.table, title, shown_fields(noun, record.document))
        for record, title in zip(good, titles, strict=True)
    ]
    has_none = batch.noun in subjects and not first
    return {"shown": shown, "refused": bad, "has_several": has_several(batch), "has_none": has_none}


def _first_of(batch: Import, most: int) -> Iterator[Record | Bad]:
    """The first records; of those about something only such about what is here, among the first LOOKED_THROUGH."""
    about = subjects.find(batch.noun)
    stream = records(batch, sources(batch))
    if about is None:
        yield from islice(stream, most)
        return
    left = most
    stream = islice(stream, LOOKED_THROUGH)
    while left and (chunk := list(islice(stream, 500))):
        good = [one for one in chunk if isinstance(one, Record)]
        absent = about.absent([one.document for one in good])
        passed = {id(one) for one, gone in zip(good, absent, strict=True) if gone is not None}
        for one in [one for one in chunk if id(one) not in passed][:left]:
            left -= 1
            yield one


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


def told(finding: Finding) -> dict[str, Any]:
    """A finding with its reason in the active language and its changes as (field, before, after)."""
    return {
        "row": finding,
        "reason": reason(finding.reason, finding.details) if finding.reason else "",
        "changes": [(field, *pair) for field, pair in finding.changes.items()],
    }


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


def absent(batch: Import, query: str = "") -> QuerySet[Finding]:
    """What the rows of the phase shown are about, is not here and may be added, by title; those that `query` is part of."""
    rows = Finding.objects.filter(batch=batch, phase=phase_shown(batch), kind=Finding.Kind.ABSENT)
    rows = rows.filter(details__can_add=True)
    if text := query.replace("\x00", "").strip():
        rows = rows.filter(Q(title__icontains=text) | Q(value__icontains=text))
    return rows.order_by("title", "id")


def absent_page(batch: Import, query: str, page: int) -> dict[str, Any]:
    """One page of `absent`: each with whether it was added since, and those here that it may be."""
    plug = subjects.find(batch.noun)
    if plug is None:
        return {"rows": [], "query": query, "next": None}
    found = list(absent(batch, query)[page * ON_A_PAGE : (page + 1) * ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    described = kinds.find(plug.kind)
    there = described.titles([one.key for one in shown if one.key]) if described else {}
    maybe = plug.candidates([one.details for one in shown])
    rows = [
        {
            "finding": one,
            "title": there.get(one.key or 0, ""),
            "url": described.url(one.key) if described and one.key and one.key in there else "",
            "has_name": bool(one.details.get("name")),
            "likely": [told for told in candidates if told[2]],
            "candidates": [told for told in candidates if not told[2]],
        }
        for one, candidates in zip(shown, maybe, strict=True)
    ]
    more = page + 1 if len(found) > ON_A_PAGE else None
    return {"plug": plug, "rows": rows, "query": query, "next": more}


def added_since(batch: Import) -> int:
    """How many were added or joined since the findings shown were made."""
    return absent(batch).filter(key__isnull=False).count() if batch.noun in subjects else 0


def questions(batch: Import, found: list[Finding]) -> list[dict[str, Any]]:
    """Likely duplicates by row: what the file says beside each record it may be, and what was decided.

    Of a row far down the file only its name is told: the file is not read through for a question.
    """
    noun = nouns.get(batch.noun)
    by_row: dict[str, list[Finding]] = {}
    for one in found:
        by_row.setdefault(place_of(one.table, one.row), []).append(one)
    there = noun.documents(sorted({one.key for one in found if one.key is not None})) if found else {}
    told = _documents_of(batch, set(by_row))
    return [
        {
            "question": ones[0].pk,
            "row": ones[0].row,
            "table": ones[0].table,
            "title": ones[0].value,
            "fields": shown_fields(noun, told[place]) if place in told else [],
            "decided": batch.decisions.get(place),
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
        for place, ones in by_row.items()
    ]


def match(batch: Import, key: int) -> Finding | None:
    """A likely duplicate that the dry run found, None when it did not."""
    return batch.findings.filter(phase=Finding.Phase.DRY, kind=Finding.Kind.MATCH, pk=key).first()


def question(batch: Import, about: Finding) -> dict[str, Any] | None:
    """The question about the row of a finding, None when there is none."""
    found = batch.findings.filter(phase=Finding.Phase.DRY, kind=Finding.Kind.MATCH)
    found = found.filter(row=about.row, table=about.table).order_by("pk")
    return next(iter(questions(batch, list(found))), None)


def has_several(batch: Import) -> bool:
    """Whether a row's number alone does not say where it stands."""
    return reading.has_several(sources(batch), is_by_mapping=not batch.format)


def _documents_of(batch: Import, places: set[str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    try:
        for one in islice(records(batch, sources(batch)), LOOKED_THROUGH):
            place = place_of(one.table, one.row)
            if isinstance(one, Record) and place in places:
                told.setdefault(place, one.document)
                if len(told) == len(places):
                    break
    except (UnreadableFile, MappingRefused):
        pass
    return told


def series_choices(batch: Import) -> list[dict[str, Any]]:
    """Sources this could be an edition of, with how many of the first records they know; the most first."""
    keys = sample_keys(batch, sources(batch), most_read=LOOKED_THROUGH)
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
