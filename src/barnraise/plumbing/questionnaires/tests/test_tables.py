"""Questions are written in a spreadsheet and taken in as a draft, and filled forms are looked at before they are taken in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.questionnaires.models import Response
from barnraise.plumbing.questionnaires.selectors import draft_of, published
from barnraise.plumbing.questionnaires.services import add_questionnaire, begin_version, publish

pytestmark = pytest.mark.django_db
TABLE = (
    "code,kind,question (en),question (es),options (en),options (es),required,lowest,highest,low (en),unit,asked if\n"
    "here,single,Do you live here?,¿Vive aquí?,yes = Yes; no = No,yes = Sí; no = No,yes,,,,,\n"
    "since,number,Since when?,,,,,1900,2026,,year,here = yes\n"
    ",checkbox,What is lacking?,,Buses; Fresh food,Autobuses; Comida fresca,,,,,,\n"
    "safe,scale,How safe do you feel?,,,,,1,5,not at all,,\n"
)


def sent(text, name="questions.csv", **more):
    return {"file": SimpleUploadedFile(name, text.encode()), **more}


def undone(browser):
    browser.post(f"/journal/changes/{ChangeSet.objects.latest('pk').pk}/undo/")


@pytest.fixture
def street(alice):
    """A draft without a question."""
    return add_questionnaire(name="Street", texts={"en": {"title": "Your street"}}, questions=[], by=alice)


def test_questions_come_from_a_table_and_go_into_one(street, bob, vera, logged_in):
    where = f"/questionnaires/{street.uuid}/questions-from-file/"
    assert logged_in(vera).post(where, sent(TABLE)).status_code == 403
    browser = logged_in(bob)
    wrong = (
        "code,kind,question (en),options (en),required,lowest,asked if\n"
        "here,radio,Here?,One,maybe,,\n"
        "x,dance,What?,,,much,here\n"
    )
    page = browser.post(where, sent(wrong))
    assert page.status_code == 422
    for reason in (
        "Row 2, column “required”: Write yes or no.",
        "Row 3, column “kind”: Write one of single, multiple,",
        "Row 3, column “lowest”: Write a number.",
        "Row 3, column “asked if”: Write the code of an earlier question",
    ):
        assert reason in page.content.decode(), reason
    once = (
        wrong.replace("maybe", "yes")
        .replace("dance", "number")
        .replace("much", "")
        .replace(",here\n", ",gone = yes\n")
    )
    page = browser.post(where, sent(once)).content.decode()
    assert "Row 2, question “here”: Give two options at least." in page
    assert "Row 3, question “x”: It can only depend on a question with choices that comes before it." in page
    assert draft_of(street).asked() == []
    assert "No column is called “question (en)”" in browser.post(where, sent("a,b\n1,2\n")).content.decode()
    assert browser.post(where, sent(TABLE)).status_code == 302
    here, since, lacks, safe = draft_of(street).asked()
    assert (
        here.code,
        here.kind,
        here.is_required,
        here.texts["es"],
        [one.texts for one in here.options],
    ) == (
        "here",
        "single",
        True,
        "¿Vive aquí?",
        [{"en": "Yes", "es": "Sí"}, {"en": "No", "es": "No"}],
    )
    assert (since.kind, since.lowest, since.unit, since.asked_if) == (
        "number",
        1900,
        "year",
        ("here", ("yes",)),
    )
    assert (lacks.code, lacks.kind) == ("what_is_lacking", "multiple")
    assert [(one.code, one.texts["es"]) for one in lacks.options] == [
        ("buses", "Autobuses"),
        ("fresh_food", "Comida fresca"),
    ]
    assert (safe.choices(), safe.low) == (["1", "2", "3", "4", "5"], {"en": "not at all"})
    before = draft_of(street).questions
    table = browser.get(f"/questionnaires/{street.uuid}/questions.csv").getvalue().decode("utf-8-sig")
    browser.post(where, sent(table))
    assert draft_of(street).questions == before, "what goes out comes in the same"
    more = "question,kind\nAnything else?,text\n"
    browser.post(where, sent(more, is_added="on"))
    assert [one.code for one in draft_of(street).asked()] == [
        "here",
        "since",
        "what_is_lacking",
        "safe",
        "anything_else",
    ]
    undone(browser)
    assert draft_of(street).questions == before


def test_a_published_version_is_never_changed_by_a_table(street, alice, logged_in):
    browser = logged_in(alice)
    where = f"/questionnaires/{street.uuid}/questions-from-file/"
    browser.post(where, sent(TABLE))
    taken = ChangeSet.objects.get()
    publish(street, by=alice)
    browser.post(f"/journal/changes/{taken.pk}/undo/")
    assert len(published(street).asked()) == 4
    assert browser.post(where, sent(TABLE)).status_code == 404
    begin_version(street, by=alice)
    assert browser.post(where, sent("question\nWhy?\n")).status_code == 302
    assert [len(one.asked()) for one in (published(street), draft_of(street))] == [4, 1]


def test_filled_forms_are_looked_at_taken_in_and_taken_back(street, alice, bob, logged_in):
    browser = logged_in(alice)
    browser.post(f"/questionnaires/{street.uuid}/questions-from-file/", sent(TABLE))
    publish(street, by=alice)
    browser, where = logged_in(bob), f"/questionnaires/{street.uuid}/take-in/"
    forms = "here,since,what_is_lacking,safe\nyes,1999,Buses; Fresh food,4\nNo,1950,,5\n"
    page = browser.post(where, sent(forms, "forms.csv", is_dry="on"), follow=True)
    assert "2 responses would be taken in, and nothing has to be mended." in page.content.decode()
    assert not Response.objects.exists()
    browser.post(where, sent(forms, "forms.csv"))
    assert Response.objects.count() == 2
    undone(browser)
    assert not Response.objects.exists()
