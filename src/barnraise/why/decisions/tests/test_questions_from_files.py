"""Questions to decide come in from a table, change, are settled or dropped by it, and go again with its undo."""

from __future__ import annotations

from datetime import date

import pytest

from barnraise.who.people.tests.importing import command, taken_back_in, write
from barnraise.why.decisions.models import Decision
from barnraise.why.decisions.services import add_decision, change_decision, open_proposals
from barnraise.why.needs.services import add_need

pytestmark = pytest.mark.django_db
HEAD = "question,about,rules,need,how it is voted,closes on,public,how it ended,what was decided,decided on\n"


def test_questions_come_in_change_end_and_go(tmp_path, capsys, alice):
    def take(lines):
        file = write(tmp_path / "questions.csv", HEAD + lines)
        return command(capsys, "import", file, "--kind", "decisions", "--date-order", "ymd")

    need = add_need(title="A place to meet", by=alice)
    done = take(
        "The old school,Empty since May,Be kind,a place to MEET,rank,2026-05-01,no,,,\n"
        "The bridge,,,,,,,decided,A ramp on both sides,2025-03-01\n"
        "The pool,,,Swimming,,,,,,\n"
        "The mill,,,,,,,dropped,,\n"
        "The well,,,,,,,decided,Dig it,2999-03-01\n"
    )
    assert done["created"] == {"decisions": 2}
    assert sorted((one["row"], one["column"]) for one in done["refused"]) == [
        (4, "need"),
        (5, "what was decided"),
        (6, "decided on"),
    ]
    school, bridge = Decision.objects.order_by("pk")
    assert (school.need, school.method, school.closes_on, school.is_public, school.stage) == (
        need,
        "rank",
        date(2026, 5, 1),
        False,
        "draft",
    )
    assert (bridge.stage, bridge.outcome, bridge.decided_on) == (
        "decided",
        "A ramp on both sides",
        date(2025, 3, 1),
    )
    second = take(
        "the old SCHOOL,Empty since June,,,,2026-06-01,,dropped,It was sold,\n"
        "The bridge,,,,,,,decided,A ferry,2025-03-01\n"
    )
    assert (second["created"], second["updated"]) == ({"decisions": 0}, {"decisions": 1})
    assert [one["row"] for one in second["refused"]] == [3]
    school.refresh_from_db()
    assert (school.about, school.rules, school.closes_on) == ("Empty since June", "Be kind", date(2026, 6, 1))
    assert (school.stage, school.outcome) == ("dropped", "It was sold")
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 1
    school.refresh_from_db()
    assert (school.about, school.stage, school.outcome) == ("Empty since May", "draft", "")
    bridge = change_decision(Decision.objects.exclude(pk=school.pk).get(), by=alice, about="A ramp?")
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 1
    assert Decision.objects.get() == bridge, (
        "what somebody changed since stays; what was taken back does not count"
    )


def test_the_list_as_it_went_out_changes_nothing_and_opens_no_vote(tmp_path, capsys, alice, logged_in):
    add_decision(title="The bench", by=alice)
    open_proposals(add_decision(title="The bridge", rules="Be kind", by=alice), by=alice)
    browser, file = logged_in(alice), tmp_path / "decisions.csv"
    done = taken_back_in(capsys, browser, "/why/decisions/", file, "decisions")
    assert (done["refused"], done["unchanged"]) == ([], 2)
    file = write(tmp_path / "questions.csv", "question,how it ended\nThe bench,The vote is open\n")
    assert command(capsys, "import", file, "--kind", "decisions")["unchanged"] == 1
    assert sorted(Decision.objects.values_list("stage", flat=True)) == ["draft", "proposing"]
