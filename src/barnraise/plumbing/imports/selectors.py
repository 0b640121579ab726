"""Named reads of imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from barnraise.foundation.tabular import Table
from barnraise.plumbing.jobs.models import OVER, Job
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.selectors import why_kept
from barnraise.plumbing.ui.sockets import kinds

from .models import Finding, Import, Listing, RememberedMapping, Series
from .notices import reason
from .sockets import Noun, nouns, subjects

REMEMBERED_LOOKED_AT = 200
"""Remembered mappings that are compared with a header nobody mapped yet."""
OVERLAP = 0.3
"""A file that shares this part of its first records with a series is an edition of it."""


def imports(actor: Any = None) -> QuerySet[Import]:
    """All imports, newest first, with who gave them."""
    return Import.objects.select_related("by", "series").prefetch_related("files__file").order_by("-id")


def one(uuid: UUID) -> Import:
    """The import with its files. Raises Import.DoesNotExist."""
    return imports().get(uuid=uuid)


def by_name(name: str) -> Import:
    """The import with that number or uuid, as people write it on a command line. Raises Import.DoesNotExist."""
    if name.isascii() and name.isdigit() and len(name) < 19:
        return imports().get(pk=int(name))
    try:
        return imports().get(uuid=UUID(name))
    except ValueError:
        raise Import.DoesNotExist from None


def phase_shown(batch: Import) -> str:
    """Findings of the run once it has begun, else of the dry run."""
    has_run = batch.state in {
        Import.State.RUNNING,
        Import.State.DONE,
        Import.State.FAILED,
        Import.State.CANCELLED,
        Import.State.UNDONE,
    }
    return Finding.Phase.RUN if has_run else Finding.Phase.DRY


def findings(
    batch: Import, *, phase: str | None = None, kind: str = "", after: int = 0, limit: int = 50
) -> list[Finding]:
    """One page of findings in the order they were made; `after` is the id of the last one before."""
    rows = Finding.objects.filter(batch=batch, phase=phase or phase_shown(batch), id__gt=after)
    if kind:
        rows = rows.filter(kind=kind)
    return list(rows.order_by("id")[:limit])


def finding_counts(batch: Import, *, phase: str | None = None) -> dict[str, int]:
    """How many findings of each kind."""
    rows = Finding.objects.filter(batch=batch, phase=phase or phase_shown(batch)).values_list("kind")
    return dict(rows.annotate(many=Count("id")))


def job_of(batch: Import) -> Job | None:
    """The job at work on it, or the last one that was."""
    wanted = batch.running_job or batch.checking_job
    return Job.objects.filter(uuid=wanted).first() if wanted else None


def job_running(noun: str) -> Job | None:
    """The job of the import of this noun that is running. One that has failed stands in nobody's way."""
    running = Import.objects.filter(noun=noun, state=Import.State.RUNNING, running_job__isnull=False)
    return Job.objects.filter(uuid__in=running.values("running_job")).exclude(state__in=OVER).first()


def counts(batch: Import) -> dict[str, Any]:
    """What came of it, or what the dry run expects, as the command line and the API answer it, but for the refusals."""
    if batch.expected and phase_shown(batch) == Finding.Phase.DRY:
        found = batch.expected
        return {
            **{name: found[name] for name in ("rows", "unchanged", "proposed_matches", "gone")},
            "created": {batch.noun: found["created"], **found.get("brought", {})},
            "updated": {batch.noun: found["updated"]},
            **_absent(batch, found.get("absent", 0)),
        }
    return {
        "rows": batch.rows,
        "created": {batch.noun: batch.created, **batch.brought},
        "updated": {batch.noun: batch.updated},
        "unchanged": batch.unchanged,
        "proposed_matches": batch.proposed_matches,
        "gone": batch.gone,
        **_absent(batch, batch.absent),
    }


def _absent(batch: Import, many: int) -> dict[str, int]:
    """Rows about something that is not here, of nouns whose records are about something."""
    return {"absent": many} if batch.noun in subjects else {}


def series_like(batch: Import, source_keys: Sequence[str]) -> Series | None:
    """The series that lists the largest part of these records, at least OVERLAP of them; of equal ones the newest.

    Where headings and source are those of the series, the part of what it lists counts too: a file that brings much more
    than the last time, of communities that came since, is still its edition.
    """
    keys = set(source_keys)
    if not keys:
        return None
    rows = Listing.objects.filter(series__noun=batch.noun, source_key__in=keys).values_list("series")
    found = max(((many, series) for series, many in rows.annotate(many=Count("id"))), default=None)
    if found is None:
        return None
    series = Series.objects.get(pk=found[1])
    compared = len(keys)
    if series.signature and (series.signature, series.source) == (batch.signature, batch.source):
        compared = min(compared, Listing.objects.filter(series=series)[: len(keys)].count())
    return series if found[0] >= OVERLAP * compared else None


def series_of(noun: str) -> QuerySet[Series]:
    """Everything editions were taken in of, newest first: what a person may choose from."""
    return Series.objects.filter(noun=noun).order_by("-id")


def kept_listings(batch: Import) -> int:
    """How many records the import's edition lists."""
    return Listing.objects.filter(batch=batch).count()


def remembered(table: Table, noun: str) -> dict[str, Any] | None:
    """The mapping used last for a header like this one, None when there was none.

    "is_same" says whether it is the very header; else it is the newest whose mapped columns are all here.
    """
    rows = RememberedMapping.objects.filter(noun=noun)
    found = rows.filter(signature=table.signature).first()
    if found is not None:
        return {**found.mapping, "is_same": True}
    names = set(table.names)
    for kept in rows.order_by("-used_at")[:REMEMBERED_LOOKED_AT]:
        columns = kept.mapping.get("columns", {})
        if len(columns) > 1 and names.issuperset(columns):
            return {**kept.mapping, "is_same": False}
    return None


def titles_of(batch: Import) -> str:
    """The names of its files."""
    return ", ".join(one.file.name for one in batch.files.all())


def noun_title(batch: Import) -> Any:
    """What kind of records it brings, in the reader's language."""
    found = nouns.find(batch.noun)
    return found.title if found else batch.noun


def refusals(batch: Import) -> Iterator[dict[str, Any]]:
    """Every refused row as row, column, value and reason, the reason in the active language."""
    rows = Finding.objects.filter(batch=batch, phase=phase_shown(batch), kind=Finding.Kind.REFUSED)
    for one in rows.order_by("id").iterator(chunk_size=2000):
        yield {
            "row": one.row,
            "column": one.column,
            "value": one.value,
            "reason": reason(one.reason, one.details),
            "table": one.table,
        }


def undone_count(batch: Import) -> int:
    """How many records an undo took back, or put back as they were."""
    rows = _changes(batch)
    kept = rows.exclude(kept="").values("key")
    return rows.exclude(key__in=kept).values("key").distinct().count()


def _changes(batch: Import) -> QuerySet[Change]:
    """Changes to the records of an import, and to what hangs on them."""
    noun = nouns.get(batch.noun)
    kinds_of_it = [noun.kind, *getattr(noun, "hangs", ())]
    return Change.objects.filter(change_set=batch.change_set, kind__in=kinds_of_it)


def _titles(noun: Noun, keys: list[int]) -> Mapping[int, str]:
    """What records are called: their documents need not say it."""
    described = kinds.find(noun.kind)
    if described is not None:
        return described.titles(keys)
    documents = noun.documents(keys)
    return dict(zip(documents, noun.titles(list(documents.values())), strict=True))


def kept_by_undo(batch: Import) -> list[dict[str, Any]]:
    """Records that an undo left as they are, with the reason in the active language."""
    noun = nouns.get(batch.noun)
    rows = _changes(batch).exclude(kept="")
    codes = dict(rows.order_by("-id").values_list("key", "kept"))
    titles = _titles(noun, list(codes)) if codes else {}
    return [
        {"key": key, "title": titles.get(key, ""), "reason": why_kept(code)}
        for key, code in sorted(codes.items())
    ]
