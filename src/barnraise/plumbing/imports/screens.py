"""What the screens of the import flow read."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Count, QuerySet

from barnraise.foundation.tabular import Table
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.journal.models import Change, ChangeSet

from .models import Finding, Import, Listing, RememberedMapping, Series
from .notices import reason
from .reading import records, sample_keys, sources
from .sockets import Bad, nouns
from .suggestions import suggest

ON_A_PAGE = 50
SERIES_SHOWN = 8


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
    """The first records as they would become: "head" (fields used), "rows" of (row number, cells), "refused" of (row, reason).

    Raises MappingRefused, UnreadableFile.
    """
    noun = nouns.get(batch.noun)
    good, bad = [], []
    for one in islice(records(batch, sources(batch)), most):
        if isinstance(one, Bad):
            bad.append((one.row, one.column, one.value, reason(one.reason, one.details)))
        else:
            good.append(one)
    used = [
        name
        for name in _names(good)
        if any(record.document.get(name) not in (None, "", [], {}) for record in good)
    ]
    titles = {field.name: field.title for field in noun.fields}
    rows = [(record.row, [record.document.get(name) for name in used]) for record in good]
    return {"head": [titles.get(name, name) for name in used], "rows": rows, "refused": bad}


def _names(found: list[Any]) -> list[str]:
    return list(dict.fromkeys(name for record in found for name in record.document))


def counts(batch: Import, phase: str) -> dict[str, int]:
    """How many findings of each kind there are, in the order of the tabs; counts kept on the import where findings are not complete."""
    stored = dict(batch.findings.filter(phase=phase).values_list("kind").annotate(n=Count("id")))
    kept: dict[str, Any] = batch.expected if phase == Finding.Phase.DRY else {}
    new = kept.get("created", batch.created if phase == Finding.Phase.RUN else stored.get("new", 0))
    return {kind: (new if kind == "new" else stored.get(kind, 0)) for kind in Finding.Kind.values}


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


def kept_by_undo(batch: Import) -> list[Change]:
    """What an undo left, because somebody changed it since; at most a page of it."""
    if batch.change_set is None:
        return []
    return list(batch.change_set.changes.exclude(kept="").order_by("pk")[:ON_A_PAGE])


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
