"""CSV and XLSX of what is shown: exact values, all matching rows, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from barnraise.plumbing.accounts.models import Account

from .list_of_people import URL, fill, mounted, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(alice, logged_in):
    """A client of the coordinator's, with the list mounted."""
    with mounted(people()):
        yield logged_in(alice)


def lines(response) -> list[list[str]]:
    """The rows of a CSV download."""
    return list(csv.reader(StringIO(response.getvalue().decode("utf-8"))))


def cells(response) -> list[tuple[object, ...]]:
    """The rows of all sheets of an XLSX download."""
    book = load_workbook(BytesIO(response.getvalue()))
    return [row for sheet in book for row in sheet.iter_rows(values_only=True)]


def test_csv_has_every_matching_row_in_order(shown):
    fill(120, role="viewer")
    answer = shown.get(URL + "?export=csv&sort=-name&role=viewer")
    found = lines(answer)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert found[0] == ["Name", "E-mail", "Role", "Seen"]
    assert [line[0] for line in found[1:]] == [f"name {at:05}" for at in reversed(range(120))]
    assert found[1][1:3] == ["p00119@people.test", "Viewer"]


def test_the_file_is_named_by_list_and_day(shown):
    fill(1)
    from django.utils import timezone

    answer = shown.get(URL + "?export=csv")
    assert answer["Content-Disposition"] == f'attachment; filename="test-people-{timezone.localdate()}.csv"'


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|calc", "'+cmd|calc"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("Peña, Ana “x”", "Peña, Ana “x”"),
        ("plain", "plain"),
    ],
)
def test_nothing_is_a_formula(shown, kind, name, written):
    Account.objects.create_user("x@people.test", name=name)
    answer = shown.get(f"{URL}?export={kind}")
    assert (lines(answer) if kind == "csv" else cells(answer))[1][0] == written


def test_xlsx_has_head_and_rows(shown):
    fill(2, role="viewer")
    found = cells(shown.get(URL + "?export=xlsx"))
    assert found[0] == ("Name", "E-mail", "Role", "Seen")
    assert [row[:3] for row in found[1:]] == [
        ("name 00000", "p00000@people.test", "Viewer"),
        ("name 00001", "p00001@people.test", "Viewer"),
    ]


def test_what_cannot_be_printed_is_left_out_and_times_are_the_readers(shown):
    fill(1)
    Account.objects.filter(email__endswith="@people.test").update(name="bell\x07 rung")
    assert cells(shown.get(URL + "?export=xlsx"))[1] == (
        "bell rung",
        "p00000@people.test",
        "Viewer",
        "2026-01-01 12:00:00+00:00",
    )


def test_the_head_is_in_the_readers_language(alice, logged_in):
    from django.utils.translation import gettext_lazy

    from barnraise.plumbing.ui.lists import Column

    Account.objects.filter(pk=alice.pk).update(language="es")
    columns = (Column("name", gettext_lazy("Yes"), lambda row: row.name, sort="name"),)
    with mounted(people(columns=columns, filters=(), bulk=())):
        fill(1)
        head = lines(logged_in(alice).get(URL + "?export=csv"))[0]
    assert head == ["Sí"]


def test_a_workbook_goes_on_in_a_further_sheet(shown, monkeypatch):
    from barnraise.plumbing.ui.lists import export

    monkeypatch.setattr(export, "MOST_XLSX", 3)
    fill(4)
    found = [row[0] for row in cells(shown.get(URL + "?export=xlsx"))]
    assert found == ["Name", "name 00000", "name 00001", "name 00002", "Name", "name 00003"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_is_exported_when_a_filter_cannot_be_read(shown, kind):
    fill(2)
    answer = shown.get(f"{URL}?export={kind}&role=king")
    assert answer.status_code == 302
    assert "export" not in answer["Location"]
