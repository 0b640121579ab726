"""Take files, say what they are, and begin an import of them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused, require
from barnraise.foundation.tabular import (
    DEFAULT_LIMITS,
    Recognition,
    UnreadableFile,
    files_beside_workbooks,
    recognise_many,
    unpack,
)
from barnraise.plumbing.files.services import DOCUMENTS, FileRefused, keep
from barnraise.plumbing.journal.services import record

from ..models import Import, ImportFile
from ..notices import refused
from ..packing import packed
from ..policies import may_import
from ..reading import sources, table_of
from ..sockets import Source, formats, nouns
from ..suggestions import suggest

MOST_FILES = 50
TABLES = DOCUMENTS | {"application/octet-stream"}
"""What is kept after the reader found tables in it: text in UTF-16 looks like nothing else that is known."""
SURE = 0.5
"""A format that is less sure than this of files is not offered."""


class Unreadable(Refused):
    """A file that is not taken. `code` and `facts` are those of the file reader, `what` and `mend` sentences for people."""

    def __init__(self, what: str, mend: str = "", *, code: str = "", facts: Any = None) -> None:
        super().__init__(f"{what} {mend}".strip())
        self.what, self.mend, self.code, self.facts = what, mend, code, dict(facts or {})

    @classmethod
    def of(cls, error: UnreadableFile, *, among: int = 1) -> Unreadable:
        """The reader's refusal in the active language; of several files it names the one."""
        what, mend = refused(error)
        if among > 1 and error.file and error.file not in what:
            what = f"{error.file}: {what}"
        return cls(what, mend, code=error.code, facts=error.facts)


def give(*, files: Sequence[Any], by: Any, noun: str = "") -> Import:
    """Keep these files and begin an import: recognised as a known format, or else to be mapped onto `noun`.

    `files` are uploads or open binary files with a `name`; `by` is an account, or None for the command line. Raises
    Unreadable when one cannot be read or kept; then nothing of them is left.
    """
    if by is not None:
        require(may_import, by, reason=_("Your role does not allow taking files in."))
    _not_too_many(len(files))
    with _copies(files) as given:
        try:
            found = recognise_many(given)
        except UnreadableFile as no:
            raise Unreadable.of(no, among=len(given)) from no
        with transaction.atomic():
            return _begin(given, found, noun, by)


def _not_too_many(number: int) -> None:
    if not 1 <= number <= MOST_FILES:
        raise Unreadable(
            _("Give between one and %(most)s files.") % {"most": MOST_FILES}, code="too_many_files"
        )


def likely_noun(given: Sequence[Source]) -> str:
    """The noun that knows most of the columns of these files and whose required fields are among them; of equal ones the first."""
    table = next((table for source in given if (table := table_of(source))), None)
    best, most = "", -1.0
    for name, plug in nouns.items():
        rules = suggest(table, plug)["columns"].values() if table else ()
        told = {rule["field"] for rule in rules}
        lacks = any(
            field.is_required and not field.is_shared and field.name not in told for field in plug.fields
        )
        sure = 0.0 if lacks else sum(rule["sure"] for rule in rules)
        if sure > most:
            best, most = name, sure
    return best


@contextmanager
def _copies(files: Sequence[Any]) -> Iterator[list[tuple[Path, str]]]:
    """The uploads as files on the disk, which the reader needs; gone when it is done.

    A zip of workbooks counts as the files in it, as if they had been given together.
    """
    with tempfile.TemporaryDirectory(prefix="barnraise-import-") as folder:
        found: list[tuple[Path, str]] = []
        for number, upload in enumerate(files):
            path = Path(folder) / str(number)
            upload.seek(0)
            with path.open("wb") as copy:
                shutil.copyfileobj(upload, copy, 1 << 20)
            name = Path(str(upload.name)).name
            inside = _inside(path, name, len(files))
            _not_too_many(len(found) + max(1, len(inside)))
            for place, entry in enumerate(inside):
                unpack(path, entry, name, part := Path(folder) / f"{number}-{place}")
                found.append((part, _apart(Path(entry).name, {one for _path, one in found})))
            if not inside:
                found.append((path, _apart(name, {one for _path, one in found})))
        yield found


def _inside(path: Path, name: str, among: int) -> list[str]:
    try:
        return files_beside_workbooks(path, name, DEFAULT_LIMITS)
    except UnreadableFile as no:
        no.file = name
        raise Unreadable.of(no, among=among) from no


def _apart(name: str, taken: Collection[str]) -> str:
    """The name, with a number where another file has it already: findings tell files apart by their names."""
    path, number, fresh = Path(name), 1, name
    while fresh in taken:
        number += 1
        fresh = f"{path.stem} ({number}){path.suffix}"
    return fresh


def _begin(given: Sequence[tuple[Path, str]], found: Sequence[Recognition], noun: str, by: Any) -> Import:
    batch = Import.objects.create(noun=noun, by=by if getattr(by, "pk", None) else None)
    for position, ((path, _name), recognition) in enumerate(zip(given, found, strict=True)):
        try:
            with path.open("rb") as copy:
                file = keep(copy, by=by, accept=TABLES, name=recognition.name)
        except FileRefused as no:
            raise Unreadable(no.reason, code="not_kept") from no
        ImportFile.objects.create(batch=batch, file=file, position=position, recognition=packed(recognition))
    if not noun:
        batch.noun = likely_noun(sources(batch))
    recognise_again(batch)
    if not batch.format and not any(table_of(source) for source in sources(batch)):
        raise Unreadable.of(UnreadableFile("no_table"))
    record(by=by, verb="imports.given", about=[batch], details={"files": [one.name for one in found]})
    return batch


def best_format(given: Sequence[Source]) -> str:
    """The name of the surest format, empty when none is sure enough."""
    rated = [(plug.recognises(given), name) for name, plug in formats.items()]
    sure, name = max(rated, default=(0.0, ""))
    return name if sure >= SURE else ""


def recognise_again(batch: Import) -> None:
    """Decide anew what the files are together: format, source, signature, and whether a mapping is needed."""
    given = sources(batch)
    batch.format = best_format(given)
    first = next((table for source in given if (table := table_of(source))), None)
    batch.signature = first.signature if first else ""
    settle(batch, given)


def settle(batch: Import, given: Sequence[Source]) -> None:
    """Write noun, source and state as they follow from format and mapping; a dry run done before counts no more."""
    if batch.format:
        plug = formats.get(batch.format)
        batch.noun, batch.source = plug.noun, plug.source
    else:
        batch.source = given[0].name[:120] if given else ""
    is_ready = bool(batch.format or batch.mapping.get("columns"))
    batch.state = Import.State.MAPPED if is_ready else Import.State.GIVEN
    batch.expected = {}
    batch.save(
        update_fields=[
            "format",
            "noun",
            "source",
            "signature",
            "mapping",
            "state",
            "expected",
            "updated_at",
        ]
    )
