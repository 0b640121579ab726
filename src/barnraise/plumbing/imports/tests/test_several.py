"""Several files, or several sheets, in one import: every row is told by the file it stands in."""

from __future__ import annotations

import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from barnraise.plumbing.imports.models import Finding, Import, RememberedMapping
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.who.organisations.documents import OrganisationDocument, Place
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.services import register_organisation


def given(browser, **files: str | bytes) -> Import:
    """An import of files by name; "__" in a keyword is a dot."""
    uploads = [
        SimpleUploadedFile(name.replace("__", "."), text.encode() if isinstance(text, str) else text)
        for name, text in files.items()
    ]
    answer = browser.post(reverse("imports:start"), {"files": uploads})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.latest("pk")


def url(name: str, batch: Import) -> str:
    return reverse(f"imports:{name}", args=[batch.uuid])


def mapped(browser, batch: Import) -> Import:
    """Map the columns as they are proposed, and make the dry run."""
    form = browser.get(url("columns", batch)).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if not name.startswith("repair")}
    assert browser.post(url("columns", batch), sent).status_code == 302
    browser.post(url("check", batch))
    worked()
    batch.refresh_from_db()
    assert batch.state == "checked"
    return batch


def worked() -> None:
    for job in Job.objects.filter(state="waiting").order_by("pk"):
        work(job.pk)


def words(answer) -> str:
    said = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(said.replace("&amp;", "&").replace("&#x27;", "'").split())


def lions(city: str, by) -> Organisation:
    return register_organisation(
        OrganisationDocument(name="Lions Club", addresses=(Place(kind="physical", city=city),)), by=by
    )


def test_a_decision_holds_for_the_row_of_its_own_file_only(logged_in, alice):
    casper, cody = lions("Casper", alice), lions("Cody", alice)
    browser = logged_in(alice)
    batch = given(
        browser,
        a__csv="Name,City,Website\nLions Club,Casper,casper.example.org\n",
        b__csv="Name,City,Website\nLions Club,Cody,cody.example.org\n",
    )
    mapped(browser, batch)
    page = browser.get(url("check", batch) + "?show=match")
    assert "a.csv , row 2 Lions Club" in words(page)
    assert "b.csv , row 2 Lions Club" in words(page)
    first = Finding.objects.get(batch=batch, kind="match", table="a.csv")
    browser.post(url("decide", batch), {"question": first.pk, "choice": casper.pk})
    batch.refresh_from_db()
    assert batch.decisions == {"2 a.csv": casper.pk}
    browser.post(url("run", batch))
    worked()
    assert [one.value for one in casper.contact_points.all()] == ["https://casper.example.org/"]
    assert not cody.contact_points.exists()
    assert Organisation.objects.count() == 3


def test_findings_and_preview_say_in_which_file_a_row_stands(logged_in, alice):
    browser = logged_in(alice)
    batch = given(browser, a__csv="Name,City\nOak,Casper\n", b__csv="Name,City\n,Cody\nOak,Casper\n")
    mapped(browser, batch)
    preview = words(browser.get(url("preview", batch)))
    assert "Oak a.csv , Row 2" in preview
    assert "b.csv , Row 2, Name : Name is missing." in preview
    page = words(browser.get(url("check", batch) + "?show=refused"))
    assert "b.csv 2 Name – Name is missing." in page
    assert "b.csv 3 – – The same record stands in these files already, in row 2 of one of them." in page
    answer = browser.get(reverse("imports:findings_csv", args=[batch.uuid, "check", "refused"]))
    assert (
        b"".join(answer.streaming_content)
        .decode("utf-8-sig")
        .splitlines()[1]
        .startswith(',Cody,"b.csv, 2",Name,')
    )


def test_files_of_the_same_name_are_told_apart(logged_in, alice):
    browser = logged_in(alice)
    uploads = [
        SimpleUploadedFile("export.csv", f"Name,City\n{name},Casper\n".encode()) for name in ("Oak", "Elm")
    ]
    browser.post(reverse("imports:start"), {"files": uploads})
    batch = Import.objects.get()
    assert [one.file.name for one in batch.files.all()] == ["export.csv", "export (2).csv"]


def test_files_with_different_headings_are_mapped_on_one_page(logged_in, alice):
    browser = logged_in(alice)
    batch = given(
        browser,
        ours__csv="Name,City\nOak,Casper\n",
        theirs__csv="Agency;Town;E-Mail\nElm;Cody;elm@example.org\n",
    )
    page = browser.get(url("columns", batch))
    assert [one["name"] for one in page.context["columns"]] == ["Name", "City", "Agency", "Town", "E-Mail"]
    assert [one["tables"] for one in page.context["columns"]] == [["ours.csv"]] * 2 + [["theirs.csv"]] * 3
    wrong = browser.post(url("columns", batch), {"column-0": "name", "column-1": "city", "column-3": "city"})
    assert wrong.status_code == 422
    assert "Choose the column of “theirs.csv” that holds Name." in words(wrong)
    mapped(browser, batch)
    browser.post(url("run", batch))
    worked()
    found = Organisation.objects.order_by("name").values_list("name", "city", "contact_points__value")
    assert list(found) == [("Elm", "Cody", "elm@example.org"), ("Oak", "Casper", None)]
    kept = RememberedMapping.objects.order_by("pk").values_list("mapping__columns", flat=True)
    assert [sorted(columns) for columns in kept] == [["City", "Name"], ["Agency", "E-Mail", "Town"]]


def workbook(**sheets: list[list[str]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_of_several_sheets_the_cover_is_passed_over_and_another_can_be_chosen(logged_in, alice):
    browser = logged_in(alice)
    book = workbook(
        Cover=[["About this list"], ["Made in May"]],
        Partners=[["Name", "City"], ["Oak", "Casper"]],
        Former=[["Agency", "Town"], ["Elm", "Cody"]],
    )
    batch = given(browser, list__xlsx=book)
    page = browser.get(url("reading", batch))
    assert "1 Headings Name City 2 Oak Casper" in words(page)
    assert page.context["files"][0]["form"]["sheet"].value() == "Partners"
    mapped(browser, batch)
    browser.post(url("reading", batch), {"0-sheet": "Former", "again": "1"})
    assert "1 Headings Agency Town 2 Elm Cody" in words(browser.get(url("reading", batch)))
    stale = browser.post(url("check", batch), follow=True)
    assert "Say first which column holds what." in words(stale)
    batch.refresh_from_db()
    assert (batch.state, Job.objects.filter(state="waiting").count()) == ("mapped", 0)


def test_fields_of_json_stand_as_headings(logged_in, alice):
    browser = logged_in(alice)
    batch = given(browser, list__json='[{"name": "Oak", "city": "Casper"}]')
    assert "Headings name city 1 Oak Casper" in words(browser.get(url("reading", batch)))


def test_what_the_rows_become_can_be_chosen_otherwise(logged_in, alice, vera):
    browser = logged_in(alice)
    batch = given(browser, list__csv="Name,City\nOak,Casper\n")
    assert batch.noun == "organisations"
    page = browser.get(url("columns", batch)).content.decode()
    offered = [str(plug.title) for _name, plug in browser.get(url("columns", batch)).context["nouns"]]
    assert 'value="people"' in page
    assert offered == sorted(offered)
    assert logged_in(vera).post(url("set_noun", batch), {"noun": "people"}).status_code == 403
    assert browser.post(url("set_noun", batch), {"noun": "people"}).url == url("columns", batch)
    batch.refresh_from_db()
    assert (batch.noun, batch.mapping, batch.state) == ("people", {}, "given")
    titles = dict(browser.get(url("columns", batch)).context["form"].fields["column-0"].choices)
    assert "given_name" in titles
    wrong = browser.post(url("set_noun", batch), {"noun": "barns"}, follow=True)
    assert "Rows cannot become that." in words(wrong)
    batch.refresh_from_db()
    assert batch.noun == "people"
