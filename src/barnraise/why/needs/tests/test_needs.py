"""Needs are noted, shown by evidence, put in order by raters, ended with a reason; assessments come round again."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.search.selectors import find
from barnraise.plumbing.ui.sockets import threads
from barnraise.who.communities.models import Community
from barnraise.who.communities.services import InTheWay, register_community, remove_community
from barnraise.who.people.tests.importing import command, write
from barnraise.why.needs import sample
from barnraise.why.needs.models import Cycle, Evidence, Need, Score, Session
from barnraise.why.needs.services import add_evidence, add_need, add_session, score_need

pytestmark = pytest.mark.django_db
PEARL = ("propriety", "economics", "acceptability", "resources", "legality")
YES = {letter: "yes" for letter in PEARL}


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_need_is_noted_changed_filtered_found_ended_and_removed(
    cycle, riverbend, alice, bob, vera, logged_in
):
    browser, lead = logged_in(bob), logged_in(alice)
    sent = {
        "title": " Evening  buses ",
        "cycle": cycle.pk,
        "community": riverbend.pk,
        "present": "2",
        "wanted": "6",
    }
    wrong = browser.post("/why/needs/add/", sent)
    assert (wrong.status_code, "Say what is counted" in text(wrong), Need.objects.count()) == (422, True, 0)
    assert browser.post("/why/needs/add/", {**sent, "wanted": ""}).status_code == 422
    assert logged_in(vera).post("/why/needs/add/", sent).status_code == 403
    assert not Need.objects.exists()
    browser.post("/why/needs/add/", {**sent, "unit": "buses"})
    need = Need.objects.get()
    where = need.get_absolute_url()
    assert (need.title, need.cycle, need.present, need.unit) == ("Evening buses", cycle, Decimal(2), "buses")
    browser.post(
        f"{where}change/",
        {"title": "Late buses", "community": riverbend.pk, "cycle": cycle.pk, "causes": "The contract ends."},
    )
    need.refresh_from_db()
    assert (need.title, need.present, need.causes) == ("Late buses", None, "The contract ends.")
    assert "Bob changed the need Late buses" in text(browser.get(where))
    assert [hit.title for hit in find("contract", actor=vera)] == ["Late buses"]
    assert "Late buses" in text(browser.get(riverbend.get_absolute_url()))
    for query, is_there in (
        ("open=1", True),
        ("open=0", False),
        (f"community={riverbend.pk}", True),
        ("title=Late", True),
    ):
        assert (where in browser.get(f"/why/needs/?{query}").content.decode()) is is_there, query
    sheet = browser.get("/why/needs/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[1].startswith("Late buses,Open need,Riverbend,")
    assert browser.post(f"{where}end/", {"end": "met"}).status_code == 403
    wrong = lead.post(f"{where}end/", {"end": "not_addressed", "reason": " "})
    assert (wrong.status_code, Need.objects.get().end) == (422, "")
    assert "Give a reason for every need that is not addressed." in text(wrong)
    lead.post(f"{where}end/", {"end": "not_addressed", "reason": "The county decides."})
    assert "The county decides." in text(lead.get(where))
    assert where in lead.get("/why/needs/?open=0").content.decode()
    lead.post(f"{where}reopen/")
    assert Need.objects.get().end == ""
    lead.post(f"{where}remove/")
    assert (Need.objects.count(), find("late buses", actor=vera)) == (0, [])


def test_evidence_has_words_source_and_day_and_shows_in_trace(
    cycle, riverbend, survey, alice, bob, logged_in
):
    browser = logged_in(bob)
    need = add_need(title="Late buses", cycle=cycle, community=riverbend, by=bob)
    session = add_session(
        title="Library talk",
        kind="focus_group",
        held_on=date(2025, 3, 1),
        groups=[{"group": "Seniors", "count": 8}],
        by=bob,
    )
    where, sent = (
        f"{need.get_absolute_url()}evidence/",
        {"said": "1 of 1 lacks buses.", "source": "Street survey", "dated_on": "2025-04-01"},
    )
    assert "Street survey" in browser.get(where).content.decode()
    for wrong in (
        {"source": ""},
        {"dated_on": "2999-01-01"},
        {"cites": f"people.person:{bob.pk}"},
        {"cites": "needs.session:99999"},
    ):
        assert browser.post(where, {**sent, **wrong}).status_code == 422, wrong
    assert not Evidence.objects.exists()
    browser.post(where, {**sent, "cites": f"questionnaires.questionnaire:{survey.pk}"})
    browser.post(where, {**sent, "said": "They leave church early.", "cites": f"needs.session:{session.pk}"})
    browser.post(where, {**sent, "said": "12 % have no car.", "source": "Census", "cites": ""})
    page = browser.get(need.get_absolute_url())
    assert "12 % have no car. Census" in text(page)
    assert survey.name in text(page)
    ref = Ref.to(need)
    assert threads.get("needs.need").upstream(ref) == [Ref.to(survey), Ref.to(session), Ref.to(cycle)]
    assert [threads.get(kind).downstream(one) for kind, one in (
        ("questionnaires.questionnaire@needs", Ref.to(survey)), ("needs.session", Ref.to(session)),
    )] == [[ref], [ref]]  # fmt: skip
    assert list(threads.get("needs.cycle").downstream(Ref.to(cycle)).refs) == [ref]
    refused = logged_in(alice).post(f"{session.get_absolute_url()}remove/", follow=True)
    assert ("A need cites it" in text(refused), Session.objects.count()) == (True, 1)
    browser.post(f"/why/needs/evidence/{Evidence.objects.order_by('pk')[0].uuid}/remove/")
    assert threads.get("questionnaires.questionnaire@needs").downstream(Ref.to(survey)) == []


def test_raters_put_needs_in_order_and_every_score_is_kept(cycle, riverbend, alice, bob, logged_in):
    browser, lead = logged_in(bob), logged_in(alice)
    bus, food, bridge = (add_need(title=title, cycle=cycle, by=bob) for title in ("Buses", "Food", "Bridge"))
    where = f"{bus.get_absolute_url()}score/"
    sent = {"rater": "Hospital", "size": "8", "seriousness": "14", "effectiveness": "7", **YES}
    wrong = browser.post(where, {**sent, "seriousness": "22"})
    assert (
        wrong.status_code,
        "It is 0 to 20 in this formula (got 22.0)." in text(wrong) or "(got 22)." in text(wrong),
    ) == (422, True)
    assert browser.post(where, {**sent, "legality": ""}).status_code == 422
    assert browser.post(where, {**sent, "legality": "no"}).status_code == 422, "a no needs its reason"
    assert not Score.objects.exists()
    browser.post(where, sent)
    browser.post(where, {**sent, "rater": "Library", "size": "6"})
    browser.post(where, {**sent, "rater": "LIBRARY", "size": "7", "effectiveness": "8"})
    browser.post(f"{food.get_absolute_url()}score/", {**sent, "size": "9", "seriousness": "16"})
    browser.post(
        f"{bridge.get_absolute_url()}score/", {**sent, "propriety": "no", "reason": "The county decides."}
    )
    assert sorted(Score.objects.filter(need=bus).values_list("rater", "size")) == [
        ("Hospital", 8),
        ("LIBRARY", 7),
    ]
    page = text(browser.get(cycle.get_absolute_url()))
    ranked = (
        "1 Food 1 rater 58.3 58.3 – 58.3 9 16 7 2 Buses 2 raters 53.8 51.3 – 56 7.5 14 7.5 – Bridge 1 rater"
    )
    assert ranked in page
    assert "Propriety (1) · The county decides." in page
    sheet = browser.get(f"{cycle.get_absolute_url()}priorities.csv").content.decode("utf-8-sig").splitlines()
    assert sheet[2] == "2,Buses,2,7.5,14.0,7.5,53.75,51.33,56.0,,"
    lead.post(
        f"{cycle.get_absolute_url()}change/",
        {"name": "CHNA 2025", "starts_on": "2025-01-01", "variant": "double_seriousness"},
    )
    assert Cycle.objects.get().variant == "uic", "raters have scored on its scales"
    lead.post(f"{cycle.get_absolute_url()}close/")
    assert browser.post(where, {**sent, "rater": "Late"}).status_code == 422
    lead.post(f"{cycle.get_absolute_url()}reopen/")
    browser.post(f"{bus.get_absolute_url()}score/{Score.objects.get(need=bus, rater='Hospital').pk}/remove/")
    assert Score.objects.filter(need=bus).count() == 1


def test_assessments_are_due_again_and_refused_with_a_reason(riverbend, alice, bob, logged_in):
    lead, soon = logged_in(alice), timezone.localdate() + timedelta(days=90)
    sent = {"name": "CHNA", "starts_on": "2025-01-01", "variant": "uic", "community": riverbend.pk}
    assert logged_in(bob).post("/why/needs/assessments/add/", sent).status_code == 403
    for wrong in (
        {"ends_on": "2024-01-01"},
        {"next_due_on": "2025-01-01"},
        {"name": ""},
        {"variant": "guess"},
    ):
        assert lead.post("/why/needs/assessments/add/", {**sent, **wrong}).status_code == 422, wrong
    assert not Cycle.objects.exists()
    lead.post("/why/needs/assessments/add/", {**sent, "next_due_on": soon.isoformat()})
    first = Cycle.objects.get()
    assert "the next one is due on" in text(lead.get("/"))
    assert first.get_absolute_url() in lead.get("/why/needs/assessments/?closed=0").content.decode()
    lead.post("/why/needs/assessments/add/", {**sent, "name": "CHNA 2", "starts_on": "2025-06-01"})
    assert "Assessments due" not in text(lead.get("/")), "a later one has begun"
    assert next(hit.title for hit in find("chna 2", actor=bob)) == "CHNA 2"
    need = add_need(title="Buses", cycle=first, by=bob)
    refused = lead.post(f"{first.get_absolute_url()}remove/", follow=True)
    assert "Needs belong to it." in text(refused)
    need.delete()
    lead.post(f"{first.get_absolute_url()}remove/")
    assert list(Cycle.objects.values_list("name", flat=True)) == ["CHNA 2"]


def test_a_listening_session_keeps_groups_themes_and_quotes_by_consent(cycle, alice, bob, vera, logged_in):
    browser = logged_in(bob)
    sent = {
        "title": "Seniors at the library",
        "kind": "focus_group",
        "held_on": "2025-03-01",
        "cycle": cycle.pk,
        "groups_text": "Seniors: 8\nCaregivers",
        "themes_text": "Buses\n\nShops",
        "quotes_free": "I leave early.",
        "quotes_bound": "My son drinks.",
    }
    for wrong in ({"groups_text": "Seniors: many"}, {"held_on": "2999-01-01"}, {"title": ""}):
        assert browser.post("/why/needs/sessions/add/", {**sent, **wrong}).status_code == 422, wrong
    assert not Session.objects.exists()
    browser.post("/why/needs/sessions/add/", sent)
    row = Session.objects.get()
    assert (row.present, row.themes) == (9, ["Buses", "Shops"])
    where = row.get_absolute_url()
    seen = text(logged_in(vera).get(where))
    assert ("I leave early." in seen, "My son drinks." in seen) == (True, False)
    assert "My son drinks." in text(browser.get(where))
    assert (len(find("leave early", actor=vera)), find("drinks", actor=bob)) == (1, [])
    assert "My son drinks." not in browser.get("/why/needs/sessions/?export=csv").getvalue().decode()
    browser.post(f"{where}change/", {**sent, "title": "Seniors", "quotes_bound": ""})
    row.refresh_from_db()
    assert (row.title, len(row.quotes)) == ("Seniors", 1)
    assert where in browser.get("/why/needs/sessions/?kind=focus_group").content.decode()
    assert logged_in(bob).post(f"{where}remove/").status_code == 403
    logged_in(alice).post(f"{where}remove/")
    assert not Session.objects.exists()


def test_needs_follow_a_community_that_is_merged_and_hold_one_that_is_not(riverbend, alice):
    need = add_need(title="Buses", community=riverbend, by=alice)
    with pytest.raises(InTheWay):
        remove_community(riverbend, by=alice)
    lower = register_community(name="Lower Riverbend", kind="town", by=alice)
    remove_community(riverbend, by=alice, move_to=lower)
    need.refresh_from_db()
    assert (need.community, Community.objects.count()) == (lower, 1)


def test_a_list_of_needs_comes_in_once_and_is_undone(riverbend, cycle, alice, tmp_path, capsys):
    add_need(title="Food", community=riverbend, by=alice)
    lines = (
        "need,community,assessment,as it is,as it should be,unit\n"
        "Late buses,riverbend,chna 2025,2,6,buses\n"
        "Food,Riverbend,,,,\n"
        "Jobs,Nowhere,,,,\n"
        "Doctors,,CHNA 1999,,,\n"
        "Parks,,,1,,\n"
        "Parks,,,1,2,\n"
        "late buses,Riverbend,,,,\n"
    )
    file = write(tmp_path / "needs.csv", lines)
    done = command(capsys, "import", file, "--kind", "needs")
    assert done["created"] == {"needs": 1}
    refused = sorted((one["row"], one["column"]) for one in done["refused"])
    assert refused == [(4, "community"), (5, "assessment"), (6, "as it should be"), (7, "unit"), (8, "")]
    made = Need.objects.get(title="Late buses")
    assert (made.cycle, made.community, made.wanted) == (cycle, riverbend, Decimal(6))
    again = command(capsys, "import", file, "--kind", "needs")
    assert (again["created"], again["updated"]) == ({"needs": 0}, {"needs": 0})
    assert Need.objects.count() == 2
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 1
    assert list(Need.objects.values_list("title", flat=True)) == ["Food"]


def test_needs_by_api(asks, riverbend, survey, alice, bob, vera):
    lead, record, reader = asks(alice), asks(bob), asks(vera)
    cycle = {"name": "CHNA", "starts_on": "2025-01-01", "community": str(riverbend.uuid)}
    assert record("POST", "/need-assessments", cycle)[0] == 403
    assert lead("POST", "/need-assessments", {**cycle, "ends_on": "2024-01-01"})[0] == 422
    status, assessment = lead("POST", "/need-assessments", cycle)
    assert (status, assessment["community"]) == (201, str(riverbend.uuid))
    given = {"title": "Buses", "assessment": assessment["id"], "present": 2, "wanted": 6, "unit": "buses"}
    assert reader("POST", "/needs", given)[0] == 403
    for wrong in ({"title": ""}, {"unit": ""}, {"community": assessment["id"]}, {"about": "a\x00"}):
        assert record("POST", "/needs", {**given, **wrong})[0] == 422, wrong
    assert not Need.objects.exists()
    status, need = record("POST", "/needs", given)
    assert (status, need["wanted"], need["assessment"], need["priority"]) == (
        201,
        6.0,
        assessment["id"],
        None,
    )
    where = f"/needs/{need['id']}"
    proof = {
        "cites": f"questionnaires.questionnaire:{survey.pk}",
        "said": "1 of 1.",
        "source": "Survey",
        "dated_on": "2025-02-01",
    }
    assert record("POST", f"{where}/evidence", {**proof, "cites": f"people.person:{alice.pk}"})[0] == 422
    status, evidence = record("POST", f"{where}/evidence", proof)
    assert (status, evidence["cites"]) == (201, proof["cites"])
    score = {
        "rater": "Hospital",
        "size": 8,
        "seriousness": 14,
        "effectiveness": 7,
        "pearl": {letter: True for letter in PEARL},
    }
    assert record("POST", f"{where}/scores", {**score, "effectiveness": 12})[0] == 422
    assert record("POST", f"{where}/scores", score)[1]["priority"] == pytest.approx(51.3333, abs=1e-3)
    (line,) = reader("GET", f"/need-assessments/{assessment['id']}/priorities")[1]["needs"]
    assert (line["rank"], line["raters"], line["refused_by"]) == (1, 1, {})
    status, changed = record("PATCH", where, {"title": "Late buses", "present": None, "wanted": None})
    assert (status, changed["title"], changed["present"], len(changed["evidence"])) == (
        200,
        "Late buses",
        None,
        1,
    )
    assert record("PATCH", where, {"end": "met"})[0] == 403
    assert lead("PATCH", where, {"end": "not_addressed"})[0] == 422
    assert lead("PATCH", where, {"end": "met"})[1]["end"] == "met"
    assert reader("GET", "/needs?is_open=true")[1]["items"] == []
    assert lead("PATCH", where, {"end": ""})[1]["end"] == ""
    assert lead("DELETE", f"/need-assessments/{assessment['id']}")[0] == 409
    session = {"title": "Talk", "kind": "interview", "held_on": "2025-02-01", "groups": [{"group": "Seniors", "count": 2}],
               "quotes": [{"text": "No bus.", "may_repeat": False}], "notes": "Tired."}  # fmt: skip
    status, made = record("POST", "/listening-sessions", session)
    assert (status, made["quotes"], made["notes"]) == (201, session["quotes"], "Tired.")
    seen = reader("GET", f"/listening-sessions/{made['id']}")[1]
    assert (seen["quotes"], seen["notes"]) == ([], "")
    assert record("PATCH", f"/listening-sessions/{made['id']}", {"kind": "seance"})[0] == 422
    assert record("PATCH", f"/listening-sessions/{made['id']}", {"themes": ["Buses"]})[1]["themes"] == [
        "Buses"
    ]
    assert lead("DELETE", f"/listening-sessions/{made['id']}")[0] == 204
    assert record("DELETE", f"/need-evidence/{evidence['id']}")[0] == 204
    assert lead("DELETE", where)[0] == 204
    assert lead("DELETE", f"/need-assessments/{assessment['id']}")[0] == 204


def test_the_town_has_needs(ada, bob):
    assert dict(sample.load(by=ada)) == {"assessments": 1, "sessions": 2, "needs": 6}
    assert set(sample.load(by=ada).values()) == {0}
    mine = add_need(title="Mine", by=bob)
    add_evidence(mine, said="So it is.", source="Me", dated_on=date(2025, 1, 1), by=bob)
    score_need(
        mine,
        by=bob,
        rater="Bob",
        values=dict.fromkeys(("size", "seriousness", "effectiveness"), Decimal(1)),
        pearl=dict.fromkeys(PEARL, True),
    )
    assert dict(sample.remove(by=ada)) == {"needs": 6, "sessions": 2, "assessments": 1}
    assert list(Need.objects.values_list("title", flat=True)) == ["Mine"]
