"""Deciding what a file is and which tables it holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ..vcards import looks_like_cards
from . import address_cards, assembly, container, json_source, text_table, workbook, zeros, zipped
from .limits import DEFAULT_LIMITS, Limits
from .refusals import UnreadableFile
from .shapes import Container, Notice, Recognition, Resource, Table, TableChoice
from .text_table import Wishes

_HEAD = 4096
ZeroColumns = dict[str, dict[int, int]]
_PASSED_OVER = ("empty", "no_table", "json_shape")
_JSON = (".json", ".jsonl", ".ndjson", ".geojson")


@dataclass(frozen=True, slots=True)
class _Job:
    source: Path
    name: str
    size: int
    wishes: Wishes
    sheet: str | None
    limits: Limits

    def wishes_for(self, table: str) -> Wishes:
        return self.wishes if self.sheet in (None, table) else Wishes()


def recognise(
    source: Path,
    *,
    name: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Recognition:
    """Say what a file is and which tables it holds; nothing is changed.

    ``name`` is what the person calls the file; it decides nothing. ``encoding``, ``delimiter`` and
    ``header_row`` (from 1; 0 for none) overrule what would be found; ``sheet`` keeps only the table of that
    name. Raises UnreadableFile when the file is refused.
    """
    size = container.check_size(source, limits)
    with source.open("rb") as stream:
        head = stream.read(_HEAD)
    job = _Job(source, name, size, Wishes(encoding, delimiter, header_row), sheet, limits)
    if looks_like_cards(head):
        table = address_cards.recognise(source, name, limits)
        notices = container.name_notices(name, "vcard")
        return _chosen(Recognition(name, "vcard", size, (table,), warnings=notices), sheet)
    family = container.magic(head)
    if family == "zip":
        found = _recognise_zip(job)
    elif family == "ole":
        found = _recognise_old_workbook(job)
    elif json_source.looks_like_json(head):
        found = _recognise_json(job)
    else:
        found = _recognise_text(job)
    notices = container.name_notices(name, found.container)
    return _chosen(replace(found, warnings=notices + found.warnings), sheet)


def recognise_many(
    sources: Sequence[tuple[Path, str]], *, encoding: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[Recognition, ...]:
    """Recognise several files given together, in their order, as (path, name).

    When one of them describes the others (datapackage.json), their tables carry its resource names.
    """
    found = tuple(_one_of_many(path, name, encoding, limits) for path, name in sources)
    named = tuple(resource for one in found for resource in one.resources)
    if not named:
        return found
    return tuple(
        replace(one, tables=tuple(_named(table, one.name, named) for table in one.tables)) for one in found
    )


def _one_of_many(path: Path, name: str, encoding: str | None, limits: Limits) -> Recognition:
    try:
        return recognise(path, name=name, encoding=encoding, limits=limits)
    except UnreadableFile as no:
        no.file = name
        raise


def _chosen(found: Recognition, sheet: str | None) -> Recognition:
    if sheet is None:
        return found
    tables = tuple(
        table for table in found.tables if sheet in (table.name, table.resource, table.choice.entry)
    )
    if not tables:
        raise UnreadableFile("no_such_table", table=sheet)
    return replace(found, tables=tables)


def _named(table: Table, file_name: str, resources: Sequence[Resource]) -> Table:
    own = PurePosixPath(table.choice.entry or file_name)
    same_path = [r for r in resources if PurePosixPath(r.path) == own]
    same_name = [r for r in resources if PurePosixPath(r.path).name == own.name]
    matching = same_path or same_name
    return replace(table, resource=matching[0].name) if matching else table


def _recognise_text(job: _Job) -> Recognition:
    def opener() -> AbstractContextManager[BinaryIO]:
        return job.source.open("rb")

    table = text_table.recognise(
        opener, name=job.name, container="text", entry=None, wishes=job.wishes, limits=job.limits
    )
    return Recognition(job.name, "text", job.size, (table,))


def _recognise_old_workbook(job: _Job) -> Recognition:
    with job.source.open("rb") as stream:
        container.check_ole(stream, job.name)
    return Recognition(job.name, "xls", job.size, _sheet_tables(job, "xls", {}))


def _recognise_zip(job: _Job) -> Recognition:
    with zipped.opened(job.source, job.name) as archive:
        zipped.check(archive, job.name, job.limits)
        kind = zipped.kind_of(archive, job.name)
        shown: ZeroColumns = {}
        zipped.verify(archive)
        if kind == "xlsx":
            workbook.measure(archive, job.limits)
            shown = zeros.zero_columns(archive)
            entries: list[str] = []
        else:
            entries = zipped.table_entries(archive)
    if kind == "xlsx":
        return Recognition(job.name, "xlsx", job.size, _sheet_tables(job, "xlsx", shown))
    return _recognise_archive(job, entries)


def _sheet_tables(job: _Job, kind: Container, shown: ZeroColumns) -> tuple[Table, ...]:
    tables = []
    with workbook.opened(job.source, job.name) as book:
        for sheet_name, is_hidden in workbook.sheets(book):
            if job.sheet not in (None, sheet_name):
                continue
            sheet = book.get_sheet_by_name(sheet_name)
            cells = workbook.cell_rows(sheet, shown.get(sheet_name, {}))
            choice = TableChoice(kind, "sheet", sheet=sheet_name)
            known = assembly.Known(job.wishes.header_row, spans=workbook.spans(sheet))
            try:
                table = assembly.build(sheet_name, choice, cells, known, job.limits)
            except UnreadableFile as refusal:
                if refusal.code not in _PASSED_OVER:
                    raise
                continue
            tables.append(replace(table, is_hidden=is_hidden))
    if not tables:
        raise UnreadableFile("no_such_table", table=job.sheet) if job.sheet else UnreadableFile("no_table")
    return tuple(tables)


def _recognise_json(job: _Job) -> Recognition:
    with job.source.open("rb") as stream:
        document = json_source.load(stream, job.limits)
    if resources := json_source.resources(document):
        text = "This file describes the tables of a data package. Give it together with those files."
        notice = Notice("package_descriptor", text)
        return Recognition(job.name, "json", job.size, (), resources, (notice,))
    return Recognition(job.name, "json", job.size, _json_tables(document, job, "json", None))


def _json_tables(document: object, job: _Job, kind: Container, entry: str | None) -> tuple[Table, ...]:
    tables = []
    whole = PurePosixPath(entry).name if entry else job.name
    for list_name, items in json_source.lists(document).items():
        names = json_source.field_names(items)
        choice = TableChoice(kind, "json", entry=entry, sheet=list_name, width=len(names))
        if not items:
            raise UnreadableFile("json_shape")
        rows = [(0, names), *json_source.text_rows(items, names)]
        # The names of the fields stand in as a header before record 1.
        shifted = ((number + 1, cells) for number, cells in rows)
        table = assembly.build(list_name or whole, choice, shifted, assembly.Known(1), job.limits)
        samples = tuple(row._replace(number=row.number - 1) for row in table.samples)
        choice = replace(table.choice, header_row=0, header_height=0)
        tables.append(replace(table, choice=choice, samples=samples))
    return tuple(tables)


def _recognise_archive(job: _Job, entries: Sequence[str]) -> Recognition:
    documents: dict[str, object] = {}
    for entry in entries:
        if PurePosixPath(entry).suffix.lower() in _JSON:
            with zipped.entry_stream(job.source, entry, job.name) as stream:
                documents[entry] = json_source.load(stream, job.limits)
    resources = _package_resources(documents)
    tables: list[Table] = []
    notices: list[Notice] = []
    for entry in entries:
        if entry in documents and resources:
            continue
        try:
            tables.extend(_entry_tables(job, entry, documents))
        except UnreadableFile as refusal:
            if refusal.code not in _PASSED_OVER:
                raise
            notices.append(Notice("entry_passed_over", f"“{entry}” holds no table.", before=entry))
    if not tables:
        raise UnreadableFile("no_table")
    if resources:
        missing = [
            r.path for r in resources if not any(PurePosixPath(r.path) == PurePosixPath(e) for e in entries)
        ]
        notices.extend(
            Notice("resource_missing", f"“{path}” is named, but not in the archive.") for path in missing
        )
        tables = [_named(table, job.name, resources) for table in tables]
    return Recognition(job.name, "zip", job.size, tuple(tables), resources, tuple(notices))


def _package_resources(documents: dict[str, object]) -> tuple[Resource, ...]:
    """The resources of the package, their paths seen from the root of the archive."""
    for entry, document in documents.items():
        if found := json_source.resources(document):
            folder = PurePosixPath(entry).parent
            return tuple(Resource(r.name, str(folder / r.path)) for r in found)
    return ()


def _entry_tables(job: _Job, entry: str, documents: dict[str, object]) -> tuple[Table, ...]:
    if entry in documents:
        return _json_tables(documents[entry], job, "zip", entry)

    def opener() -> AbstractContextManager[BinaryIO]:
        return zipped.entry_stream(job.source, entry, job.name)

    with opener() as stream:
        container.magic(stream.read(_HEAD))
    name = PurePosixPath(entry).name
    wishes = job.wishes_for(name)
    return (
        text_table.recognise(
            opener, name=name, container="zip", entry=entry, wishes=wishes, limits=job.limits
        ),
    )


def choice_text(choice: TableChoice) -> str:
    """Return a choice as JSON, to be kept beside an import; read back with ``choice_from_text``."""
    fields = {slot: getattr(choice, slot) for slot in TableChoice.__slots__}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def choice_from_text(text: str) -> TableChoice:
    """Return the choice that ``choice_text`` wrote."""
    return TableChoice(**json.loads(text))
