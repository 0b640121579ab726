"""What one door could do with evidence, scores and assessments, every door can."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from barnraise.plumbing.questionnaires.models import Response
from barnraise.plumbing.search.selectors import find
from barnraise.who.communities.services import register_community
from barnraise.who.people.tests.importing import command, taken_back_in, write
from barnraise.why.needs.hanlon import PEARL
from barnraise.why.needs.models import Cycle, Evidence, Score
from barnraise.why.needs.services import (
    add_cycle,
    add_evidence,
    add_need,
    add_session,
    close_cycle,
    reopen_cycle,
    score_need,
)

from .test_needs import text

pytestmark = pytest.mark.django_db
VALUES = dict.fromkeys(("size", "seriousness", "effectiveness"), Decimal(5))


@pytest.fixture
def take(tmp_path, capsys):
    """`take(noun, text)`: the import of a file of that text, as the command line says it."""

    def run(noun, rows):
        file = write(tmp_path / f"{noun}.csv", rows)
        return command(capsys, "import", file, "--kind", noun, "--date-order", "ymd")

    return run


@pytest.fixture
def buses(cycle, riverbend, alice):
    """A need with evidence and a score."""
    need = add_need(title="Evening buses", community=riverbend, cycle=cycle, by=alice)
    add_evidence(need, said="Forty wait.", source="Count", dated_on=date(2025, 2, 1), by=alice)
    score_need(need, rater="Hospital", by=alice, values=VALUES, pearl=dict.fromkeys(PEARL, True))
    return need


def told(done):
    (created,), (updated,) = done["created"].values(), done["updated"].values()
    return created, updated, sorted((one["row"], one["column"]) for one in done["refused"])


def test_evidence_is_changed_on_its_page(buses, survey, bob, vera, logged_in):
    browser, row = logged_in(bob), buses.evidence.get()
    here = f"/why/needs/evidence/{row.uuid}/change/"
    assert here in browser.get(buses.get_absolute_url()).content.decode()
    assert "Forty wait." in browser.get(here).content.decode()
    sent = {"said": "Fifty wait.", "source": "Second count", "dated_on": "2025-03-01", "cites": ""}
    assert logged_in(vera).post(here, sent).status_code == 403
    for wrong in ({"source": ""}, {"dated_on": "2999-01-01"}, {"cites": f"people.person:{bob.pk}"}):
        assert browser.post(here, {**sent, **wrong}).status_code == 422, wrong
        assert Evidence.objects.get().said == "Forty wait."
    browser.post(here, {**sent, "cites": f"questionnaires.questionnaire:{survey.pk}"})
    row.refresh_from_db()
    assert (row.said, row.source, row.dated_on) == ("Fifty wait.", "Second count", date(2025, 3, 1))
    page = text(browser.get(buses.get_absolute_url()))
    assert "Fifty wait. Second count" in page
    assert survey.name in page
    assert "changed evidence of Evening buses : Fifty wait." in page
    Response.objects.all().delete()
    assert browser.post(here, {**sent, "cites": row.cites}).status_code == 302, "what it cited may stay"


def test_evidence_is_changed_found_and_listed_by_api(asks, buses, survey, alice, bob, vera):
    record, read = asks(bob), asks(vera)
    other = add_evidence(
        add_need(title="Shade", by=alice), said="Hot.", source="Us", dated_on=date(2025, 7, 1), by=alice
    )
    row = buses.evidence.get()
    here = f"/need-evidence/{row.uuid}"
    assert read("PATCH", here, {"said": "Fifty."})[0] == 403
    for wrong in ({"said": ""}, {"dated_on": "2999-01-01"}, {"cites": "needs.session:999"}, {"cites": "x"}):
        assert record("PATCH", here, wrong)[0] == 422, wrong
    cites = f"questionnaires.questionnaire:{survey.pk}"
    changed = record("PATCH", here, {"said": "Fifty.", "cites": cites})[1]
    assert (changed["said"], changed["source"], changed["cites"]) == ("Fifty.", "Count", cites)
    for query, ids in (
        ("", [row, other]),
        (f"?need={buses.uuid}", [row]),
        (f"?cites={cites}", [row]),
        (f"?cites={cites}&need={other.need.uuid}", []),
    ):
        found = read("GET", f"/need-evidence{query}")[1]["items"]
        assert [one["id"] for one in found] == [str(one.uuid) for one in ids], query


def test_evidence_stands_in_a_list_and_is_taken_away_by_a_file(
    buses, take, alice, vera, logged_in, tmp_path, capsys
):
    add_evidence(
        add_need(title="Shade", by=alice), said="Hot.", source="Us", dated_on=date(2025, 7, 1), by=alice
    )
    browser = logged_in(vera)
    for query, said in (
        ("", ["Hot.", "Forty wait."]),
        ("need=Shade", ["Hot."]),
        ("dated_to=2025-03-01", ["Forty wait."]),
        ("cited=1", []),
    ):
        sheet = browser.get(f"/why/needs/evidence/?export=csv&{query}").getvalue().decode("utf-8-sig")
        assert [line.split(",")[1] for line in sheet.splitlines()[1:]] == said, query
    assert "Forty wait." in text(browser.get("/why/needs/evidence/?need=Evening+buses"))
    again = taken_back_in(capsys, logged_in(vera), "/why/needs/evidence/", tmp_path / "e.csv", "evidence")
    assert told(again) == (0, 0, [])
    head = "need,evidence,source,date,state\n"
    gone = take(
        "evidence",
        f"{head}Evening buses,Forty wait.,Count,2025-02-01,Taken away\nShade,Wet.,Us,2025-07-01,Taken away\n",
    )
    assert told(gone) == (0, 1, [(3, "state")])
    assert list(Evidence.objects.values_list("said", flat=True)) == ["Hot."]
    assert command(capsys, "imports", "undo", gone["import"])["undone"] == 1
    assert buses.evidence.get().said == "Forty wait."


def test_a_score_is_taken_away_by_api_and_by_a_file_while_the_assessment_is_open(
    asks, buses, cycle, take, capsys, alice, bob, vera, logged_in
):
    record = asks(bob)
    score_need(buses, rater="Library", by=alice, values=VALUES, pearl=dict.fromkeys(PEARL, True))
    here = f"/needs/{buses.uuid}/scores"
    assert asks(vera)("DELETE", f"{here}?rater=Hospital")[0] == 403
    assert record("DELETE", here)[0] == 422
    assert record("DELETE", f"{here}?rater=Nobody")[0] == 404
    close_cycle(cycle, by=alice)
    assert record("DELETE", f"{here}?rater=Hospital")[0] == 409
    score = Score.objects.get(rater="Hospital")
    page = logged_in(bob).post(f"{buses.get_absolute_url()}score/{score.pk}/remove/", follow=True)
    assert "its scores stay as they are" in text(page)
    assert Score.objects.count() == 2
    reopen_cycle(cycle, by=alice)
    assert record("DELETE", f"{here}?rater=HOSPITAL")[0] == 204
    rows = "need,rater,size,seriousness,effectiveness,propriety,economics,acceptability,resources,legality,state\n"
    gone = take(
        "scores",
        f"{rows}Evening buses,library,5,5,5,yes,yes,yes,yes,yes,Taken away\n"
        "Evening buses,Nobody,5,5,5,yes,yes,yes,yes,yes,Taken away\n",
    )
    assert (told(gone), Score.objects.count()) == ((0, 1, [(3, "state")]), 0)
    assert command(capsys, "imports", "undo", gone["import"])["undone"] == 1
    assert Score.objects.get().rater == "Library"


def test_assessments_come_change_close_and_reopen_by_files(
    cycle, riverbend, take, capsys, alice, vera, logged_in, tmp_path
):
    done = take(
        "assessments",
        "name,begins on,community,ends on,next due,formula,about,state\n"
        "CHNA 2026,2026-01-01,Riverbend,2026-06-30,2029-01-01,double_seriousness,Second one,\n"
        "chna 2025,2025-01-01,,2025-12-31,,,,Closed\n"
        "Early,2026-01-01,,2025-01-01,,,,\n"
        "Nowhere,2026-01-01,Atlantis,,,,,\n"
        "No day,,,,,,,\n"
        "Done,2020-01-01,,,,,,closed\n",
    )
    assert told(done) == (2, 1, [(4, "ends_on"), (5, "community"), (6, "begins on")])
    made = Cycle.objects.get(name="CHNA 2026")
    assert (made.community, made.ends_on, made.next_due_on, made.variant, made.about, made.ended_at) == (
        riverbend, date(2026, 6, 30), date(2029, 1, 1), "double_seriousness", "Second one", None,
    )  # fmt: skip
    assert Cycle.objects.get(name="Done").ended_at is not None
    cycle.refresh_from_db()
    assert (cycle.name, cycle.community, cycle.ends_on, cycle.next_due_on, cycle.ended_at is None) == (
        "CHNA 2025", riverbend, date(2025, 12, 31), date(2028, 1, 1), False,
    )  # fmt: skip
    assert next(hit.title for hit in find("chna 2026", actor=vera)) == "CHNA 2026"
    again = taken_back_in(
        capsys, logged_in(vera), "/why/needs/assessments/", tmp_path / "a.csv", "assessments"
    )
    assert (told(again)[0], told(again)[2]) == (0, [])
    assert made == Cycle.objects.get(name="CHNA 2026")
    opened = take("assessments", "name,begins on,state\nCHNA 2025,2025-01-01,Under way\n")
    assert (told(opened), Cycle.objects.get(pk=cycle.pk).ended_at) == ((0, 1, []), None)
    command(capsys, "imports", "undo", opened["import"])
    need = add_need(title="Buses", cycle=made, by=alice)
    score_need(need, rater="A", by=alice, values=VALUES, pearl=dict.fromkeys(PEARL, True))
    scales = take("assessments", "name,begins on,formula\nCHNA 2026,2026-01-01,uic\n")
    assert told(scales) == (0, 0, [(2, "variant")])
    assert "Raters have scored" in scales["refused"][0]["reason"]
    undone = command(capsys, "imports", "undo", done["import"])
    assert undone["undone"] == 2
    assert sorted(Cycle.objects.values_list("name", flat=True)) == ["CHNA 2025", "CHNA 2026"], (
        "a need hangs on it"
    )
    cycle.refresh_from_db()
    assert (cycle.ends_on, cycle.ended_at) == (None, None)
    assert not find("done", actor=vera, kinds=["needs.cycle"])


def test_assessments_are_changed_closed_and_filtered_by_api(asks, cycle, riverbend, alice, bob, vera):
    lead, read = asks(alice), asks(vera)
    add_cycle(name="Schools", starts_on=date(2026, 1, 1), next_due_on=date(2027, 1, 1), by=alice)
    here = f"/need-assessments/{cycle.uuid}"
    assert asks(bob)("PATCH", here, {"name": "CHNA"})[0] == 403
    for wrong in ({"ends_on": "2024-01-01"}, {"variant": "guess"}, {"is_closed": "maybe"}, {"name": ""}):
        assert lead("PATCH", here, wrong)[0] == 422, wrong
    changed = lead("PATCH", here, {"name": "CHNA 25", "ends_on": "2025-12-31"})[1]
    assert (changed["name"], changed["ends_on"], changed["ended_at"]) == ("CHNA 25", "2025-12-31", None)
    assert lead("PATCH", here, {"is_closed": True})[1]["ended_at"] is not None
    for query, names in (
        ("", ["CHNA 25", "Schools"]),
        ("?is_closed=true", ["CHNA 25"]),
        ("?is_closed=false", ["Schools"]),
        (f"?community={riverbend.uuid}", ["CHNA 25"]),
        ("?due_until=2027-06-01", ["Schools"]),
    ):
        found = read("GET", f"/need-assessments{query}")[1]["items"]
        assert sorted(one["name"] for one in found) == names, query
    assert lead("PATCH", here, {"is_closed": False})[1]["ended_at"] is None


def test_sessions_are_filtered_by_api(asks, cycle, riverbend, alice, vera):
    elm = register_community(name="Elm", kind="town", by=alice)
    add_session(title="Walk", kind="walk", held_on=date(2025, 2, 1), cycle=cycle, community=elm, by=alice)
    add_session(title="Talk", kind="interview", held_on=date(2025, 5, 1), community=riverbend, by=alice)
    for query, titles in (
        ("", ["Talk", "Walk"]),
        (f"?assessment={cycle.uuid}", ["Walk"]),
        (f"?community={riverbend.uuid}", ["Talk"]),
        ("?kind=walk", ["Walk"]),
        ("?held_since=2025-03-01", ["Talk"]),
        ("?held_since=2025-03-01&kind=walk", []),
    ):
        found = asks(vera)("GET", f"/listening-sessions{query}")[1]["items"]
        assert sorted(one["title"] for one in found) == titles, query
