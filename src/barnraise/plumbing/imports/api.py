"""Imports for programs: give files, check, run, undo, and read what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Query, Schema
from ninja.files import UploadedFile

from barnraise.foundation.policy import Refused, require
from barnraise.plumbing.journal.services import arriving_by
from barnraise.plumbing.ui import rest

from . import policies, selectors, services
from .mapping import MappingRefused
from .models import Finding, Import
from .notices import reason
from .services import Unreadable
from .sockets import formats, nouns

router = rest.router(tags=["Imports"])


class ImportOut(Schema):
    """One import from files to result."""

    id: UUID = Field(description="The import.")
    state: str = Field(description=f"One of {', '.join(Import.State.values)}.")
    kind: str = Field(
        description="The format the files were recognised as, or the noun they are mapped onto."
    )
    files: list[str] = Field(description="The names of its files.")
    rows: int = Field(description="Rows read.")
    created: dict[str, int] = Field(description="Records added, by noun.")
    updated: dict[str, int] = Field(description="Records changed, by noun.")
    unchanged: int = Field(description="Rows that said nothing new.")
    refused: int = Field(description="Rows refused; see its findings.")
    proposed_matches: int = Field(description="New records that may be there already.")
    absent: int = Field(description="Rows passed over: they are about something that is not here.")
    gone: int = Field(
        description="Records that an earlier edition listed and this one does not. None is removed."
    )
    is_expectation: bool = Field(description="True when the counts are those of the dry run.")
    created_at: datetime = Field(description="When the files were given.")
    updated_at: datetime = Field(description="When it changed last.")
    finished_at: datetime | None = Field(None, description="When it was over.")


class ReadingIn(Schema):
    """How a file is read where that is not certain, and answers to the questions of its format. Given whole."""

    encoding: str = Field("", max_length=40, description="How letters are written: utf-8, cp1252, …")
    delimiter: str = Field("", max_length=1, description="The sign between columns.")
    sheet: str = Field("", max_length=200, description="The sheet or table to read.")
    header_row: int | None = Field(None, ge=0, le=200, description="The row with the headings; 0 for none.")
    answers: dict[str, str] = Field(
        default_factory=dict,
        max_length=20,
        description='Question of the format -> answer: {"release": "2025"}.',
    )


class MappingIn(Schema):
    """Which column holds what."""

    noun: str = Field("", max_length=60, description="What the rows become; empty: as it is.")
    columns: dict[str, dict[str, str]] = Field(
        description='Column name -> {"field": …, "split": …, "order": …, "style": …, "repair": …}.'
    )
    constants: dict[str, str] = Field(default_factory=dict, description="Field -> the text all rows have.")


class FindingOut(Schema):
    """What a dry run or a run has to say about one row."""

    id: int = Field(description="Pass it as `after` for those that follow.")
    kind: str = Field(description=f"One of {', '.join(Finding.Kind.values)}.")
    row: int = Field(
        description="The row as a spreadsheet program numbers it; 0 for what is not in the file."
    )
    table: str = Field("", description="The file or sheet the row stands in.")
    column: str = Field("", description="The column, when it is about one.")
    value: str = Field("", description="What stands there.")
    reason: str = Field("", description="Why, in a sentence.")
    title: str = Field("", description="The record.")
    many: int = Field(1, description="How many rows it stands for.")
    changes: dict[str, list[Any]] = Field(default_factory=dict, description="Field -> [before, after].")


class FindingsOut(Schema):
    """One page of findings."""

    items: list[FindingOut] = Field(description="The findings of this page.")
    next: int | None = Field(None, description="Pass it as `after` for the page after this one.")


class FindingsQuery(Schema):
    """Which findings."""

    kind: str = Field("", max_length=8, description=f"One of {', '.join(Finding.Kind.values)}; empty: all.")
    after: int = Field(0, ge=0, le=2**62, description="The `next` of the page before.")
    limit: int = Field(100, ge=1, le=500, description="Findings on a page.")


def _out(batch: Import) -> dict[str, Any]:
    counted = selectors.counts(batch)
    is_dry = bool(batch.expected) and selectors.phase_shown(batch) == Finding.Phase.DRY
    return {
        "id": batch.uuid,
        "state": batch.state,
        "kind": batch.format or batch.noun,
        "files": [one.file.name for one in batch.files.all()],
        **counted,
        "refused": batch.expected["refused"] if is_dry else batch.refused,
        "absent": counted.get("absent", 0),
        "is_expectation": is_dry,
        "created_at": batch.created_at,
        "updated_at": batch.updated_at,
        "finished_at": batch.finished_at,
    }


def _one(uuid: UUID) -> Import:
    return rest.one(selectors.imports(), uuid=uuid)


@router.get("/imports", response=rest.Page[ImportOut], summary="List imports")
@rest.asks(policies.may_see)
def list_imports(request: HttpRequest, paging: rest.PageQuery) -> Any:
    """All imports in the order they were given."""
    return rest.page_of(selectors.imports(), paging, _out)


@router.get("/imports/{uuid}", response=ImportOut, summary="Read an import")
@rest.asks(policies.may_see)
def read_import(request: HttpRequest, uuid: UUID) -> Any:
    """Its state and counts."""
    return _out(_one(uuid))


@router.post("/imports", response={201: ImportOut}, summary="Give files")
@rest.asks(policies.may_import)
def give_files(request: HttpRequest, files: Annotated[list[UploadedFile], File(...)]) -> Any:
    """Files of one export are given together. Known formats are recognised; others are mapped next."""
    try:
        with arriving_by("api"):
            batch = services.give(files=files, by=request.user)
    except Unreadable as no:
        raise rest.Problem(422, no.reason, errors=[("files", no.what)]) from None
    return 201, _out(_one(batch.uuid))


@router.put("/imports/{uuid}/files/{position}", response=ImportOut, summary="Say how a file is read")
@rest.asks(policies.may_import)
def choose_reading(request: HttpRequest, uuid: UUID, position: int, given: ReadingIn) -> Any:
    """The file at this position, counted from 0."""
    batch = _one(uuid)
    if not 0 <= position < batch.files.count():
        raise rest.Problem(404, "There is no file at this position.")
    try:
        services.choose(batch=batch, position=position, choices=given.model_dump(), by=request.user)
    except Unreadable as no:
        raise rest.Problem(422, no.reason, errors=[("", no.what)]) from None
    except Refused as no:
        raise rest.Problem(409, no.reason) from None
    return _out(_one(uuid))


@router.put("/imports/{uuid}/mapping", response=ImportOut, summary="Map columns")
@rest.asks(policies.may_import)
def map_columns(request: HttpRequest, uuid: UUID, given: MappingIn) -> Any:
    """Say which column holds what."""
    batch = _one(uuid)
    if given.noun and given.noun not in nouns:
        raise rest.Problem(422, "Nothing was changed.", errors=[("noun", "There is no such noun.")])
    mapping = {"version": 1, "columns": given.columns, "constants": given.constants}
    try:
        services.set_mapping(batch=batch, mapping=mapping, noun=given.noun, by=request.user)
    except MappingRefused as no:
        errors = [("columns", reason(text, details)) for text, details in no.problems]
        raise rest.Problem(422, "Nothing was changed.", errors=errors) from None
    except Refused as no:
        raise rest.Problem(409, no.reason) from None
    return _out(_one(uuid))


@router.post("/imports/{uuid}/check", response={202: ImportOut}, summary="Start the dry run")
@rest.asks(policies.may_import)
def check_import(request: HttpRequest, uuid: UUID) -> Any:
    """Find out what a run would do; nothing is written."""
    return _acted(uuid, lambda batch: services.start_check(batch=batch, by=request.user))


@router.post("/imports/{uuid}/run", response={202: ImportOut}, summary="Start the run")
@rest.asks(policies.may_import)
def run_import(request: HttpRequest, uuid: UUID) -> Any:
    """Take the records in, in the background."""
    return _acted(uuid, lambda batch: services.start_run(batch=batch, by=request.user, via="api"))


@router.post("/imports/{uuid}/cancel", response={202: ImportOut}, summary="Cancel")
@rest.asks(policies.may_import)
def cancel_import(request: HttpRequest, uuid: UUID) -> Any:
    """Stop a dry run or a run; what a run wrote is taken back."""
    return _acted(uuid, lambda batch: services.cancel(batch=batch, by=request.user))


@router.post("/imports/{uuid}/undo", response={202: ImportOut}, summary="Undo")
@rest.asks(policies.may_undo)
def undo_import(request: HttpRequest, uuid: UUID) -> Any:
    """Take back what it did, within 30 days; what a person changed since is kept."""
    return _acted(uuid, lambda batch: services.undo(batch=batch, by=request.user))


def _acted(uuid: UUID, act: Any) -> Any:
    batch = _one(uuid)
    try:
        with arriving_by("api"):
            act(batch)
    except Refused as no:
        raise rest.Problem(409, no.reason) from None
    return 202, _out(_one(uuid))


@router.get("/imports/{uuid}/findings", response=FindingsOut, summary="List findings")
@rest.asks(policies.may_see)
def list_findings(request: HttpRequest, uuid: UUID, query: Annotated[FindingsQuery, Query(...)]) -> Any:
    """What the dry run, and after it the run, has to say row by row."""
    batch = _one(uuid)
    require(policies.may_see, request.user, batch)
    rows = selectors.findings(batch, kind=query.kind, after=query.after, limit=query.limit + 1)
    shown = rows[: query.limit]
    items = [
        {
            "id": one.pk,
            "kind": one.kind,
            "row": one.row,
            "table": one.table,
            "column": one.column,
            "value": one.value,
            "reason": reason(one.reason, one.details),
            "title": one.title,
            "many": one.many,
            "changes": one.changes,
        }
        for one in shown
    ]
    return {"items": items, "next": shown[-1].pk if len(rows) > query.limit else None}


class KindOut(Schema):
    """A kind of file that needs no mapping, or a noun that columns can be mapped onto."""

    name: str = Field(description="The name.")
    title: str = Field(description="What people call it.")
    is_format: bool = Field(description="True when it needs no mapping.")
    fields: list[str] = Field(description="The fields that columns can be mapped to; empty for a format.")


@router.get("/import-kinds", response=list[KindOut], summary="List kinds of import")
@rest.asks(policies.may_see)
def list_kinds(request: HttpRequest) -> Any:
    """Formats and nouns."""
    found = [{"name": n, "title": str(f.title), "is_format": True, "fields": []} for n, f in formats.items()]
    return found + [
        {"name": n, "title": str(p.title), "is_format": False, "fields": [f.name for f in p.fields]}
        for n, p in nouns.items()
    ]
