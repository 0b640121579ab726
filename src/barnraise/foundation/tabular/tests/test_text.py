"""Plain text: encodings, line ends, delimiters, headers, going on after a stop."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barnraise.foundation.tabular import (
    Limits,
    Row,
    RowCursor,
    UnreadableFile,
    choice_from_text,
    choice_text,
    header_signature,
    rows,
    rows_with_cursor,
)

from .making import only, put, read, refused, values


def test_plain_csv(tmp_path: Path) -> None:
    path = put(
        tmp_path, "a.csv", 'EIN,Name,ZIP\r\n010366432,Able Hands,06854\r\n,,\r\n020000001,"Bread, & Co",\r\n'
    )
    table = only(path)
    assert table.names == ("EIN", "Name", "ZIP")
    assert table.choice.encoding == "utf-8"
    assert table.encoding_is_certain
    assert table.line_ends == "crlf"
    assert table.choice.delimiter == ","
    assert table.row_count == 2
    assert table.row_count_is_exact
    found = list(rows(path, table.choice))
    assert found[0] == (2, ("010366432", "Able Hands", "06854"))
    assert found[1] == (4, ("020000001", "Bread, & Co", ""))


@pytest.mark.parametrize(
    ("mark", "encoding"), [("\ufeff", "utf-8"), ("\ufeff", "utf-16-le"), ("", "utf-16-le"), ("", "utf-16-be")]
)
def test_unicode_is_certain(tmp_path: Path, mark: str, encoding: str) -> None:
    path = put(tmp_path, "a.csv", (mark + "Nombre,Ciudad\nJosé Peña,León\n").encode(encoding))
    table = only(path)
    assert table.encoding_is_certain
    assert table.names == ("Nombre", "Ciudad")
    assert values(path, table) == [("José Peña", "León")]


def test_other_bytes_are_asked_about(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "Name,Ort\nJörg Groß,Köln\nAnne,Bonn\n".encode("cp1252"))
    table = only(path)
    assert not table.encoding_is_certain
    assert not read(path).encoding_is_certain
    assert table.choice.encoding == "cp1252"
    offered = {candidate.encoding: candidate.samples for candidate in table.encodings}
    assert {"cp1252", "latin-1", "mac_roman", "cp1250"} <= set(offered)
    assert offered["cp1252"] == ("Jörg Groß,Köln",)
    assert offered["mac_roman"] != offered["cp1252"]
    chosen = only(path, encoding="latin-1")
    assert chosen.encoding_is_certain
    assert values(path, chosen)[0] == ("Jörg Groß", "Köln")


def test_mac_text_is_offered_first(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "Nom,Ville\rAndré Lefèvre,Béziers\rZoé,Nîmes\r".encode("mac_roman"))
    table = only(path)
    assert table.line_ends == "cr"
    assert table.encodings[0].encoding == "mac_roman"
    assert values(path, table) == [("André Lefèvre", "Béziers"), ("Zoé", "Nîmes")]


def test_wrong_encoding_names_the_row(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", b'a,b\n"1\nx",2\n\xe9,4\n')
    refusal = refused(path, encoding="utf-8")
    assert refusal.code == "wrong_encoding"
    assert refusal.facts == {"encoding": "utf-8", "row": 3, "line": 4}
    assert "row 3" in refusal.what
    assert refused(path, encoding="klingon").code == "unknown_encoding"


def test_bare_cr_inside_cells(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", b'a,b\r\n"x\ry",1\r\np\rq,2\r\n')
    table = only(path)
    assert table.line_ends == "mixed"
    assert values(path, table) == [("x\ry", "1"), ("p\rq", "2")]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_delimiters(tmp_path: Path, mark: str) -> None:
    lines = [["name", "town", "amount"], ["A, B", "C; D", "1|2"], ["x", "y", "3,5"]]
    made = io.StringIO()
    csv.writer(made, delimiter=mark).writerows(lines)
    path = put(tmp_path, "a.txt", made.getvalue())
    table = only(path)
    assert table.choice.delimiter == mark
    assert values(path, table) == [tuple(line) for line in lines[1:]]


def test_excel_hint_line(tmp_path: Path) -> None:
    table = only(put(tmp_path, "a.csv", "sep=;\r\na;b\r\n1;2\r\n"))
    assert table.names == ("a", "b")
    assert table.choice.delimiter == ";"
    assert table.choice.header_row == 2


def test_bare_quotes_in_tab_text(tmp_path: Path) -> None:
    body = "id\tname\tnote\n" + "".join(f'{n}\t"Friends of {n}\tx\n' for n in range(9))
    path = put(tmp_path, "a.txt", body)
    table = only(path)
    assert not table.choice.has_quotes
    assert len(values(path, table)) == 9
    assert values(path, table)[0] == ("0", '"Friends of 0', "x")


def test_titles_above_the_header(tmp_path: Path) -> None:
    body = "Partner list,,,\nas of 2026,,,\n,,,\n Name,Kind ,,Name\nA,b,1,c\nD,e,2,f\nG,h,3,i\n"
    table = only(put(tmp_path, "a.csv", body))
    assert table.choice.header_row == 4
    assert table.names == ("Name", "Kind", "Column 3", "Name (2)")
    assert [row.values[0] for row in table.preamble] == ["Partner list", "as of 2026"]
    assert {notice.code for notice in table.warnings} == {"unnamed_columns", "repeated_columns"}
    assert table.samples[0].number == 5


def test_instructions_and_machine_names(tmp_path: Path) -> None:
    body = (
        "INSTRUCTIONS:,,\n,Do this first.,\n,Then do that.,\n,,\n"
        "First Name,Last Name,Home Phone\nFirst_Name__c,Last_Name__c,Home_Phone__c\nAna,Ruiz,555\n"
    )
    table = only(put(tmp_path, "a.csv", body))
    assert (table.choice.header_row, table.choice.header_height) == (5, 2)
    assert table.names == ("First Name", "Last Name", "Home Phone")
    assert table.columns[0].tag == "First_Name__c"
    assert [row.values for row in table.samples] == [("Ana", "Ruiz", "555")]


def test_survey_with_two_header_rows(tmp_path: Path) -> None:
    body = "RespondentID,Seen?,Which?,,Age\n,Response,One,Two,Response\n7,Yes,One,,30\n8,No,,Two,\n"
    table = only(put(tmp_path, "a.csv", body))
    assert (table.choice.header_row, table.choice.header_height) == (1, 2)
    assert table.names == ("RespondentID", "Seen?", "Which?: One", "Which?: Two", "Age")
    assert table.row_count == 2


def test_hashtag_row(tmp_path: Path) -> None:
    table = only(put(tmp_path, "a.csv", "Junk,Junk\nOrg,Reached\n#org,#reached+f\nA,10\n"))
    assert [(column.name, column.tag) for column in table.columns] == [
        ("Org", "#org"),
        ("Reached", "#reached+f"),
    ]
    assert table.row_count == 1


def test_no_header_is_told_and_can_be_said(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "Ana Ruiz,ana@example.org\nBo Lee,bo@example.org\n")
    table = only(path)
    assert table.choice.header_row == 0
    assert table.names == ("Column 1", "Column 2")
    assert [notice.code for notice in table.warnings] == ["no_header"]
    assert len(values(path, table)) == 2
    assert only(path, header_row=1).names == ("Ana Ruiz", "ana@example.org")


def test_rows_that_are_too_long_or_too_short(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "a,b\n1\n1,2,,\n1,2,3\n4,5\n6,7\n")
    table = only(path)
    assert values(path, table) == [("1", ""), ("1", "2"), ("1", "2", "3"), ("4", "5"), ("6", "7")]
    assert [(notice.code, notice.before) for notice in table.warnings] == [("long_rows", "4")]


def test_signature_is_stable() -> None:
    wanted = header_signature(["EIN", "Name"])
    assert wanted == header_signature([" ein ", "NAME", "", " "])
    assert wanted != header_signature(["Name", "EIN"])
    assert len(wanted) == 64


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_going_on_after_a_stop(tmp_path: Path, ends: str) -> None:
    body = "\ufeffa,b\n" + "".join(f'{n},"é\n{n}"\n\n' for n in range(200))
    path = put(tmp_path, "a.csv", body.replace("\n", ends))
    table = only(path)
    whole = list(rows_with_cursor(path, table.choice))
    assert len(whole) == 200
    for place in (0, 1, 57, 199):
        row, cursor = whole[place]
        assert cursor.number == row.number
        assert cursor.offset > 0
        rest = [later for later, _ in whole[place + 1 :]]
        assert [later for later, _ in rows_with_cursor(path, table.choice, start=cursor)] == rest
        assert list(rows(path, table.choice, start_after=row.number)) == rest
    assert [row for row, _ in rows_with_cursor(path, table.choice, start=RowCursor())] == [
        row for row, _ in whole
    ]


def test_a_choice_can_be_kept(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "a;b\n1;2\n")
    choice = only(path).choice
    kept = choice_from_text(choice_text(choice))
    assert kept == choice
    assert [row.values for row in rows(path, kept)] == [("1", "2")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "empty"),
        (b"%PDF-1.7\n", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n", "wrong_type"),
        (b"MZ\x90\x00\x03\x00", "wrong_type"),
        (b"\x7fELF\x02\x01", "wrong_type"),
        (b"<!DOCTYPE html><table></table>", "wrong_type"),
        (b"\x1f\x8b\x08\x00", "not_read_kind"),
        (b"a,b\n1,2\n3,\x004\n", "binary_zeros"),
        (b'a,b\n1,2\n3,"cut off\n4,5\n', "unclosed_quote"),
        (b'a,b\n1,2\n"', "unclosed_quote"),
        (b",".join(b"c%d" % n for n in range(100_000)) + b"\n", "too_many_columns"),
        (b"a,b\n1,2\n" + b"," * 3000 + b"\n", "too_many_columns"),
    ],
)
def test_refusals(tmp_path: Path, content: bytes, code: str) -> None:
    path = put(tmp_path, "list.csv", content)
    refusal = refused(path)
    assert refusal.code == code
    assert refusal.what.endswith(".")
    assert refusal.mend.endswith(".")
    assert path.read_bytes() == content


def test_refusals_name_the_place(tmp_path: Path) -> None:
    assert refused(put(tmp_path, "a.csv", b'a,b\n1,2\n3,"cut\n4,5\n')).facts == {"row": 3}
    assert refused(put(tmp_path, "b.csv", b"a,b\n1,2\n3,\x004\n")).facts == {"line": 3}


def test_a_last_row_that_was_cut_off(tmp_path: Path) -> None:
    cut = only(put(tmp_path, "a.csv", "a,b,c\n1,2,3\n4,5,6\n7,8"))
    assert [notice.code for notice in cut.warnings] == ["last_row_short"]
    assert only(put(tmp_path, "b.csv", "a,b,c\n1,2,3\n4,5,6\n7,8,9")).warnings == ()


def test_a_quote_that_opens_after_recognition(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "a,b\n1,2\n")
    choice = only(path).choice
    path.write_text('a,b\n1,2\n3,"4\n')
    read_before: list[Row] = []
    with pytest.raises(UnreadableFile) as caught:
        read_before.extend(rows(path, choice))
    assert caught.value.code == "unclosed_quote"


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co")), max_size=12)
_CELL = st.one_of(_TEXT, st.sampled_from(["a\nb", "a\r\nb", 'say "x"', "1,5", ";", "\t", "|", "010"]))


@given(
    body=st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=1, max_size=12),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    mark=st.sampled_from([",", "\t", ";", "|"]),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory, body: list[list[str]], encoding: str, mark: str, ends: str
) -> None:
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=mark, lineterminator=ends, quoting=csv.QUOTE_ALL)
    writer.writerow(["identifier", "name", "note"])
    writer.writerows(body)
    path = put(tmp_path_factory.mktemp("trip"), "a.csv", made.getvalue().encode(encoding))
    wished = encoding if encoding.startswith("utf-16-") else None
    table = only(path, delimiter=mark, header_row=1, encoding=wished)
    assert table.names[0].endswith("identifier")
    assert values(path, table) == [tuple(line) for line in body if any(line)]


@given(
    body=st.lists(
        st.lists(st.text("abcxyzäöüéñ 0123456789", min_size=1, max_size=8), min_size=2, max_size=2),
        min_size=1,
        max_size=8,
    ),
    encoding=st.sampled_from(["cp1252", "latin-1", "cp850", "mac_roman"]),
)
def test_round_trip_in_a_chosen_encoding(
    tmp_path_factory: pytest.TempPathFactory, body: list[list[str]], encoding: str
) -> None:
    made = io.StringIO(newline="")
    csv.writer(made, quoting=csv.QUOTE_ALL).writerows([["first", "second"], *body])
    path = put(tmp_path_factory.mktemp("trip"), "a.csv", made.getvalue().encode(encoding))
    table = only(path, encoding=encoding, delimiter=",", header_row=1)
    assert values(path, table) == [tuple(line) for line in body]


@pytest.mark.parametrize("ends", ["\n", "\r"])
def test_a_line_without_end(tmp_path: Path, ends: str) -> None:
    path = put(tmp_path, "a.csv", f"a,b{ends}1,2{ends}3," + "x" * 5000 + ends)
    assert refused(path, limits=Limits(max_line_bytes=1000)).facts == {"row": 3, "limit": 1000}


def test_a_delimiter_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no delimiter"):
        read(put(tmp_path, "a.csv", "a,b\n"), delimiter="::")


def test_long_text_is_counted_by_its_lines(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "a,b\n" + "1,2\n" * 500)
    table = only(path, limits=Limits(count_rows_up_to_bytes=100))
    assert (table.row_count, table.row_count_is_exact) == (500, False)
