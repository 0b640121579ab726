"""Answers come by the public page, by personal link, from paper, from files and from programs; nothing counts twice."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import undo
from barnraise.plumbing.links.models import ShortLink, UsedLink
from barnraise.plumbing.questionnaires import sample
from barnraise.plumbing.questionnaires.facing import personal_address
from barnraise.plumbing.questionnaires.models import Answer, Questionnaire, Response
from barnraise.plumbing.questionnaires.selectors import published
from barnraise.plumbing.questionnaires.services import change_questionnaire, remove_response, respond
from barnraise.who.people.services import erase_person, export_person, merge_people

pytestmark = pytest.mark.django_db
FILLED = {
    "a_lives": "yes",
    "a_years": "12.5",
    "a_lacks": ["food", "jobs"],
    "a_safe": "4",
    "a_since": "2014-05-01",
    "a_wish": "A bench <b>here</b>",
    "a_agree": "yes",
}


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def number_in(page):
    return re.search(r'name="number" value="([^"]+)"', page.content.decode())[1]


def kept(row):
    return sorted(
        (one.question, one.code, str(one.number or ""), one.text, str(one.on or ""))
        for one in Answer.objects.filter(response=row)
    )


def test_a_stranger_answers_the_public_page_once(survey, vera, bob, logged_in):
    stranger = Client()
    page = stranger.get("/q/street/?c=flyer")
    number = number_in(page)
    assert 'lang="es"' in stranger.get("/q/street/", HTTP_ACCEPT_LANGUAGE="es").content.decode()
    assert "¿Vive aquí?" in text(stranger.get("/q/street/", HTTP_ACCEPT_LANGUAGE="es"))
    wrong = stranger.post("/q/street/", {**FILLED, "a_years": "200", "a_safe": "9", "number": number})
    assert (wrong.status_code, Response.objects.count()) == (422, 0)
    assert "The number has to be 110 at most." in text(wrong)
    assert "“9” cannot be chosen here." in text(wrong)
    assert 'value="200"' in wrong.content.decode(), "nothing that was filled in is lost"
    assert number_in(wrong) == number
    for _ in range(2):
        thanks = stranger.post("/q/street/", {**FILLED, "number": number, "channel": "flyer"})
        assert "We will write what came of it." in text(thanks)
    row = Response.objects.get()
    assert (row.way, row.channel, row.respondent, row.by) == ("public", "flyer", "", None)
    assert kept(row) == [
        ("agree", "yes", "", "", ""),
        ("lacks", "food", "", "", ""),
        ("lacks", "jobs", "", "", ""),
        ("lives", "yes", "", "", ""),
        ("safe", "4", "4.0000", "", ""),
        ("since", "", "", "", "2014-05-01"),
        ("wish", "", "", "A bench <b>here</b>", ""),
        ("years", "", "12.5000", "", ""),
    ]
    page = logged_in(bob).get(row.get_absolute_url())
    assert "A bench &lt;b&gt;here&lt;/b&gt;" in page.content.decode()
    assert logged_in(vera).get(row.get_absolute_url()).status_code == 403


def test_questions_that_are_not_asked_are_passed_over(survey):
    stranger = Client()
    page = text(stranger.get("/q/street/"))
    assert "Only if you answered “Yes” to “Do you live here?”." in page
    stranger.post(
        "/q/street/", {"a_lives": "no", "a_years": "5", "number": number_in(stranger.get("/q/street/"))}
    )
    assert kept(Response.objects.get()) == [("agree", "no", "", "", ""), ("lives", "no", "", "", "")]
    missing = stranger.post("/q/street/", {"a_lives": "yes"})
    assert (missing.status_code, Response.objects.count()) == (422, 1)


def test_the_public_page_keeps_off_programs_and_closed_questionnaires(survey, alice):
    stranger = Client()
    stranger.post("/q/street/", {**FILLED, "website": "http://spam.example"})
    assert Response.objects.count() == 0
    for _ in range(29):
        assert stranger.post("/q/street/", {}).status_code == 422
    assert stranger.post("/q/street/", FILLED).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.7").post("/q/street/", FILLED).status_code == 200
    change_questionnaire(survey, by=alice, is_public=False)
    assert Client(REMOTE_ADDR="10.0.0.8").get("/q/street/").status_code == 404
    assert Client(REMOTE_ADDR="10.0.0.8").get("/q/nothing/").status_code == 404
    assert Response.objects.count() == 1


def test_a_personal_link_answers_once_and_only_by_its_button(survey, ana, bob, logged_in, alice):
    browser = logged_in(bob)
    where = f"{survey.get_absolute_url()}personal-link/"
    assert "Nobody here has the name" in text(browser.post(where, {"who": "nobody@example.org"}))
    made = browser.post(where, {"who": "ANA@example.org"}).content.decode()
    path = re.search(r'value="http://testserver(/l/act/[^"]+)"', made)[1]
    stranger = Client()
    opened = text(stranger.get(path))
    assert ("Your street" in opened, "Ana Ruiz" in opened, UsedLink.objects.count()) == (True, True, 0)
    wrong = stranger.post(path, {"a_lives": "yes", "a_wish": "Trees"})
    assert (wrong.status_code, Response.objects.count(), UsedLink.objects.count()) == (422, 0, 0)
    assert "Please answer this question." in text(wrong)
    assert "Trees" in text(wrong)
    assert "We will write" in text(stranger.post(path, {"a_lives": "no", "a_wish": "Trees"}))
    row = Response.objects.get()
    assert (row.way, row.respondent) == ("link", f"people.person:{ana.pk}")
    assert stranger.post(path, {"a_lives": "no"}).status_code == 410
    second = personal_address(survey, Ref.to(ana)).removeprefix("http://testserver")
    again = stranger.get(second)
    assert (again.status_code, "You have answered already" in text(again)) == (410, True)
    assert stranger.post(second, {"a_lives": "no"}).status_code == 410
    assert Response.objects.count() == 1
    assert "Ana Ruiz" in text(browser.get("/questionnaires/responses/?way=link"))
    assert "Somebody answered Street survey" in text(browser.get(ana.get_absolute_url()))


def test_an_anonymous_questionnaire_keeps_nobody(draft, ana, alice):
    from barnraise.plumbing.questionnaires.services import publish

    change_questionnaire(draft, by=alice, is_anonymous=True)
    publish(draft, by=alice)
    path = personal_address(draft, Ref.to(ana)).removeprefix("http://testserver")
    assert "Who answered is not kept." in text(Client().get(path))
    Client().post(path, {"a_lives": "no"})
    assert list(Response.objects.values_list("way", "respondent")) == [("link", "")]
    assert Client().post(path, {"a_lives": "no"}).status_code == 410


def test_paper_is_typed_in_undone_and_taken_away(survey, ana, bob, alice, vera, logged_in):
    browser, where = logged_in(bob), f"{survey.get_absolute_url()}type-in/"
    day = timezone.localdate().isoformat()
    assert logged_in(vera).get(where).status_code == 403
    wrong = browser.post(where, {"answered_on": day, "who": "Nobody", "a_lives": "no"})
    assert (wrong.status_code, "Nobody here has" in text(wrong)) == (422, True)
    assert browser.post(where, {"answered_on": "2999-01-01", "a_lives": "no"}).status_code == 422
    assert browser.post(where, {"answered_on": day}).status_code == 422
    assert Response.objects.count() == 0
    browser.post(where, {"answered_on": "2026-03-01", "who": "Ana Ruiz", "a_lives": "no"})
    row = Response.objects.get()
    assert (row.way, row.by, row.respondent, row.answered_at.date().isoformat()) == (
        "typed",
        bob,
        f"people.person:{ana.pk}",
        "2026-03-01",
    )
    again = browser.post(where, {"answered_on": day, "who": "Ana Ruiz", "a_lives": "no"})
    assert (again.status_code, Response.objects.count()) == (422, 1)
    assert logged_in(bob).post(f"/questionnaires/responses/{row.uuid}/remove/").status_code == 403
    logged_in(alice).post(f"/questionnaires/responses/{row.uuid}/remove/")
    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)
    undo(change_set=ChangeSet.objects.order_by("-pk")[0], by=alice)
    assert kept(Response.objects.get(uuid=row.uuid)) == [
        ("agree", "no", "", "", ""),
        ("lives", "no", "", "", ""),
    ]
    undo(change_set=ChangeSet.objects.order_by("pk")[0], by=alice)
    assert Response.objects.count() == 0


def test_a_table_comes_in_whole_or_not_at_all_and_once(survey, ana, bob, logged_in, alice):
    browser, where = logged_in(bob), f"{survey.get_absolute_url()}take-in/"

    def give(lines):
        file = io.BytesIO(("answered,who,lives,How long?,lacks,agree\n" + lines).encode())
        file.name = "paper.csv"
        return browser.post(where, {"file": file}, follow=True)

    wrong = give("2026-03-01,Ana Ruiz,yes,abc,food,yes\n2026-13-01,,no,,,\n,Zoe,no,,,\n")
    page = text(wrong)
    assert "Row 3, column “answered”: write the day like 2026-05-31." in page
    assert "Row 4, column “who”: Nobody here has the name or address “Zoe”." in page
    assert "Row 2, column “years”" in text(give("2026-03-01,Ana Ruiz,yes,abc,food,yes\n"))
    assert Response.objects.count() == 0
    good = "2026-03-01,Ana Ruiz,Yes,7,Food; bus,x\n2026-03-02,,no,,,\n2026-03-02,,no,,,\n"
    assert "3 responses were taken in." in text(give(good))
    assert kept(Response.objects.get(respondent=f"people.person:{ana.pk}")) == [
        ("agree", "yes", "", "", ""),
        ("lacks", "bus", "", "", ""),
        ("lacks", "food", "", "", ""),
        ("lives", "yes", "", "", ""),
        ("years", "", "7.0000", "", ""),
    ]
    assert "3 were here already." in text(give(good))
    assert Response.objects.count() == 3
    sheet = browser.get(f"{survey.get_absolute_url()}answers.csv").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[0] == "answered,language,way,channel,who,lives,years,lacks,safe,since,wish,agree"
    assert sheet[1].endswith(",,file,,Ana Ruiz,yes,7,food; bus,,,,yes")
    undo(change_set=ChangeSet.objects.order_by("-pk")[0], by=alice)
    assert Response.objects.count() == 0


def test_answers_follow_a_merge_are_exported_and_lose_their_owner_with_an_erasure(survey, ana, ben, alice):
    version = published(survey)
    given = {"lives": ["no"], "wish": ["Trees by Ana"], "safe": ["2"]}
    respond(survey, version=version, given=given, way="link", respondent=Ref.to(ana))
    merge = merge_people(keep=ben, absorb=ana, by=alice)
    assert Response.objects.get().respondent == f"people.person:{ben.pk}"
    undo(change_set=merge, by=alice)
    assert Response.objects.get().respondent == f"people.person:{ana.pk}"
    told = export_person(ana, by=alice)["questionnaires"]["questionnaires"]
    assert (told[0]["questionnaire"], told[0]["answers"]["wish"]) == ("Street survey", ["Trees by Ana"])
    removed = respond(survey, version=version, given=given, way="link", respondent=Ref.to(ben))
    remove_response(removed, by=alice)
    erase_person(ana, by=alice)
    row = Response.objects.get()
    assert (row.respondent, kept(row)) == (
        "",
        [("agree", "no", "", "", ""), ("lives", "no", "", "", ""), ("safe", "2", "2.0000", "", "")],
    )


def test_a_short_link_with_a_qr_code_leads_to_the_public_page(survey, bob, logged_in):
    browser = logged_in(bob)
    browser.post(f"{survey.get_absolute_url()}short-link/", {"channels": "Flyer, library"})
    link = ShortLink.objects.get()
    assert (link.target, link.channels) == ("/q/street/", ["flyer", "library"])
    firefox = {"HTTP_USER_AGENT": "Mozilla/5.0 Firefox/140.0"}
    assert Client(**firefox).get(f"/l/{link.code}?c=flyer").url == "/q/street/"
    assert "1 visit" in text(browser.get(survey.get_absolute_url()))


def test_the_town_was_asked_in_two_languages(ada):
    assert dict(sample.load(by=ada)) == {"questionnaires": 1, "responses": 184}
    assert dict(sample.load(by=ada)) == {"questionnaires": 0, "responses": 0}
    assert set(Response.objects.values_list("language", flat=True)) == {"en", "es"}
    assert Questionnaire.objects.get().is_sample
    assert dict(sample.remove(by=ada)) == {"questionnaires": 1, "responses": 184}
    assert (Response.objects.count(), Answer.objects.count(), Questionnaire.objects.count()) == (0, 0, 0)
