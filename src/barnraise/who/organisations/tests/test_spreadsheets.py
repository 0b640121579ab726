"""The team's own spreadsheets: messy files by mapping, files that cannot be read, likely duplicates."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from django.urls import reverse

from barnraise.plumbing.files.models import File
from barnraise.plumbing.imports import services
from barnraise.plumbing.imports.models import Finding, Import
from barnraise.plumbing.jobs.services import follow
from barnraise.plumbing.profile.services import change_installation
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.selectors import one

from .importing import command, everything, refused

pytestmark = pytest.mark.django_db


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def names():
    return list(Organisation.objects.order_by("pk").values_list("name", flat=True))


def test_columns_are_suggested_from_the_header(tmp_path, capsys):
    file = write(
        tmp_path / "partners.csv",
        "Organization;Type;ZIP;EIN;Email;Phone;Tags\r\n"
        "Peña Café;business;02134;012345678;hi@example.org, two@example.org;307-555-0100;food, youth\r\n"
        "River Library;Public body;82001;;;;\r\n",
    )
    found = command(capsys, "import", file)
    assert (found["kind"], found["rows"], found["created"], found["refused"]) == (
        "organisations", 2, {"organisations": 2}, [],
    )  # fmt: skip
    cafe = one(Organisation.objects.get(name="Peña Café").uuid)
    assert (cafe.kind, cafe.addresses.get().postcode, cafe.identifiers.get().value) == (
        "business",
        "02134",
        "012345678",
    )
    assert sorted(c.value for c in cafe.contact_points.all()) == [
        "+13075550100",
        "hi@example.org",
        "two@example.org",
    ]
    assert Organisation.objects.get(name="River Library").kind == "public_body"
    before = everything()
    again = command(capsys, "import", file)
    assert (again["unchanged"], again["created"], again["proposed_matches"]) == (2, {"organisations": 0}, 0)
    assert everything() == before


def test_a_mapping_of_ones_own(tmp_path, capsys):
    file = write(tmp_path / "x.tsv", "A\tB\tC\nOne\tCasper\t1.234,50\nTwo\t\t\n")
    mapping = write(
        tmp_path / "map.json",
        json.dumps(
            {"columns": {"A": "name", "B": {"field": "city"}, "C": {"field": "income", "style": "comma"}}}
        ),
    )
    found = command(capsys, "import", file, "--kind", "organisations", "--map", mapping)
    assert found["created"] == {"organisations": 2}
    first = Organisation.objects.get(name="One")
    assert (first.city, first.income_amount) == ("Casper", 123450)
    assert Organisation.objects.get(name="Two").income_amount is None


@pytest.mark.parametrize(
    ("text", "encoding", "options"),
    [
        ("Name,City\rPeña,León\rTwo,Cody\r", "utf-8", ()),
        ("Name,City\r\nPeña,León\r\nTwo,Cody\r\n", "cp1252", ("--encoding", "cp1252")),
        ("Name,City\nPeña,León\nTwo,Cody\n", "utf-16-le", ()),
        ("Our partners\n\nName,City\nPeña,León\nTwo,Cody\n", "utf-8-sig", ()),
    ],
)
def test_line_ends_encodings_and_titles(tmp_path, capsys, text, encoding, options):
    command(capsys, "import", write(tmp_path / "x.csv", text, encoding), *options)
    assert names() == ["Peña", "Two"]
    assert Organisation.objects.get(name="Peña").city == "León"


def test_an_uncertain_encoding_has_to_be_chosen(tmp_path, capsys):
    file = write(tmp_path / "x.csv", "Name,City\r\nPeña,León\r\n", "cp1252")
    no = refused(capsys, "import", file)
    assert no["error"] == "The encoding of “x.csv” is not certain: choose the one that reads well."
    assert names() == []


def test_a_workbook_with_two_header_rows_and_zeros_shown_by_format(tmp_path, capsys):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Organisation", "City", "ZIP"])
    sheet.append(["Response", "Open-Ended Response", "Open-Ended Response"])
    sheet.append(["One", "Casper", 2134])
    sheet["C3"].number_format = "00000"
    book.save(tmp_path / "x.xlsx")
    command(capsys, "import", tmp_path / "x.xlsx")
    at = Organisation.objects.get(name="One").addresses.get()
    assert (at.city, at.postcode) == ("Casper", "02134")


def test_refusals_name_the_person_s_own_column(tmp_path, capsys):
    file = write(
        tmp_path / "x.csv",
        "Partner,Kind of it,Founded,Mail\nOne,martian,1990,\n,business,1990,\nTwo,business,soon,\nThree,,,nobody\n",
    )
    mapping = write(
        tmp_path / "m.json",
        json.dumps({"Partner": "name", "Kind of it": "kind", "Founded": "founded_year", "Mail": "email"}),
    )
    found = command(capsys, "import", file, "--map", mapping)
    assert [(r["row"], r["column"]) for r in found["refused"]] == [
        (2, "Kind of it"), (3, "Partner"), (4, "Founded"), (5, "Mail"),
    ]  # fmt: skip
    assert found["refused"][2]["reason"] == "“soon” is not a number."
    assert (
        found["refused"][3]["reason"] == "This is not an e-mail address; it needs a name, an @ and a domain."
    )
    assert names() == []


def _encrypted(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "Name\nOne\n")
    raw = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + place] |= 1
    path.write_bytes(raw)


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (40 * 1024 * 1024))


def _cut(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "Name\n" + "One\n" * 5000)
    path.write_bytes(path.read_bytes()[:-40])


def _macros(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/vbaProject.bin", "x")


@pytest.mark.parametrize(
    ("make", "error", "mend"),
    [
        (lambda p: p.write_bytes(b""), "The file is empty.", "Export it again from where it came from, and check that it has rows."),
        (lambda p: p.write_bytes(b"%PDF-1.7\n\x00\xff"), "This is a PDF document, not a table.",
         "Save or export the rows as CSV or as an Excel workbook (.xlsx), and give that file."),
        (_encrypted, "The file “a.csv” is protected by a password.",
         "Open it with the password, save a copy without one, and give that copy."),
        (_bomb, "The archive is not safe to unpack: “a.csv” grows 1024 times when unpacked.",
         "Unpack the archive, and give the files themselves."),
        (_cut, "The file “x.csv” is damaged or was cut off: its end is missing.",
         "Download or export it again. If it stays so, ask the sender for a new copy."),
        (_macros, "The workbook holds macros (small programs).",
         "Open it and save it as a workbook without macros (.xlsx) or as CSV."),
        (lambda p: p.write_text(",".join(f"c{n}" for n in range(100_000)) + "\n1\n"),
         "The table has 100000 columns or more; at most 2000 are read.",
         "Keep the columns you need. Often a sheet turned by 90 degrees is the cause."),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read_say_what_to_do(tmp_path, capsys, make, error, mend):
    file = tmp_path / "x.csv"
    make(file)
    no = refused(capsys, "import", file)
    assert no["error"].startswith(error.split(" grows ")[0])
    assert no["mend"] == mend
    assert (Import.objects.count(), File.objects.count(), names()) == (0, 0, [])


def test_a_row_that_cannot_be_read_far_below_leaves_nothing(tmp_path, capsys):
    rows = "".join(f"Partner {n},Casper\n" for n in range(3000))
    file = tmp_path / "x.csv"
    file.write_bytes(f"Name,City\n{rows}".encode() + "Peña,X\n".encode("cp1252") + b"Last,Cody\n")
    no = refused(capsys, "import", file, "--encoding", "utf-8")
    assert no["error"].startswith("The text does not fit the encoding")
    assert names() == []


def test_what_was_written_is_taken_back_when_reading_fails_later(
    tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    from barnraise.foundation.tabular import UnreadableFile
    from barnraise.plumbing.imports.services import run

    file = write(tmp_path / "x.csv", "Name,City\n" + "".join(f"Partner {n},Casper\n" for n in range(250)))
    with file.open("rb") as given:
        batch = services.give(files=[given], by=None)
    batch = services.set_mapping(
        batch=batch, mapping={"columns": {"Name": {"field": "name"}, "City": {"field": "city"}}}, by=None
    )
    plain = run.records

    def broken(batch, sources, *, start_after=0):
        for number, one_record in enumerate(plain(batch, sources, start_after=start_after)):
            if number == 150:
                raise UnreadableFile("wrong_encoding", encoding="utf-8", row=151, line=151)
            yield one_record

    monkeypatch.setattr(run, "records", broken)
    monkeypatch.setattr(run, "STEP", 100)
    job = services.start_run(batch=batch, by=None)
    follow(job=job)
    batch.refresh_from_db()
    job.refresh_from_db()
    assert (batch.state, job.state, batch.error) == ("failed", "failed", "wrong_encoding")
    assert job.error.startswith(
        "The text does not fit the encoding utf-8: row 151 (line 151) cannot be read with it."
    )
    assert names() == []
    assert everything() == {"organisations": {}, "search": [], "listings": []}


def test_a_common_name_never_merges(tmp_path, capsys):
    command(capsys, "import", write(tmp_path / "a.csv", "Name,City,Id\nLions Club,Casper,1\n"))
    found = command(
        capsys,
        "import",
        write(tmp_path / "b.csv", "Name,City,Email\nLions Club,Cody,x@example.org\nLions Club,Lander,\n"),
    )
    assert found["created"] == {"organisations": 2}
    assert names() == ["Lions Club"] * 3


def test_a_namesake_without_a_city_on_either_side_is_proposed(tmp_path, capsys):
    command(capsys, "import", write(tmp_path / "a.csv", "Name,City\nElmwood Partners,\nLions Club,Casper\n"))
    file = write(
        tmp_path / "b.csv", "Name,City,Email\nElmwood Partners,Elmwood,us@example.org\nLions Club,,\n"
    )
    found = command(capsys, "import", file, "--dry-run")
    assert (found["created"], found["proposed_matches"]) == ({"organisations": 2}, 2)
    reasons = set(
        Finding.objects.filter(batch=found["import"], kind="match").values_list("reason", flat=True)
    )
    assert reasons == {"The same name, and no city that tells them apart."}


def test_a_likely_duplicate_is_proposed_and_a_person_decides(tmp_path, capsys):
    command(capsys, "import", write(tmp_path / "a.csv", "Name,City,Id\nLions Club,Casper,1\n"))
    existing = Organisation.objects.get()
    file = write(tmp_path / "b.csv", "Name,City,Website\nLions Club,Casper,lions.example.org\n")
    found = command(capsys, "import", file, "--dry-run")
    assert (found["created"], found["proposed_matches"]) == ({"organisations": 1}, 1)
    match = Finding.objects.get(batch=found["import"], kind="match")
    assert (match.key, match.reason, match.details) == (
        existing.pk,
        "The same name in %(city)s.",
        {"city": "Casper"},
    )
    batch = Import.objects.get(pk=found["import"])
    services.decide(batch=batch, row=2, table="b.csv", choice=existing.pk, by=None)
    batch.refresh_from_db()
    follow(job=services.start_run(batch=batch, by=None))
    assert names() == ["Lions Club"]
    assert existing.contact_points.get().value == "https://lions.example.org/"


def test_two_rows_of_one_name_and_place_are_two_when_they_differ(tmp_path, capsys):
    file = write(
        tmp_path / "a.csv",
        "Name,City,Phone\nRotary,Cody,307-555-0100\nRotary,Cody,307-555-0101\nRotary,Cody,307-555-0100\n",
    )
    found = command(capsys, "import", file)
    assert (found["created"], [r["row"] for r in found["refused"]]) == ({"organisations": 2}, [4])
    again = command(capsys, "import", file)
    assert (again["created"], again["unchanged"]) == ({"organisations": 0}, 2)


def test_of_two_imports_one_waits_for_the_other(tmp_path):
    files = [write(tmp_path / f"{n}.csv", "Name,City\nRotary,Cody\n") for n in "ab"]
    batches = []
    for file in files:
        with file.open("rb") as given:
            batch = services.give(files=[given], by=None)
        mapping = {"columns": {"Name": {"field": "name"}, "City": {"field": "city"}}}
        batches.append(services.set_mapping(batch=batch, mapping=mapping, by=None))
    first = services.start_run(batch=batches[0], by=None)
    assert services.start_run(batch=batches[1], by=None) is None
    assert batches[1].state == "queued"
    follow(job=first)
    batches[1].refresh_from_db()
    assert batches[1].state == "running"
    from barnraise.plumbing.imports.selectors import job_of

    follow(job=job_of(batches[1]))
    batches[1].refresh_from_db()
    assert (batches[1].state, batches[1].unchanged, names()) == ("done", 1, ["Rotary"])


def test_a_cancelled_run_is_taken_back(tmp_path, monkeypatch):
    from barnraise.plumbing.imports.services import run
    from barnraise.plumbing.jobs.services import lease
    from barnraise.plumbing.jobs.services.work import _step

    monkeypatch.setattr(run, "STEP", 10)
    file = write(tmp_path / "x.csv", "Name,City\n" + "".join(f"Partner {n},Casper\n" for n in range(50)))
    with file.open("rb") as given:
        batch = services.give(files=[given], by=None)
    mapping = {"columns": {"Name": {"field": "name"}, "City": {"field": "city"}}}
    batch = services.set_mapping(batch=batch, mapping=mapping, by=None)
    job = services.start_run(batch=batch, by=None)
    token = lease.claim(job.pk)
    for _ in range(4):
        assert _step(job.pk, token) == ""
    assert len(names()) == 20
    services.cancel(batch=batch, by=None)
    assert _step(job.pk, token) == "over"
    batch.refresh_from_db()
    assert (batch.state, names()) == ("cancelled", [])
    assert everything() == {"organisations": {}, "search": [], "listings": []}


def test_export_writes_what_can_be_read_again(tmp_path, capsys):
    command(capsys, "import", write(tmp_path / "a.csv", "Name,City,EIN\nOne,Casper,012345678\n=cmd,Cody,\n"))
    out = tmp_path / "out.csv"
    told = command(capsys, "export", "organisations", "--format", "csv", "-o", out)
    assert told == {"noun": "organisations", "format": "csv", "file": str(out), "rows": 2}
    text = out.read_text(encoding="utf-8")
    assert "012345678" in text
    assert ",'=cmd," in text
    command(capsys, "export", "organisations", "--format", "json", "-o", tmp_path / "out.json")
    assert [row["name"] for row in json.loads((tmp_path / "out.json").read_text())] == ["One", "=cmd"]
    assert (
        command(capsys, "export", "communities", "--format", "json", "-o", tmp_path / "c.json")["rows"] == 0
    )


def test_headings_that_programs_write_as_one_word_are_understood(tmp_path, capsys):
    file = write(
        tmp_path / "export.csv",
        "OrganizationName,MailingAddress1,MailingCity,postal_code,YearFounded\nOak,1 Elm St,Casper,08201,1998\n",
    )
    command(capsys, "import", file)
    oak = Organisation.objects.get()
    at = oak.addresses.get()
    assert (oak.name, at.lines, at.city, at.postcode, oak.founded_year) == (
        "Oak",
        "1 Elm St",
        "Casper",
        "08201",
        1998,
    )


@pytest.mark.parametrize(("currency", "minor"), [("USD", 123460), ("JPY", 1235), ("KWD", 1234600)])
def test_money_is_kept_in_the_minor_units_of_the_currency(tmp_path, capsys, currency, minor):
    change_installation(by=None, currency=currency)
    command(capsys, "import", write(tmp_path / "a.csv", "Name,Income\nOak,1234.60\n"))
    oak = Organisation.objects.get()
    assert (oak.income_amount, oak.income_currency) == (minor, currency)
    out = tmp_path / "out.csv"
    command(capsys, "export", "organisations", "-o", out)
    (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    assert row["Yearly income"] == {"USD": "1234.60", "JPY": "1235", "KWD": "1234.600"}[currency]


def test_the_order_of_dates_is_asked_with_samples_where_it_is_not_certain(tmp_path, capsys, logged_in, alice):
    text = "Name,Date closed\nOak,03/04/2021\nElm,05/06/2021\n"
    no = refused(capsys, "import", write(tmp_path / "a.csv", text))
    assert "Say in which order the dates of the column “Date closed” are written." in no["error"]
    assert Organisation.objects.count() == 0
    batch = Import.objects.get()
    browser = logged_in(alice)
    page = browser.get(reverse("imports:columns", args=[batch.uuid])).content.decode()
    assert "Which of these days is meant?" in page
    for day in ("3 April 2021", "4 March 2021"):
        assert day in page
    unanswered = {"column-0": "name", "column-1": "closed_on"}
    answer = browser.post(reverse("imports:columns", args=[batch.uuid]), unanswered)
    assert answer.status_code == 422
    assert "Say in which order day, month and year are written." in answer.content.decode()
    command(capsys, "import", tmp_path / "a.csv", "--date-order", "dmy")
    found = Organisation.objects.order_by("name").values_list("name", "status", "closed_on")
    assert [(name, status, str(day)) for name, status, day in found] == [
        ("Elm", "closed", "2021-06-05"),
        ("Oak", "closed", "2021-04-03"),
    ]
