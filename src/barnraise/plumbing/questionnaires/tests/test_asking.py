"""A questionnaire is begun, worded, published, versioned, closed and removed in the browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.selectors import timeline
from barnraise.plumbing.questionnaires.models import Questionnaire, Response, Version
from barnraise.plumbing.questionnaires.questions import Question, faults, read_all, write_all
from barnraise.plumbing.questionnaires.selectors import draft_of, published
from barnraise.plumbing.questionnaires.services import change_questionnaire, respond, write_draft
from barnraise.plumbing.search.selectors import find

from .conftest import QUESTIONS

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_questionnaire_is_made_question_by_question_and_published(alice, bob, vera, logged_in):
    browser = logged_in(bob)
    wrong = browser.post("/questionnaires/add/", {"name": "x", "title_en": "", "code": "A B"})
    assert (wrong.status_code, Questionnaire.objects.count()) == (422, 0)
    sent = {"name": "Park survey", "title_en": "The park", "is_public": "on", "closes_on": "2999-01-01"}
    assert logged_in(vera).post("/questionnaires/add/", sent).status_code == 403
    browser.post("/questionnaires/add/", sent)
    row = Questionnaire.objects.get()
    assert (row.name, row.code, row.is_public, draft_of(row).texts) == (
        "Park survey",
        "park-survey",
        True,
        {"en": {"title": "The park"}},
    )
    where = row.get_absolute_url()
    assert logged_in(bob).post(f"{where}publish/").status_code == 403
    refused = logged_in(alice).post(f"{where}publish/", follow=True)
    assert ("Add one question at least." in text(refused), published(row)) == (True, None)
    options = {"options_en": "Often\nNever\n", "options_es": "A menudo\nNunca"}
    browser.post(
        f"{where}questions/add/", {"kind": "single", "text_en": "Do you go?", "is_required": "on", **options}
    )
    browser.post(
        f"{where}questions/add/",
        {"kind": "text", "text_en": "What for?", "asked_when": ["do_you_go:often"]},
    )
    assert [(one.code, one.asked_if) for one in draft_of(row).asked()] == [
        ("do_you_go", None),
        ("what_for", ("do_you_go", ("often",))),
    ]
    browser.post(f"{where}questions/what_for/move/", {"way": "up"})
    assert [one.code for one in draft_of(row).asked()] == ["what_for", "do_you_go"]
    refused = logged_in(alice).post(f"{where}publish/", follow=True)
    assert "comes before it" in text(refused)
    browser.post(f"{where}questions/what_for/move/", {"way": "down"})
    change = browser.get(f"{where}questions/do_you_go/")
    assert "Often\nNever" in change.content.decode()
    browser.post(
        f"{where}questions/do_you_go/",
        {"kind": "single", "text_en": "Do you go?", "options_en": "Every day\nNever\nRarely"},
    )
    codes = [option.code for option in draft_of(row).asked()[0].options]
    assert codes == ["every_day", "never", "rarely"]
    browser.post(f"{where}questions/what_for/remove/")
    preview = browser.get(f"{where}preview/").content.decode()
    assert 'value="every_day"' in preview
    logged_in(alice).post(f"{where}publish/")
    assert published(row).number == 1
    assert "Every day" in text(browser.get("/q/park-survey/"))
    assert browser.get(f"{where}questions/add/").status_code == 404, "what is published is frozen"


def test_a_change_is_a_new_version_and_the_old_one_goes_on_until_it_is_published(
    survey, alice, bob, logged_in
):
    lead, where = logged_in(alice), survey.get_absolute_url()
    respond(survey, version=published(survey), given={"lives": ["no"]}, way="public")
    with pytest.raises(ValidationError):
        write_draft(survey, by=bob, questions=QUESTIONS[:1])
    lead.post(f"{where}new-version/")
    assert (draft_of(survey).number, len(draft_of(survey).asked())) == (2, 7)
    lead.post(f"{where}words/", {"title_en": "Your lane"})
    lead.post(f"{where}questions/agree/remove/")
    assert "You may quote me." in text(lead.get("/q/street/"))
    lead.post(f"{where}publish/")
    page = text(lead.get("/q/street/"))
    assert ("Your lane" in page, "You may quote me." in page) == (True, False)
    assert [len(one.questions) for one in Version.objects.order_by("number")] == [7, 6]
    assert Response.objects.get().version.number == 1
    lead.post(f"{where}new-version/")
    lead.post(f"{where}discard/")
    assert (draft_of(survey), Version.objects.count()) == (None, 2)
    said = [entry.plain for entry in timeline(Ref.to(survey), actor=bob).entries]
    assert said[:3] == [
        "Alice discarded the draft of version 3 of Street survey",
        "Alice began version 3 of Street survey",
        "Alice published version 2 of Street survey",
    ]


def test_it_is_changed_closed_reopened_filtered_found_and_removed(survey, alice, bob, logged_in, ada):
    lead, where = logged_in(alice), survey.get_absolute_url()
    day = timezone.localdate() + timedelta(days=3)
    sent = {"name": "Lane survey", "code": "lane", "is_public": "on", "closes_on": day.isoformat()}
    assert lead.post(f"{where}settings/", {**sent, "opens_on": "2999-01-01"}).status_code == 422
    lead.post(f"{where}settings/", sent)
    survey.refresh_from_db()
    assert (survey.name, survey.code, survey.closes_on) == ("Lane survey", "lane", day)
    assert "Questionnaires that close soon" in text(lead.get("/"))
    assert [hit.title for hit in find("lane", actor=bob)] == ["Lane survey"]
    listed = {
        state: where in lead.get(f"/questionnaires/?state={state}").content.decode()
        for state in ("draft", "planned", "open", "closed")
    }
    assert listed == {"draft": False, "planned": False, "open": True, "closed": False}
    sheet = lead.get("/questionnaires/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[1].startswith("Lane survey,Open,0,")
    change_questionnaire(survey, by=alice, opens_on=timezone.localdate() + timedelta(days=1))
    assert where in lead.get("/questionnaires/?state=planned").content.decode()
    assert lead.get("/q/lane/").status_code == 410
    change_questionnaire(survey, by=alice, opens_on=None)
    assert logged_in(bob).post(f"{where}close/").status_code == 403
    lead.post(f"{where}close/")
    closed = lead.get("/q/lane/")
    assert (closed.status_code, "It is closed" in text(closed)) == (410, True)
    assert where in lead.get("/questionnaires/?state=closed").content.decode()
    lead.post(f"{where}reopen/")
    made = respond(survey, version=published(survey), given={"lives": ["no"]}, way="public")
    refused = lead.post(f"{where}remove/", follow=True)
    assert ("their answers stay" in text(refused), Questionnaire.objects.count()) == (True, 1)
    with pytest.raises(ValidationError):
        change_questionnaire(survey, by=alice, is_anonymous=True)
    made.delete()
    lead.post(f"{where}remove/")
    assert (Questionnaire.objects.count(), find("lane", actor=bob)) == (0, [])


def test_what_keeps_questions_from_being_asked_is_told():
    assert read_all(write_all(QUESTIONS)) == list(QUESTIONS)
    assert faults(QUESTIONS, "en") == []
    en = {"en": "x"}
    for wrong, reason in (
        (Question("Bad Code", "text", en), "A code has"),
        (Question("a", "song", en), "kinds"),
        (Question("a", "text", {"es": "x"}), "main language"),
        (Question("a", "single", en), "two options"),
        (Question("a", "scale", en, lowest=None), "lowest and highest step"),
        (Question("a", "scale", en, lowest=QUESTIONS[3].lowest, highest=QUESTIONS[1].highest), "2 to 11"),
        (Question("a", "text", en, asked_if=("b", ("yes",))), "comes before it"),
        (Question("a", "text", {"en": "x" * 2001}), "2,000"),
    ):
        assert reason in faults([wrong], "en")[0][1], wrong
    assert (
        "cannot be given"
        in faults([QUESTIONS[0], Question("a", "text", en, asked_if=("lives", ("maybe",)))], "en")[0][1]
    )
    assert "already" in faults([QUESTIONS[0], QUESTIONS[0]], "en")[0][1]
    with pytest.raises(ValueError, match="Not a question"):
        read_all([{"kind": "text"}])
