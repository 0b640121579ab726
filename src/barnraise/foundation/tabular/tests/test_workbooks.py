"""Workbooks and archives, whole and unsafe ones."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from barnraise.foundation.tabular import Limits, json_records, recognise, recognise_many, rows

from .making import only, put, read, refused, values, workbook, zipped

HEAD = ["Name", "ZIP", "Size", "Since", "Seen", "Member", "Share"]


def _typed(epoch: datetime.datetime | None = None) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEAD)
    moment = datetime.datetime(2024, 1, 2, 3, 4, 5)
    sheet.append(["Able", "06854", 12, datetime.date(2024, 1, 2), moment, True, 0.1 + 0.2])
    sheet.append([None, None, None, None, None, None, None])
    sheet.append(["Baker", None, 1e-7, datetime.time(9, 30), datetime.timedelta(hours=30), False, -1234567.5])
    if epoch:
        book.epoch = epoch
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_cells_become_text(tmp_path: Path, epoch: datetime.datetime | None) -> None:
    path = put(tmp_path, "a.xlsx", _typed(epoch))
    table = only(path)
    assert table.names == tuple(HEAD)
    assert list(rows(path, table.choice)) == [
        (2, ("Able", "06854", "12", "2024-01-02", "2024-01-02T03:04:05", "TRUE", "0.3")),
        (4, ("Baker", "", "0.0000001", "09:30:00", "30:00:00", "FALSE", "-1234567.5")),
    ]
    assert [row.number for row in rows(path, table.choice, start_after=2)] == [4]


def test_zeros_that_only_a_format_shows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "A & B"
    for line in (["ZIP", "n", "Since"], [6854, 7, 7], ["06855-1", 8, 8], [None, 9, 9.5]):
        sheet.append(line)
    for row in range(2, 5):
        sheet.cell(row, 1).number_format = "00000"
        sheet.cell(row, 3).number_format = "000"
    path = tmp_path / "a.xlsx"
    book.save(path)
    table = only(path)
    assert values(path, table) == [("06854", "7", "007"), ("06855-1", "8", "008"), ("", "9", "9.5")]
    assert [row.values for row in table.samples] == values(path, table)


def test_sheets_hidden_sheets_and_offsets(tmp_path: Path) -> None:
    book = Workbook()
    first = book.worksheets[0]
    first.title = "Partners"
    first["C3"], first["D3"], first["C4"], first["D4"] = "Name", "Town", "A", "B"
    second = book.create_sheet("Lists")
    second.append(["code"])
    second.append(["x"])
    second.sheet_state = "hidden"
    book.create_sheet("Nothing")
    path = tmp_path / "a.xlsx"
    book.save(path)
    found = read(path)
    assert [(table.name, table.is_hidden) for table in found.tables] == [("Partners", False), ("Lists", True)]
    assert found.table("Partners").choice.header_row == 3
    assert list(rows(path, found.table("Partners").choice)) == [(4, ("", "", "A", "B"))]
    assert [table.name for table in read(path, sheet="Lists").tables] == ["Lists"]
    assert refused(path, sheet="Other").code == "no_such_table"


def test_merged_header(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (["Region", "People", None], [None, "women", "men"], ["North", 3, 4]):
        sheet.append(line)
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    path = tmp_path / "a.xlsx"
    book.save(path)
    table = only(path)
    assert table.names == ("Region", "People women", "People men")
    assert table.columns[1].group == "People"
    assert values(path, table) == [("North", "3", "4")]


def test_the_name_decides_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, "list.csv", workbook({"S": [["a"], ["1"]]}))
    found = read(path)
    assert found.container == "xlsx"
    assert [notice.code for notice in found.warnings] == ["name_differs"]
    text = read(put(tmp_path, "list.xlsx", "a,b\n1,2\n"))
    assert text.container == "text"
    assert [notice.code for notice in text.warnings] == ["name_differs"]


def _ole(names: list[str]) -> bytes:
    """A compound file with nothing but a directory of these names."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 62, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIII", head, 40, 0, 1, 1, 0)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = bytearray()
    for name in ["Root Entry", *names]:
        entry = bytearray(128)
        wide = name.encode("utf-16-le") + b"\0\0"
        entry[: len(wide)] = wide
        struct.pack_into("<HB", entry, 64, len(wide), 5 if name == "Root Entry" else 2)
        entries += entry
    struct.pack_into("<I", head, 48, 1)
    return bytes(head) + fat + bytes(entries.ljust(512, b"\0"))


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["EncryptedPackage", "EncryptionInfo"], "encrypted"),
        (["WordDocument"], "wrong_type"),
        (["Workbook", "_VBA_PROJECT_CUR"], "macros"),
        (["Workbook"], "no_table"),
    ],
)
def test_old_office_files(tmp_path: Path, names: list[str], code: str) -> None:
    assert refused(put(tmp_path, "a.xlsx", _ole(names))).code == code


def test_old_workbook_with_a_password(tmp_path: Path) -> None:
    made = bytearray(_ole(["Workbook"]))
    struct.pack_into("<I", made, made.index("Workbook".encode("utf-16-le")) + 116, 2)
    made += struct.pack("<HH16xHH6x", 0x0809, 16, 0x2F, 6).ljust(512, b"\0")
    assert refused(put(tmp_path, "a.xls", bytes(made))).code == "encrypted"


def test_half_an_ole_file(tmp_path: Path) -> None:
    assert refused(put(tmp_path, "a.xls", _ole(["Workbook"])[:700])).code == "damaged"


def test_damaged_and_macro_workbooks(tmp_path: Path) -> None:
    whole = workbook({"S": [["a", "b"], ["1", "2"]]})
    assert refused(put(tmp_path, "a.xlsx", whole[: len(whole) // 2])).code == "damaged"
    with zipfile.ZipFile(put(tmp_path, "m.xlsx", whole), "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert refused(tmp_path / "m.xlsx").code == "macros"
    turned = bytearray(whole)
    place = whole.index(b"xl/worksheets/sheet1.xml") + 60
    turned[place : place + 8] = b"\xff" * 8
    assert refused(put(tmp_path, "t.xlsx", bytes(turned))).code == "damaged"


def _sheet_replaced(xml: bytes) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(workbook({"S": [["a"], ["1"]]})))
    parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = xml
    return zipped(parts)


_OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            b'<dimension ref="A1:B2"/><sheetData><row r="1"><c r="CVA1"><v>1</v></c></row></sheetData>',
            "too_many_columns",
        ),
        (b'<sheetData><row r="1">' + b"<c><v>1</v></c>" * 3000 + b"</row></sheetData>", "too_many_columns"),
        (
            b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            b'<row r="1048576"><c r="BXX1048576"><v>1</v></c></row></sheetData>',
            "too_many_cells",
        ),
    ],
)
def test_sheets_that_would_fill_the_memory(tmp_path: Path, body: bytes, code: str) -> None:
    path = put(tmp_path, "a.xlsx", _sheet_replaced(_OPEN + body + b"</worksheet>"))
    assert refused(path).code == code


def test_wide_sheet(tmp_path: Path) -> None:
    path = put(tmp_path, "a.xlsx", workbook({"S": [[f"c{n}" for n in range(2500)]]}))
    assert refused(path).facts == {"columns": 2500, "limit": 2000}


def test_entity_bomb(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + _OPEN + b"</worksheet>"
    assert refused(put(tmp_path, "a.xlsx", _sheet_replaced(bomb))).code == "damaged"


def test_tables_in_an_archive(tmp_path: Path) -> None:
    parts = {
        "b/two.txt": b"x\ty\n1\t2\n",
        "one.csv": b"a,b\n3,4\n",
        "readme.txt": b"hello",
        "photo.png": b"\x89PNG",
    }
    path = put(tmp_path, "a.zip", zipped(parts))
    found = read(path)
    assert [(table.name, table.choice.entry) for table in found.tables] == [
        ("two.txt", "b/two.txt"),
        ("one.csv", "one.csv"),
    ]
    assert values(path, found.tables[0]) == [("1", "2")]
    assert [table.name for table in read(path, sheet="one.csv").tables] == ["one.csv"]


def test_archive_refusals(tmp_path: Path) -> None:
    inner = zipped({"a.csv": b"a,b\n1,2\n"})
    assert refused(put(tmp_path, "n.zip", zipped({"in.zip": inner}))).code == "nested_zip"
    assert refused(put(tmp_path, "h.zip", zipped({"in.csv": inner}))).code == "nested_zip"
    assert refused(put(tmp_path, "c.zip", inner[:-30])).code == "damaged"
    assert refused(put(tmp_path, "o.zip", zipped({"x.bin": b"1"}))).code == "no_table"
    locked = bytearray(inner)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(sign) + at] |= 1
    assert refused(put(tmp_path, "p.zip", bytes(locked))).code == "encrypted"


def test_archive_bombs(tmp_path: Path) -> None:
    big = put(tmp_path, "b.zip", zipped({"a.csv": b"a,b\n" + b"0" * 40_000_000}))
    assert refused(big).code == "zip_bomb"
    many = put(tmp_path, "m.zip", zipped({f"{n}.csv": b"a,b\n" for n in range(2100)}))
    assert refused(many).code == "zip_bomb"
    total = put(tmp_path, "t.zip", zipped({"a.csv": b"a,b\n1,2\n" * 100}))
    assert refused(total, limits=Limits(max_unpacked_bytes=500)).code == "zip_bomb"
    lying = bytearray(zipped({"a.csv": b"a,b\n1,2\n" * 1000}))
    struct.pack_into("<I", lying, lying.index(b"PK\x01\x02") + 24, 20)
    assert refused(put(tmp_path, "l.zip", bytes(lying))).code == "damaged"


def test_size_limit(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "a,b\n1,2\n")
    assert refused(path, limits=Limits(max_bytes=5)).facts == {"size": 8, "limit": 5}


def test_data_package(tmp_path: Path) -> None:
    package = b'{"name": "p", "resources": [{"name": "organization", "path": "csv/orgs.csv"}, {"name": "x", "path": "x.csv"}]}'
    csv_text = b"id,name\n1,Able\n"
    path = put(tmp_path, "p.zip", zipped({"top/datapackage.json": package, "top/csv/orgs.csv": csv_text}))
    found = read(path)
    assert [(table.name, table.resource) for table in found.tables] == [("orgs.csv", "organization")]
    assert [notice.code for notice in found.warnings] == ["resource_missing"]
    assert values(path, found.table("organization")) == [("1", "Able")]
    sources = [
        (put(tmp_path, "datapackage.json", package), "datapackage.json"),
        (put(tmp_path, "orgs.csv", csv_text), "orgs.csv"),
    ]
    alone, orgs = recognise_many(sources)
    assert alone.tables == ()
    assert orgs.tables[0].resource == "organization"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('{"id": "1", "name": "Able", "services": [{"id": "2"}]}', 1),
        ('[{"id": "1"}, {"id": "2", "open": true, "nothing": null, "list": [1]}]', 2),
        ('{"total_items": 2, "contents": [{"id": "1"}, {"id": "2"}]}', 2),
        ('{"id": "1"}\n{"id": "2"}\n', 2),
    ],
)
def test_json(tmp_path: Path, text: str, count: int) -> None:
    path = put(tmp_path, "a.json", text)
    table = only(path)
    assert table.choice.kind == "json"
    assert len(json_records(path)) == count
    found = list(rows(path, table.choice))
    assert [row.number for row in found] == list(range(1, count + 1))
    assert found[0].values[0] == "1"
    if "open" in text:
        assert found[1].values == ("2", "TRUE", "", "[1]")


def test_named_lists_and_bad_json(tmp_path: Path) -> None:
    path = put(tmp_path, "tabular.json", '{"a.csv": [{"id": 1}], "b.csv": [{"id": 2}, {"id": 3}]}')
    assert [(table.name, table.row_count) for table in read(path).tables] == [("a.csv", 1), ("b.csv", 2)]
    assert json_records(path, name="b.csv")[1] == {"id": 3}
    bad = refused(put(tmp_path, "bad.json", '[{"id": 1},\n {"id" 2}]'))
    assert (bad.code, bad.facts["line"]) == ("bad_json", 2)
    assert refused(put(tmp_path, "n.json", "[1, 2]".replace("1", "[1]"))).code == "json_shape"
    limits = Limits(max_json_bytes=10)
    assert refused(put(tmp_path, "big.json", '[{"id": 1234567}]'), limits=limits).code == "too_big"


def test_nothing_is_written(tmp_path: Path) -> None:
    path = put(tmp_path, "a.zip", zipped({"../../evil.csv": b"a,b\n1,2\n"}))
    before = sorted(tmp_path.rglob("*"))
    found = recognise(path, name="a.zip")
    assert values(path, found.tables[0]) == [("1", "2")]
    assert sorted(tmp_path.rglob("*")) == before
    assert load_workbook(io.BytesIO(workbook({"S": [["a"]]}))).sheetnames == ["S"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}, "wrong_type"),
        ({"ppt/presentation.xml": b"<x/>"}, "wrong_type"),
        ({"META-INF/MANIFEST.MF": b"x"}, "wrong_type"),
        ({"xl/workbook.bin": b"x"}, "not_read_kind"),
        (
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"},
            "not_read_kind",
        ),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, "wrong_type"),
        ({"xl/workbook.xml": b"not xml at all"}, "damaged"),
    ],
)
def test_other_documents_that_are_zips(tmp_path: Path, parts: dict[str, bytes], code: str) -> None:
    assert refused(put(tmp_path, "a.xlsx", zipped(parts))).code == code


def test_entries_that_overlap_or_repeat(tmp_path: Path) -> None:
    made = zipped({"a.csv": b"a,b\n1,2\n", "b.csv": b"a,b\n1,2\n"})
    moved = bytearray(made)
    second = made.rindex(b"PK\x01\x02")
    struct.pack_into("<I", moved, second + 42, 5)
    assert refused(put(tmp_path, "o.zip", bytes(moved))).code in ("zip_bomb", "damaged")
    twice = made.replace(b"b.csv", b"a.csv")
    assert refused(put(tmp_path, "t.zip", twice)).code == "zip_bomb"


def test_lists_without_records_in_an_archive_are_told(tmp_path: Path) -> None:
    path = put(
        tmp_path, "a.zip", zipped({"one.csv": b"a,b\n3,4\n", "n.json": b"[[1]]", "blank.csv": b"\n\n"})
    )
    found = read(path)
    assert [table.name for table in found.tables] == ["one.csv"]
    assert [(notice.code, notice.before) for notice in found.warnings] == [
        ("entry_passed_over", "n.json"),
        ("entry_passed_over", "blank.csv"),
    ]
