"""Results are exact counts and shares, small numbers stay hidden everywhere; programs ask and answer too."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from barnraise.plumbing.questionnaires.models import Questionnaire, Response
from barnraise.plumbing.questionnaires.questions import write_all
from barnraise.plumbing.questionnaires.selectors import outcomes, published, version_titles
from barnraise.plumbing.questionnaires.services import (
    add_questionnaire,
    change_questionnaire,
    publish,
    respond,
)

from .conftest import QUESTIONS, TEXTS

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def answered(survey):
    """20 responses: 12 live here for 1 … 12 years, 8 do not; 9 lack food, 2 lack jobs; steps 3 (×10), 4 (×7), 5 (×3)."""
    for at in range(20):
        given = {
            "lives": ["yes" if at < 12 else "no"],
            "years": [str(at + 1)],
            "lacks": [*(["food"] if at < 9 else []), *(["jobs"] if at < 2 else [])],
            "safe": ["3" if at < 10 else "4" if at < 17 else "5"],
            "wish": [f"Wish {at}"] if at < 6 else [],
        }
        respond(survey, version=published(survey), given=given, way="public")
    return survey


def cells(outcome):
    return {cell.code: cell.count for cell in outcome.cells}


def test_results_count_exactly_and_hide_small_numbers(answered):
    lives, years, lacks, safe, since, wish, agree = outcomes(published(answered), 5)
    assert (cells(lives), lives.answered, lives.without) == ({"yes": 12, "no": 8}, 20, 0)
    assert (lives.cells[0].share, round(lives.cells[0].low, 3), round(lives.cells[0].high, 3)) == (
        0.6,
        0.387,
        0.781,
    )
    assert (years.answered, years.without, str(years.mean), str(years.median), years.quartiles) == (
        12,
        8,
        "6.50",
        "6.5",
        (3, 9),
    )
    assert (cells(lacks), lacks.answered) == ({"food": 9, "bus": 0, "jobs": None}, 9)
    assert (cells(safe), safe.mean) == ({"1": 0, "2": 0, "3": 10, "4": None, "5": None}, None)
    assert (since.answered, since.cells, wish.answered) == (0, (), 6)
    assert cells(agree) == {"yes": 0, "no": 20}
    _lives, _years, lacks, safe, *_rest = outcomes(published(answered), 0)
    assert (cells(lacks)["jobs"], cells(safe)["5"], str(safe.mean), str(safe.median)) == (2, 3, "3.65", "3.5")


def test_the_page_and_the_files_hide_the_same(answered, vera, bob, alice, logged_in):
    where = answered.get_absolute_url()
    page = logged_in(vera).get(f"{where}results/?all")
    assert "hidden (small number)" in text(page)
    assert "Numbers below 5 are hidden" in text(page)
    assert "<svg" in page.content.decode()
    assert "<table" in page.content.decode()
    assert "Wish 3" not in text(page)
    sheet = logged_in(vera).get(f"{where}results.csv?all").getvalue().decode("utf-8-sig")
    assert "lacks,What is lacking?,Jobs,hidden (small number),,9,11,,\r\n" in sheet
    assert "lives,Do you live here?,Yes,12,60.0,20,0,,\r\n" in sheet
    assert logged_in(vera).get(f"{where}answers.csv").status_code == 403
    full = text(logged_in(bob).get(f"{where}results/?all"))
    assert ("hidden (small number)" in full, "Wish 3" in full) == (False, True)
    assert "lacks,What is lacking?,Jobs,2,22.2,9,11,," in logged_in(bob).get(
        f"{where}results.csv?all"
    ).getvalue().decode("utf-8-sig")
    change_questionnaire(answered, by=alice, is_sensitive=True)
    assert "Numbers below 11 are hidden" in text(logged_in(vera).get(f"{where}results/"))


def test_results_cost_the_same_queries_however_many_answer(answered):
    with CaptureQueriesContext(connection) as few:
        outcomes(published(answered), 5)
    for _ in range(20):
        respond(answered, version=published(answered), given={"lives": ["no"], "safe": ["1"]}, way="public")
    with CaptureQueriesContext(connection) as many:
        outcomes(published(answered), 5)
    assert len(many) <= len(few) <= 16


def test_of_many_versions_the_latest_are_offered_and_those_chosen(answered, bob, alice, logged_in):
    first = published(answered)
    other = add_questionnaire(name="Other", texts=TEXTS, questions=QUESTIONS, by=alice)
    publish(other, by=alice)
    with patch("barnraise.plumbing.questionnaires.selectors.results.OFFERED", 1):
        assert [key for key, _title in version_titles()] == [published(other).pk]
        assert {key for key, _title in version_titles([first.pk])} == {first.pk, published(other).pk}
        page = logged_in(bob).get(f"/questionnaires/responses/?answer={first.pk}:lives:yes")
        assert "Street survey, version 1" in text(page)
        assert "12 responses" in text(page)


def test_questionnaires_and_responses_by_api(asks, alice, bob, vera, ana):
    lead, record, reader = asks(alice), asks(bob), asks(vera)
    given = {"name": "Street survey", "texts": TEXTS, "questions": write_all(QUESTIONS)}
    assert reader("POST", "/questionnaires", given)[0] == 403
    for wrong in ({"name": ""}, {"code": "A b"}, {"name": "a\x00"}, {"questions": [{"kind": "text"}]}):
        assert record("POST", "/questionnaires", {**given, **wrong})[0] == 422, wrong
    assert not Questionnaire.objects.exists()
    status, made = record("POST", "/questionnaires", given)
    assert (status, made["state"], made["code"], len(made["versions"][0]["questions"])) == (
        201,
        "draft",
        "street-survey",
        7,
    )
    where = f"/questionnaires/{made['id']}"
    assert record("POST", f"{where}/responses", {"answers": {"lives": ["no"]}})[0] == 409
    assert record("POST", f"{where}/publish")[0] == 403
    assert lead("POST", f"{where}/publish")[1]["state"] == "open"
    assert record("PATCH", where, {"questions": []})[0] == 422, "a published version is frozen"
    status, changed = record("PATCH", where, {"name": "Lane survey", "closes_on": "2999-01-01"})
    assert (status, changed["name"], changed["closes_on"]) == (200, "Lane survey", "2999-01-01")
    _status, park = record("POST", "/questionnaires", {**given, "name": "Park survey"})
    for query, names in (
        ("", ["Lane survey", "Park survey"]),
        ("?name=LANE", ["Lane survey"]),
        ("?state=draft", ["Park survey"]),
        ("?state=open&name=survey", ["Lane survey"]),
        ("?state=open&name=park", []),
        ("?state=unheard", []),
    ):
        found = reader("GET", f"/questionnaires{query}")[1]["items"]
        assert [one["name"] for one in found] == names, query
    assert lead("DELETE", f"/questionnaires/{park['id']}")[0] == 204
    for wrong in (
        {"answers": {"lives": ["maybe"]}},
        {"answers": {"else": ["x"]}},
        {"answers": {"lives": ["no"]}, "respondent": "people.person:999999"},
        {"answers": {"lives": ["no"]}, "answered_at": "2999-01-01T00:00:00Z"},
    ):
        assert record("POST", f"{where}/responses", wrong)[0] == 422, wrong
    assert not Response.objects.exists()
    body = {
        "answers": {"lives": ["yes"], "years": ["3"]},
        "respondent": f"people.person:{ana.pk}",
        "key": "row-1",
    }
    status, response = record("POST", f"{where}/responses", body)
    assert (status, response["way"], response["answers"]) == (
        201,
        "api",
        {"lives": ["yes"], "years": ["3"], "agree": ["no"]},
    )
    assert record("POST", f"{where}/responses", body)[1]["id"] == response["id"], "the same key once"
    assert record("POST", f"{where}/responses", {**body, "key": "row-2"})[0] == 409
    assert reader("GET", "/responses")[0] == 403
    assert record("GET", f"/responses?questionnaire={made['id']}")[1]["items"] == [response]
    assert record("GET", f"/responses/{response['id']}")[1] == response
    results = reader("GET", f"{where}/results")[1]
    assert (results["responses"], results["threshold"], results["outcomes"][0]["cells"][0]["count"]) == (
        1,
        5,
        None,
    )
    assert record("POST", f"{where}/versions")[1]["number"] == 2
    assert lead("PATCH", where, {"is_closed": True})[1]["state"] == "closed"
    assert lead("DELETE", where)[0] == 409
    assert lead("DELETE", f"/responses/{response['id']}")[0] == 204
    assert lead("DELETE", where)[0] == 204
    assert reader("GET", "/questionnaires")[1]["items"] == []
