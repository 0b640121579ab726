"""Scores of needs as a list: filtered, sorted, taken out and taken in again."""

from __future__ import annotations

import csv
import io

import pytest

from barnraise.who.people.tests.importing import command, taken_back_in, write
from barnraise.why.needs.hanlon import PEARL
from barnraise.why.needs.models import Score
from barnraise.why.needs.services import add_need

pytestmark = pytest.mark.django_db
HERE = "/why/needs/scores/"
HEAD = (
    "need,rater,size,seriousness,effectiveness,propriety,economics,acceptability,resources,legality,why not\n"
)
ROWS = (
    "Evening buses,Alice,7.5,5,4,yes,yes,yes,yes,yes,\n"
    "Evening buses,Bob,8,20,10,yes,yes,yes,no,yes,No drivers\n"
    "Shade,Alice,2,6,9,yes,yes,yes,yes,yes,\n"
)


@pytest.fixture
def scored(cycle, riverbend, alice, capsys, tmp_path):
    """Three scores, two of them in the assessment."""
    add_need(title="Evening buses", community=riverbend, cycle=cycle, by=alice)
    add_need(title="Shade", by=alice)
    done = command(capsys, "import", write(tmp_path / "s.csv", HEAD + ROWS), "--kind", "scores")
    assert done["created"] == {"scores": 3}


@pytest.fixture
def sheet(vera, logged_in):
    """`sheet(query)`: (need, rater) of the lines that the list gives as a file."""

    def read(query=""):
        content = logged_in(vera).get(f"{HERE}?export=csv{query}").getvalue().decode("utf-8-sig")
        return [(row["Need"], row["Rater"]) for row in csv.DictReader(io.StringIO(content))]

    return read


def test_scores_are_filtered_and_sorted(scored, sheet, cycle, vera, petra, logged_in):
    alice, bob, shade = ("Evening buses", "Alice"), ("Evening buses", "Bob"), ("Shade", "Alice")
    assert sorted(sheet()) == [alice, bob, shade]
    need = Score.objects.filter(rater="Bob").get().need_id
    for query, found in (
        (f"&cycle={cycle.pk}&sort=rater_folded", [alice, bob]),
        (f"&need={need}&sort=-rater_folded", [bob, alice]),
        ("&rater=ali&sort=size", [shade, alice]),
        ("&refused=1", [bob]),
        ("&refused=0&sort=effectiveness", [alice, shade]),
        ("&sort=seriousness", [alice, shade, bob]),
        ("&sort=-size", [bob, alice, shade]),
    ):
        assert sheet(query) == found, query
    page = logged_in(vera).get(f"{HERE}?refused=1").content.decode()
    assert "Resources" in page
    assert "No drivers" in page
    assert logged_in(petra).get(HERE).status_code == 403


def test_the_assessment_and_the_needs_lead_to_them(scored, cycle, vera, logged_in):
    browser = logged_in(vera)
    where = f"{HERE}?cycle={cycle.pk}"
    assert where in browser.get(cycle.get_absolute_url()).content.decode()
    assert f'href="{HERE}"' in browser.get("/why/needs/").content.decode()
    assert browser.get(where).status_code == 200


def test_scores_go_out_and_come_in_again_unchanged(scored, vera, logged_in, capsys, tmp_path):
    before = list(Score.objects.order_by("pk").values())
    browser = logged_in(vera)
    wanted = [*PEARL, "community", "rater", "size", "seriousness", "effectiveness", "reason"]
    browser.post(HERE, {"keep": "columns", "column": wanted})
    again = taken_back_in(capsys, browser, HERE, tmp_path / "out.csv", "scores")
    assert (again["created"], again["updated"], again["refused"]) == ({"scores": 0}, {"scores": 0}, [])
    assert list(Score.objects.order_by("pk").values()) == before
