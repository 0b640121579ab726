"""Small files of our own, written by the tests that read them."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from barnraise.foundation.tabular import Recognition, Table, UnreadableFile, recognise, rows


def shared_folder() -> Path | None:
    """The folder with real files of other systems, when there is one beside the checkout."""
    named = os.environ.get("BARNRAISE_SHARED_DATA")
    checkout = Path(__file__).resolve().parents[5]
    folder = Path(named) if named else checkout.parent / "shared" / "data"
    return folder if folder.is_dir() else None


def shared(path: str) -> Path:
    folder = shared_folder()
    if folder is None or not (folder / path).exists():
        pytest.skip(f"{path} is not here")
    return folder / path


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(list(line))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(path: Path, **wishes: object) -> Recognition:
    return recognise(path, name=path.name, **wishes)  # type: ignore[arg-type]


def only(path: Path, **wishes: object) -> Table:
    tables = read(path, **wishes).tables
    assert len(tables) == 1
    return tables[0]


def values(path: Path, table: Table) -> list[tuple[str, ...]]:
    return [row.values for row in rows(path, table.choice)]


def refused(path: Path, **wishes: object) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read(path, **wishes)
    return caught.value
