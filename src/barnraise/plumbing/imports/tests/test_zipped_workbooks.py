"""A zip of workbooks counts as the files in it; what is wrong in one of them refuses all, and nothing is kept."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from barnraise.plumbing.files.models import File
from barnraise.plumbing.imports.models import Finding, Import
from barnraise.who.organisations.models import Organisation

from .test_several import given, mapped, words, worked


def workbook(*rows) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/", 1).replace("_", ".", 1), content)
    return out.getvalue()


NORTH = workbook(["Name", "City"], ["Oak", "Casper"], ["", "Cody"])
ODS = zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_xml=b"<x/>")
SOUTH = workbook(["Name", "City"], ["Elm", "Lander"])


def test_workbooks_of_a_zip_are_taken_in_together_and_rows_say_their_file(logged_in, alice):
    browser = logged_in(alice)
    more = b"Name,City\nAsh,Cody\n"
    archive = zipped(north__list_xlsx=NORTH, south__list_xlsx=SOUTH, more_csv=more, notes_docx=b"x")
    batch = mapped(browser, given(browser, all__zip=archive))
    names = list(batch.files.order_by("position").values_list("file__name", flat=True))
    assert names == ["list.xlsx", "list (2).xlsx", "more.csv"]
    browser.post(reverse("imports:run", args=[batch.uuid]))
    worked()
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Oak", "Elm", "Ash"}
    no = Finding.objects.get(batch=batch, phase="r", kind="refused")
    assert (no.row, no.table, no.reason) == (3, "list.xlsx · Sheet", "%(field)s is missing.")


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"a_xlsx": NORTH, "b_xlsx": SOUTH[:-900]}, "The file “b.xlsx” is damaged or was cut off"),
        ({"a_xlsx": NORTH, "b_ods": ODS}, "b.ods: This is an OpenDocument spreadsheet (.ods)"),
        ({f"n{n}_xlsx": b"x" for n in range(51)}, "Give between one and 50 files."),
        (
            {"a_xlsx": NORTH, "big_csv": b"0" * (64 << 20)},
            "The archive is not safe to unpack: “big.csv” grows",
        ),
    ],
    ids=["cut", "other", "many", "bomb"],
)
def test_what_is_wrong_in_a_zip_of_workbooks_refuses_all(logged_in, alice, members, said):
    upload = SimpleUploadedFile("all.zip", zipped(**members))
    answer = logged_in(alice).post(reverse("imports:start"), {"files": upload})
    assert answer.status_code == 422
    assert said in words(answer)
    assert (Import.objects.count(), File.objects.count(), Organisation.objects.count()) == (0, 0, 0)
