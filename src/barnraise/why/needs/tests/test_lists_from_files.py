"""Listening sessions, evidence and scores come in as files, change what is there, and go again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from barnraise.who.people.tests.importing import command, write
from barnraise.why.needs.models import Evidence, Score, Session
from barnraise.why.needs.services import add_need, add_session, score_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path, capsys):
    """`take(noun, text)`: the import of a file of that text, as the command line says it."""

    def run(noun, text):
        file = write(tmp_path / f"{noun}.csv", text)
        return command(capsys, "import", file, "--kind", noun, "--date-order", "ymd")

    return run


def refused(done):
    return [(one["row"], one["column"]) for one in sorted(done["refused"], key=lambda one: one["row"])]


def test_sessions_come_in_change_and_go(take, capsys, cycle, riverbend, alice):
    there = add_session(
        title="Mill walk", kind="walk", held_on=date(2025, 2, 1), themes=["Rent"],
        quotes=[{"text": "Keep this.", "may_repeat": False}], by=alice,
    )  # fmt: skip
    done = take(
        "sessions",
        "title,date,kind,assessment,community,groups,themes,quotes\n"
        "At the library,2025-03-01,focus_group,CHNA 2025,Riverbend,Seniors: 8; Parents: 5,Buses; Rent,No bus after six.\n"
        "mill WALK,2025-02-01,walk,CHNA 2025,,Youth: 3,Rent; Shade,\n"
        "Tomorrow,2999-01-01,walk,,,,,\n"
        "No group,2025-03-01,walk,,,Seniors: many,,\n"
        "No place,2025-03-01,walk,,Nowhere,,,\n",
    )
    assert (done["created"], done["updated"]) == ({"sessions": 1}, {"sessions": 1})
    assert refused(done) == [(4, "held_on"), (5, "groups"), (6, "community")]
    made = Session.objects.get(title="At the library")
    assert (made.present, made.themes, made.cycle, made.community) == (
        13,
        ["Buses", "Rent"],
        cycle,
        riverbend,
    )
    assert made.quotes == [{"text": "No bus after six.", "may_repeat": True}]
    there.refresh_from_db()
    assert (there.present, there.themes, there.cycle) == (3, ["Rent", "Shade"], cycle)
    assert there.quotes == [{"text": "Keep this.", "may_repeat": False}], "a blank changes nothing"
    command(capsys, "imports", "undo", done["import"])
    there.refresh_from_db()
    assert (there.present, there.themes, there.cycle, Session.objects.count()) == (0, ["Rent"], None, 1)


def test_evidence_and_scores_come_in_change_and_go(take, capsys, cycle, riverbend, alice):
    buses = add_need(title="Evening buses", community=riverbend, cycle=cycle, by=alice)
    for place in (None, riverbend):
        add_need(title="Shade", community=place, by=alice)
    text = (
        "need,community,evidence,source,date\n"
        "evening buses,,Forty wait.,Count at the stop,2025-02-01\n"
        "Shade,Riverbend,Hot.,Thermometer,2025-07-01\n"
        "Shade,,Hot.,Thermometer,2025-07-01\n"
        "Swimming,,Wet.,Them,2025-07-01\n"
        "Evening buses,,Soon.,Them,2999-01-01\n"
    )
    shown = take("evidence", text)
    assert (shown["created"], refused(shown)) == (
        {"evidence": 2},
        [(4, "need"), (5, "need"), (6, "dated_on")],
    )
    assert buses.evidence.get().said == "Forty wait."
    assert take("evidence", text)["created"] == {"evidence": 0}
    mended = take("evidence", text.replace("Count at the stop,2025-02-01", "Count of drivers,2025-02-03"))
    assert (mended["created"], mended["updated"]) == ({"evidence": 0}, {"evidence": 1})
    assert (buses.evidence.get().source, buses.evidence.get().dated_on) == (
        "Count of drivers",
        date(2025, 2, 3),
    )
    command(capsys, "imports", "undo", mended["import"])
    assert (buses.evidence.get().source, buses.evidence.get().dated_on) == (
        "Count at the stop",
        date(2025, 2, 1),
    )
    score_need(
        buses, rater="Alice", by=alice, reason="",
        values={"size": Decimal(5), "seriousness": Decimal(5), "effectiveness": Decimal(5)},
        pearl=dict.fromkeys(("propriety", "economics", "acceptability", "resources", "legality"), True),
    )  # fmt: skip
    head = "need,rater,size,seriousness,effectiveness,propriety,economics,acceptability,resources,legality,why not\n"
    scored = take(
        "scores",
        f"{head}Evening buses,ALICE,7.5,5,5,yes,yes,yes,yes,yes,\nEvening buses,Bob,8,20,10,yes,yes,yes,no,yes,No drivers\n"
        "Evening buses,Cleo,11,20,10,yes,yes,yes,yes,yes,\nEvening buses,Dora,1,2,3,yes,yes,yes,no,yes,\n",
    )
    assert (scored["created"], scored["updated"]) == ({"scores": 1}, {"scores": 1})
    assert refused(scored) == [(4, "size"), (5, "reason")]
    bob = Score.objects.get(rater="Bob")
    assert (bob.size, bob.resources, bob.reason) == (Decimal("8.0"), False, "No drivers")
    assert Score.objects.get(rater="Alice").size == Decimal("7.5")
    for done in (scored, shown):
        command(capsys, "imports", "undo", done["import"])
    assert (Score.objects.get().rater, Score.objects.get().size) == ("Alice", Decimal("5.0"))
    assert not Evidence.objects.exists(), "a change that was taken back is no change"
