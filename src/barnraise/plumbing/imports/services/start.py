"""Start the dry run or the run. Of imports of one noun one runs at a time; others wait in line."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused
from barnraise.foundation.refs import Ref
from barnraise.foundation.tabular import Table
from barnraise.plumbing.jobs import services as jobs
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.journal.services import open_change_set

from ..mapping import problems_of
from ..models import Finding, Import
from ..reading import expected_rows, mapped_tables, sources, table_of
from ..selectors import job_running, titles_of
from ..sockets import Source, formats, nouns
from .choose import opened

CHECK = "imports.check"
RUN = "imports.run"
VERB = "imports.ran"
_LINE_LOCK = 0x696D70  # any number that no other lock of the house has


@transaction.atomic
def start_check(*, batch: Import, by: Any) -> Job:
    """Begin the dry run: it writes nothing but what it found. Raises Refused when something has to be chosen first."""
    row = opened(batch, by)
    given = sources(row)
    refuse_unless_ready(row, given)
    job = jobs.start(
        handler=CHECK,
        title=_("Dry run of %(name)s") % {"name": titles_of(row)},
        arguments={"import": row.pk},
        subject=Ref.to(row),
        by=by,
        total=expected_rows(row, given),
    )
    row.state, row.checking_job, row.expected, row.error = Import.State.CHECKING, job.uuid, {}, ""
    row.save(update_fields=["state", "checking_job", "expected", "error", "updated_at"])
    batch.refresh_from_db()
    return job


@transaction.atomic
def start_run(*, batch: Import, by: Any, via: str = "import") -> Job | None:
    """Begin the run; None while another import of the same noun runs: it begins when that is over.

    `via` is the door its journal entry names. Raises Refused when something has to be chosen first.
    """
    stand_in_line()
    row = opened(batch, by)
    refuse_unless_ready(row, sources(row))
    if job_running(row.noun) is not None:
        row.state = Import.State.QUEUED
        row.save(update_fields=["state", "updated_at"])
        batch.refresh_from_db()
        return None
    job = _begin(row, by, via)
    batch.refresh_from_db()
    return job


def stand_in_line() -> None:
    """Until the transaction ends nobody else starts or ends an import. SQLite's transactions exclude each other already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LINE_LOCK])


def start_next(noun: str) -> Job | None:
    """Begin the oldest import of this noun that waits, when none is running. Call it inside a transaction."""
    stand_in_line()
    if job_running(noun) is not None:
        return None
    waiting = Import.objects.select_for_update(of=("self",)).filter(noun=noun, state=Import.State.QUEUED)
    row = waiting.order_by("updated_at", "id").first()
    return _begin(row, row.by, "import") if row else None


@transaction.atomic
def begin_waiting(*, noun: str) -> Job | None:
    """`start_next` in a transaction of its own."""
    return start_next(noun)


def _begin(row: Import, by: Any, via: str) -> Job:
    was_read = row.state == Import.State.CHECKED
    Finding.objects.filter(batch=row, phase=Finding.Phase.RUN).delete()
    row.change_set = open_change_set(by=by, verb=VERB)
    job = jobs.start(
        handler=RUN,
        title=_("Import of %(name)s") % {"name": titles_of(row)},
        arguments={"import": row.pk, "was_read": was_read, "via": via},
        subject=Ref.to(row),
        by=by,
        total=expected_rows(row, sources(row)),
    )
    row.state, row.running_job, row.error = Import.State.RUNNING, job.uuid, ""
    row.rows = row.created = row.updated = row.unchanged = row.refused = row.proposed_matches = row.gone = (
        row.absent
    ) = 0
    row.save()
    return job


def refuse_unless_ready(batch: Import, given: list[Source]) -> None:
    """Raise Refused naming what a person has to choose before the files can be read."""
    tables = [] if batch.format else [(label, table.names) for label, _s, table in mapped_tables(given)]
    if tables and problems_of(batch.mapping, tables, nouns.get(batch.noun)):
        raise Refused(_("Say first which column holds what."))
    for source in given:
        for table in _tables(batch, source):
            if not table.encoding_is_certain and not source.choices.get("encoding"):
                raise Refused(
                    _("The encoding of “%(name)s” is not certain: choose the one that reads well.")
                    % {"name": source.name}
                )
    if batch.format:
        _refuse_unanswered(batch, given)
    dates = {field.name for field in nouns.get(batch.noun).fields if field.kind == "date"}
    for column, rules in batch.mapping.get("columns", {}).items():
        if not batch.format and rules.get("field") in dates and not rules.get("order"):
            raise Refused(
                _("Say in which order the dates of the column “%(column)s” are written.") % {"column": column}
            )


def _refuse_unanswered(batch: Import, given: list[Source]) -> None:
    for source in given:
        for question in formats.get(batch.format).asks(source):
            if question.is_required and not question.answer(source):
                raise Refused(
                    _("The file “%(name)s” does not say it, so answer first: %(title)s")
                    % {"name": source.name, "title": question.title}
                )


def _tables(batch: Import, source: Source) -> list[Table]:
    if batch.format:
        return list(source.recognition.tables)
    table = table_of(source)
    return [table] if table else []
