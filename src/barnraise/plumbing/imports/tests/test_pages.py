"""The import flow on its pages: every screen, who may open it, and every file that is refused with its sentence."""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from barnraise.plumbing.accounts.services import change_own
from barnraise.plumbing.files.models import File
from barnraise.plumbing.imports.models import Finding, Import
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.plumbing.journal.models import Entry
from barnraise.who.organisations.documents import OrganisationDocument, Place
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.services import change_organisation, register_organisation

MESSY = (
    "Riverbend partner list;;;;;;;;\r\n"
    "Exported by the front desk;;;;;;;;\r\n"
    "Agency;Type;E-Mail;Town;ZIP;Focus area;Staff;Lat;Long\r\n"
    "Café Número Uno;Business;hola@uno.example;Riverbend;08201;food, youth;12;42,8501;-106,3250\r\n"
    "Fundación Niñez;nonprofit;info@ninez.example;Riverbend;08201;youth, health;4;42,8610;-106,3130\r\n"
    "Café Número Uno;Business;hola@uno.example;Riverbend;08201;food, youth;12;42,8501;-106,3250\r\n"
    ";Business;nobody@example.org;;;;;;\r\n"
    "Hardware & Daughters;Bizness;;Riverbend;08201;trade;9;;\r\n"
).encode("cp1252")
MAPPING = {
    "column-0": "name", "column-1": "kind", "column-2": "email", "column-3": "city", "column-4": "postcode",
    "column-5": "sectors", "split-5": ",", "column-6": "employees", "style-6": "point",
    "column-7": "lat", "style-7": "comma", "column-8": "lon", "style-8": "comma",
}  # fmt: skip


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def given(browser, content: bytes = MESSY, name: str = "partners.csv") -> Import:
    answer = browser.post(reverse("imports:start"), {"files": upload(name, content)})
    assert answer.status_code == 302, re.findall(r"<p>.*?</p>", answer.content.decode())
    return Import.objects.latest("pk")


def url(name: str, batch: Import) -> str:
    return reverse(f"imports:{name}", args=[batch.uuid])


def worked() -> None:
    for job in Job.objects.filter(state="waiting").order_by("pk"):
        work(job.pk)


def checked(browser, **kept) -> Import:
    batch = given(browser)
    assert browser.post(url("reading", batch), {"0-encoding": "cp1252"}).url == url("columns", batch)
    assert browser.post(url("columns", batch), {**MAPPING, **kept}).url == url("preview", batch)
    assert browser.post(url("check", batch)).url == url("check", batch)
    worked()
    batch.refresh_from_db()
    return batch


def words(answer) -> str:
    """The text of a page without its tags."""
    said = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(said.replace("&amp;", "&").replace("&#x27;", "'").split())


def test_the_whole_way_of_a_messy_spreadsheet(logged_in, alice):
    browser = logged_in(alice)
    batch = given(browser)
    page = words(browser.get(url("reading", batch)))
    assert "Text table · 5 rows · 9 columns · separated by semicolons" in page
    assert "Which of these reads well?" in page
    assert "Western European (Windows)" in page
    assert "1 Left out Riverbend partner list" in page
    assert "3 Headings Agency" in page
    browser.post(url("reading", batch), {"0-encoding": "cp1252"})
    page = words(browser.get(url("columns", batch)))
    assert "Fundación Niñez" in page
    assert "Sure by its heading" in page
    browser.post(url("columns", batch), MAPPING)
    page = words(browser.get(url("preview", batch)))
    assert "Café Número Uno Row 4 Kind Business" in page
    assert "2 of the first rows would be refused" in page
    assert "Row 7, Agency : Name is missing." in page
    assert Organisation.objects.count() == 0
    browser.post(url("check", batch))
    waiting = browser.get(url("check", batch))
    assert "Looking at every row" in words(waiting)
    assert f'hx-get="{url("progress", batch)}"' in waiting.content.decode()
    assert "Waiting for a free worker" in words(browser.get(url("progress", batch)))
    worked()
    page = browser.get(url("progress", batch))
    assert (page["HX-Retarget"], page["HX-Reselect"]) == ("#main", "#main")
    assert "Import 2 rows" in words(page)
    assert "3 refused rows are left out." in words(page)
    assert Organisation.objects.count() == 0
    browser.post(url("run", batch))
    worked()
    page = words(browser.get(url("one", batch)))
    assert "Taken in" in page
    assert "Undo this import" in page
    found = Organisation.objects.order_by("name").values_list(
        "name", "kind", "addresses__postcode", "employees"
    )
    assert list(found) == [
        ("Café Número Uno", "business", "08201", 12),
        ("Fundación Niñez", "nonprofit", "08201", 4),
    ]
    assert "2 records it created are removed." in words(browser.get(url("undo", batch)))
    browser.post(url("undo", batch))
    assert Organisation.objects.count() == 0
    page = words(browser.get(url("one", batch)))
    assert "What this import did was taken back, all of it." in page


def test_refused_rows_are_told_with_row_column_value_and_reason_and_as_csv(logged_in, alice):
    browser = logged_in(alice)
    batch = checked(browser)
    page = words(browser.get(url("check", batch) + "?show=refused"))
    assert "Row 7 Column Agency" in page or "7 Agency – Name is missing." in page
    assert "The same record stands in row 4 already." in page
    answer = browser.get(reverse("imports:findings_csv", args=[batch.uuid, "check", "refused"]))
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    kinds = "Business, Nonprofit, Public body, School, Faith community, Grassroots group, Health provider, Funder, Media, Other"
    assert lines == [
        ["Agency", "Type", "E-Mail", "Town", "ZIP", "Focus area", "Staff", "Lat", "Long",
         "Refused: row", "Refused: column", "Refused: reason"],
        ["Café Número Uno", "Business", "hola@uno.example", "Riverbend", "08201", "food, youth", "12", "42,8501",
         "-106,3250", "6", "", "The same record stands in row 4 already."],
        ["", "Business", "nobody@example.org", "", "", "", "", "", "", "7", "Agency", "Name is missing."],
        ["Hardware & Daughters", "Bizness", "", "Riverbend", "08201", "trade", "9", "", "",
         "8", "Type", f"“Bizness” is not one of: {kinds}."],
    ]  # fmt: skip


def test_refused_rows_are_mended_and_given_again_with_the_mapping_they_had(logged_in, alice):
    browser = logged_in(alice)
    batch = checked(browser)
    browser.post(url("run", batch))
    worked()
    answer = browser.get(reverse("imports:findings_csv", args=[batch.uuid, "run", "refused"]))
    mended = b"".join(answer.streaming_content).replace(b"Bizness", b"Business")
    again = given(browser, mended, "mended.csv")
    page = browser.get(url("columns", again))
    assert "A table with most of these headings was mapped before; its choices are set." in words(page)
    form = page.context["form"]
    assert [form[f"column-{at}"].value() for at in range(12)] == [
        "name", "kind", "email", "city", "postcode", "sectors", "employees", "lat", "lon", "", "", "",
    ]  # fmt: skip
    sent = {name: form[name].value() for name in form.fields if not name.startswith("repair")}
    assert browser.post(url("columns", again), sent).url == url("preview", again)
    browser.post(url("run", again))
    worked()
    found = Organisation.objects.get(name="Hardware & Daughters")
    assert (found.kind, found.employees) == ("business", 9)
    assert Organisation.objects.count() == 3


def test_refused_rows_say_why_in_the_readers_language(logged_in, alice):
    browser = logged_in(alice)
    batch = checked(browser)
    change_own(account=alice, name=alice.name, language="es", theme="auto", by=alice)
    answer = browser.get(reverse("imports:findings_csv", args=[batch.uuid, "check", "refused"]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Rechazada: motivo" in text.splitlines()[0]
    assert "Falta Nombre." in text


def test_the_mapping_is_remembered_for_the_same_headings(logged_in, alice):
    browser = logged_in(alice)
    checked(browser, **{"column-3": ""})
    again = given(browser)
    browser.post(url("reading", again), {"0-encoding": "cp1252"})
    page = browser.get(url("columns", again))
    assert "These headings were mapped before; the same choices are set." in words(page)
    assert page.context["form"]["column-3"].value() == ""
    assert page.context["form"]["column-4"].value() == "postcode"


def test_how_a_blank_column_is_read_is_not_remembered_but_seen_when_something_stands_there(logged_in, alice):
    browser, head = logged_in(alice), b"Name,Focus area,Staff\n"
    mapping = {"column-0": "name", "column-1": "sectors", "split-1": "", "column-2": "employees"}
    batch = given(browser, head + b"Mill Street Pantry,,\nOak Club,,\n")
    assert browser.post(url("columns", batch), mapping).url == url("preview", batch)
    form = browser.get(url("columns", batch)).context["form"]
    assert (form["split-1"].value(), form["style-2"].value()) == ("", "point")

    again = given(browser, head + b'Elm House,food; youth,"1.200,5"\nAsh House,food; health,"3,5"\n')
    page = browser.get(url("columns", again))
    assert "These headings were mapped before; the same choices are set." in words(page)
    form = page.context["form"]
    assert (form["column-1"].value(), form["split-1"].value()) == ("sectors", ";")
    assert form["style-2"].value() == "comma"

    chosen = mapping | {"split-1": ",", "style-2": "point"}
    assert browser.post(url("columns", again), chosen).url == url("preview", again)
    last = given(browser, head + b"Fir House,food; youth,12\n")
    assert browser.get(url("columns", last)).context["form"]["split-1"].value() == ","


def test_a_mapping_without_a_name_is_refused_and_not_kept(logged_in, alice):
    browser = logged_in(alice)
    batch = given(browser)
    browser.post(url("reading", batch), {"0-encoding": "cp1252"})
    answer = browser.post(url("columns", batch), {"column-1": "kind"})
    assert answer.status_code == 422
    assert "Choose the column that holds Name." in words(answer)
    twice = browser.post(url("columns", batch), {"column-0": "name", "column-1": "city", "column-3": "city"})
    assert "City takes one column; it is chosen more than once." in words(twice)
    batch.refresh_from_db()
    assert (batch.mapping, batch.state) == ({}, "given")


def test_the_dry_run_waits_for_the_encoding_to_be_chosen(logged_in, alice):
    browser = logged_in(alice)
    batch = given(browser)
    browser.post(url("columns", batch), MAPPING)
    answer = browser.post(url("check", batch), follow=True)
    assert "The encoding of “partners.csv” is not certain: choose the one that reads well." in words(answer)
    batch.refresh_from_db()
    assert (batch.state, Job.objects.count()) == ("mapped", 0)


def test_another_header_row_and_a_wrong_encoding(logged_in, alice):
    browser = logged_in(alice)
    batch = given(browser)
    browser.post(url("reading", batch), {"0-encoding": "cp1252", "0-header_row": "4", "again": "1"})
    assert "4 Headings Café Número Uno" in words(browser.get(url("reading", batch)))
    before = batch.files.get().choices
    answer = browser.post(url("reading", batch), {"0-encoding": "utf-8", "0-header_row": "4"})
    assert answer.status_code == 422
    assert "The text does not fit the encoding utf-8" in words(answer)
    assert "Choose another encoding; the samples show which one reads well." in words(answer)
    assert batch.files.get().choices == before


def test_a_likely_duplicate_is_decided_by_a_person(logged_in, alice):
    there = register_organisation(
        OrganisationDocument(
            name="Cafe Numero Uno", addresses=(Place(kind="physical", city="Riverbend", postcode="08201"),)
        ),
        by=alice,
    )
    browser = logged_in(alice)
    batch = checked(browser)
    page = browser.get(url("check", batch) + "?show=match")
    assert "In the file, row 4 Café Número Uno" in words(page)
    assert "There already Cafe Numero Uno" in words(page)
    asked = Finding.objects.get(batch=batch, kind="match")
    strange = browser.post(
        url("decide", batch), {"question": asked.pk, "choice": str(there.pk + 999)}, follow=True
    )
    assert "Choose one of the records that were offered for this row." in words(strange)
    answer = browser.post(
        url("decide", batch), {"question": asked.pk, "choice": there.pk}, headers={"HX-Request": "true"}
    )
    assert 'aria-pressed="true"' in answer.content.decode()
    assert Import.objects.get(pk=batch.pk).decisions == {"4 partners.csv": there.pk}
    browser.post(url("run", batch))
    worked()
    assert Organisation.objects.count() == 2
    assert Organisation.objects.get(pk=there.pk).employees == 12


def test_what_a_person_changed_since_is_kept_by_the_undo(logged_in, alice, bob):
    browser = logged_in(alice)
    batch = checked(browser)
    browser.post(url("run", batch))
    worked()
    changed = Organisation.objects.get(name="Fundación Niñez")
    change_organisation(changed, by=bob, mission="Children first")
    browser.post(url("undo", batch))
    page = words(browser.get(url("one", batch)))
    assert "Kept by the undo" in page
    assert "Fundación Niñez" in page
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Fundación Niñez"]


def test_stopping_the_dry_run_and_going_on_later(logged_in, alice):
    browser = logged_in(alice)
    batch = given(browser)
    browser.post(url("reading", batch), {"0-encoding": "cp1252"})
    browser.post(url("columns", batch), MAPPING)
    browser.post(url("check", batch))
    browser.post(url("cancel", batch))
    batch.refresh_from_db()
    assert batch.state == "mapped"
    listed = browser.get(reverse("imports:list"))
    assert batch.get_absolute_url() in listed.content.decode()
    assert browser.get(batch.get_absolute_url()).url == url("check", batch)
    assert browser.get(url("columns", batch)).status_code == 200


def test_a_finished_import_cannot_be_changed_by_going_back(logged_in, alice):
    browser = logged_in(alice)
    batch = checked(browser)
    browser.post(url("run", batch))
    worked()
    for name in ("reading", "columns", "preview", "check"):
        assert browser.get(url(name, batch)).url == url("one", batch)
    count = Organisation.objects.count()
    answer = browser.post(url("run", batch), follow=True)
    assert "This import is over. Give the files again to take them in once more." in words(answer)
    worked()
    assert Organisation.objects.count() == count


def test_the_same_file_again_changes_nothing_and_says_so(logged_in, alice):
    browser = logged_in(alice)
    browser.post(url("run", checked(browser)))
    worked()
    entries = Organisation.objects.order_by("pk").values_list("pk", "updated_at")
    before = list(entries)
    again = checked(browser)
    page = words(browser.get(url("check", again)))
    assert "importing them would change nothing" in page
    browser.post(url("run", again))
    worked()
    assert list(entries.all()) == before


def test_who_may_not_take_files_in_sees_no_screen_and_writes_nothing(logged_in, alice, bob, vera, petra):
    batch = checked(logged_in(alice))
    before = (Import.objects.count(), File.objects.count(), Entry.objects.count())
    for account, refused in ((bob, 403), (vera, 403), (petra, 403), (None, 302)):
        browser = logged_in(account)
        assert browser.get(reverse("imports:start")).status_code == refused
        assert (
            browser.post(reverse("imports:start"), {"files": upload("a.csv", MESSY)}).status_code == refused
        )
        for name in ("check", "run", "cancel", "decide", "series", "undo", "format", "columns", "reading"):
            assert browser.post(url(name, batch)).status_code == refused
    for account in (bob, vera):
        page = logged_in(account).get(reverse("imports:list"))
        assert page.status_code == 200
        assert reverse("imports:start") not in page.content.decode()
        assert logged_in(account).get(batch.get_absolute_url()).status_code == 200
    assert (Import.objects.count(), File.objects.count(), Entry.objects.count()) == before
    batch.refresh_from_db()
    assert batch.state == "checked"


def test_the_empty_table_maps_itself(logged_in, alice):
    browser = logged_in(alice)
    answer = browser.get(reverse("imports:template", args=["organisations"]))
    heads = answer.content.decode().splitlines()[0]
    cells = ["Mill Street Pantry", *[""] * heads.count(",")]
    batch = given(browser, (heads + "\n" + ",".join(cells) + "\n").encode())
    assert browser.get(url("columns", batch)).context["form"]["column-0"].value() == "name"


def workbook(width: int = 3) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append([f"Heading {number}" for number in range(width)])
    sheet.append(["x"] * width)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_entry(archive: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO(archive)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("rows.csv", b"a,b\n" + b"0" * (64 << 20))
    return out.getvalue()


def locked_zip() -> bytes:
    made = bytearray(zip_of("rows.csv", b"a,b\n1,2\n"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.index(mark) + place
        struct.pack_into("<H", made, at, struct.unpack_from("<H", made, at)[0] | 1)
    return bytes(made)


def zip_of(name: str, content: bytes) -> bytes:
    return with_entry(b"PK\x05\x06" + bytes(18), name, content)


WIDE = ",".join(f"c{number}" for number in range(100_000)).encode() + b"\n1,2\n"
REFUSED = [
    ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "photo.csv: This is "),
    ("report.xlsx", b"%PDF-1.7\n" + b"x" * 300, "report.xlsx: This is "),
    ("locked.zip", locked_zip(), "is protected by a password. Open it with the password, save a copy without one,"),
    ("cut.xlsx", workbook()[:-900], "The file “cut.xlsx” is damaged or was cut off"),
    ("bomb.zip", bomb(), "The archive is not safe to unpack: "),
    ("macros.xlsx", with_entry(workbook(), "xl/vbaProject.bin", b"x"),
     "macros.xlsx: The workbook holds macros (small programs). Open it and save it"),
    ("wide.csv", WIDE, "at most 2000 are read. Keep the columns you need."),
    ("empty.csv", b"", "empty.csv: The file is empty. Export it again from where it came from, and check that it has rows."),
    ("open.csv", b'a,b\n1,2\n"3,4\n5,6\n', "From row 3 on a quotation mark is not closed"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED, ids=[one[0] for one in REFUSED])
def test_files_that_cannot_be_read_are_refused_with_what_is_wrong_and_what_to_do(
    logged_in, alice, name, content, sentence
):
    browser = logged_in(alice)
    answer = browser.post(reverse("imports:start"), {"files": upload(name, content)})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert (
        Import.objects.count()
        == File.objects.count()
        == Entry.objects.count()
        == Finding.objects.count()
        == 0
    )


def test_a_refusal_is_wholly_in_spanish(logged_in, alice):
    change_own(account=alice, name=alice.name, language="es", theme="auto", by=alice)
    browser = logged_in(alice)
    for name, content, sentence in (
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "photo.csv: Esto es una imagen PNG, no una tabla."),
        ("bomb.zip", bomb(), "El archivo comprimido no se puede abrir sin riesgo: «rows.csv» crece"),
        ("cut.xlsx", workbook()[:-900], "está dañado o cortado: le falta el final."),
        ("in.zip", zip_of("a.zip", zip_of("a.csv", b"x")), "contiene otro archivo comprimido, «a.zip»."),
    ):
        answer = browser.post(reverse("imports:start"), {"files": upload(name, content)})
        assert sentence in words(answer)


def test_one_bad_file_of_several_refuses_all(logged_in, alice):
    browser = logged_in(alice)
    files = [upload("good.csv", b"Name\nMill Street Pantry\n"), upload("bad.zip", bomb())]
    answer = browser.post(reverse("imports:start"), {"files": files})
    assert answer.status_code == 422
    assert "bad.zip: The archive is not safe to unpack: “rows.csv” grows" in words(answer)
    assert Import.objects.count() == File.objects.count() == 0


def test_giving_nothing_is_answered_at_the_field(logged_in, alice):
    answer = logged_in(alice).post(reverse("imports:start"), {})
    assert answer.status_code == 422
    assert "This field is required." in words(answer)


def test_the_list_costs_the_same_for_many(logged_in, alice, django_assert_max_num_queries):
    browser = logged_in(alice)
    for number in range(6):
        given(browser, f"Name,Town\nPantry {number},Riverbend\n".encode())
    with django_assert_max_num_queries(20):
        page = browser.get(reverse("imports:list") + "?state=given")
    assert words(page).count("partners.csv") == 6


def test_recent_imports_stand_on_today_and_in_the_palette(logged_in, alice, vera):
    browser = logged_in(alice)
    batch = given(browser)
    assert batch.get_absolute_url() in browser.get("/").content.decode()
    assert reverse("imports:start") in browser.get("/palette?q=spreadsheet").content.decode()
    assert reverse("imports:start") not in logged_in(vera).get("/palette?q=spreadsheet").content.decode()
