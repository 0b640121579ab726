"""Valuations by programs, from files and in the sample town."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from barnraise.config.commands import main
from barnraise.foundation.refs import Ref
from barnraise.sowhat.roi.models import Assumption, Outcome, Valuation
from barnraise.sowhat.roi.selectors import reckon
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db


def test_created_changed_filtered_refused_and_ended_by_api(asks, kitchens, breakfasts, alice, bob, vera):
    send, cites = asks(bob), str(Ref.to(kitchens))
    given = {"name": "Kitchens 2025", "cites": cites, "begins_on": "2025-01-01", "ends_on": "2025-12-31"}
    assert asks(vera)("POST", "/valuations", given)[0] == 403
    for wrong, field in (
        ({"cites": "people.person:1"}, "cites"),
        ({"name": ""}, "name"),
        ({"ends_on": "2024-01-01"}, "ends_on"),
        ({"owner": "nobody@example.org"}, "owner"),
    ):
        status, problem = send("POST", "/valuations", {**given, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Valuation.objects.exists()
    status, made = send("POST", "/valuations", {**given, "owner": "bob@example.org"})
    assert (status, made["currency"], made["owner"]) == (201, "USD", "bob@example.org")
    where = f"/valuations/{made['id']}"
    assert send("PATCH", where, {"about": "For the board", "owner": None})[1]["about"] == "For the board"
    status, outcome = send("POST", f"{where}/outcomes", {"name": "Eats", "indicator": str(breakfasts.uuid)})
    assert (status, outcome["quantity"], outcome["base"], len(outcome["missing"])) == (201, "100", None, 6)
    there = f"/valued-outcomes/{outcome['id']}"
    nothing = dict.fromkeys(("displacement", "attribution", "dropoff"), "0")
    for kind, value in ({"proxy": "50", "deadweight": "0.2", "duration": "1"} | nothing).items():
        ends = {"low": value, "base": value, "high": value}
        assert send("PUT", f"{there}/assumptions", {"kind": kind, **ends, "source": "A study"})[0] == 200
    wrong = {"kind": "deadweight", "low": "0", "base": "0", "high": "5"}
    assert send("PUT", f"{there}/assumptions", wrong)[1]["errors"][0]["field"] == "high"
    status, found = send("GET", f"{where}/reckoning")
    assert (status, found["hidden"], found["unsourced_share"]) == (200, "", "0")
    assert found["cases"][1]["inputs"] == "1550"
    assert found["cases"][1]["value"] == "3864.7343"
    assert found["cases"][1]["gross"] == "2.493377"
    rate = {"kind": "rate", "low": "0", "base": "0", "high": "0"}
    assert send("PUT", f"{where}/assumptions", rate)[0] == 200
    found = send("GET", f"{where}/reckoning")[1]
    assert (found["cases"][1]["value"], found["cases"][1]["gross"]) == ("4000", None)
    assert found["hidden"].startswith("100% of the value rests on assumptions")
    assert send("DELETE", f"/assumptions/{found['whole'][0]['id']}")[0] == 204
    assert send("GET", f"{where}/reckoning")[1]["hidden"] == "No discount rate is assumed."
    assert send("PUT", there, {"name": "Eats daily"})[1]["quantity"] is None
    assert [one["name"] for one in send("GET", f"/valuations?cites={cites}&ended=false")[1]["items"]] == [
        "Kitchens 2025"
    ]
    assert send("POST", f"{where}/end", {"reason": "Old"})[0] == 403
    assert asks(alice)("POST", f"{where}/end", {"reason": ""})[0] == 422
    assert asks(alice)("POST", f"{where}/end", {"reason": "Old"})[1]["end_reason"] == "Old"
    assert send("PATCH", where, {"about": "x"})[0] == 422
    assert send("DELETE", there)[0] == 422
    assert Outcome.objects.exists()
    assert asks(alice)("DELETE", f"{where}/end")[1]["ended_on"] is None
    assert send("DELETE", there)[0] == 204
    assert send("DELETE", where)[0] == 403
    assert asks(alice)("DELETE", where)[0] == 204
    assert not Valuation.objects.exists()


def test_files_come_in_once_say_what_they_cannot_take_and_are_undone(kitchens, bob, tmp_path, capsys):
    lines = (
        "Kitchens 2025,KITCHENS,2025-01-01,2025-12-31,bob@example.org\n"
        "Kitchens 2025,Kitchens,2025-01-01,2025-12-31,\n"
        "Other,Nothing known,2025-01-01,2025-12-31,\n"
        "Backwards,Kitchens,2025-12-31,2025-01-01,\n"
        "Hers,Kitchens,2025-01-01,2025-12-31,eve@example.org\n"
    )
    file = write(tmp_path / "valuations.csv", "name,project,from,until,owner\n" + lines)
    done = command(capsys, "import", file, "--kind", "valuations", "--date-order", "ymd")
    assert done["created"] == {"valuations": 1}
    refused = sorted(done["refused"], key=lambda one: one["row"])
    assert [one["row"] for one in refused] == [3, 4, 5, 6]
    made = Valuation.objects.get()
    assert (made.cites, made.owner, made.begins_on) == (str(Ref.to(kitchens)), bob, date(2025, 1, 1))
    lines = (
        "Kitchens 2025,Eats,proxy,40,50,60,A study\n"
        "Kitchens 2025,Eats,deadweight,,0.2,,A study\n"
        "Kitchens 2025,,hour_value,,19,,Wages\n"
        "Kitchens 2025,,proxy,,19,,Wages\n"
        "Kitchens 2025,Eats,attribution,,5,,\n"
        "Nothing known,Eats,proxy,,5,,\n"
    )
    register = write(tmp_path / "register.csv", "valuation,outcome,assumption,low,base,high,source\n" + lines)
    taken = command(capsys, "import", register, "--kind", "assumptions")
    assert taken["created"] == {"assumptions": 3}
    assert [one["row"] for one in sorted(taken["refused"], key=lambda one: one["row"])] == [5, 6, 7]
    row = Assumption.objects.get(kind="deadweight")
    assert (row.low, row.base, row.high, row.outcome.name) == (
        Decimal("0.2"),
        Decimal("0.2"),
        Decimal("0.2"),
        "Eats",
    )
    again = command(capsys, "import", register, "--kind", "assumptions")
    assert again["created"] == {"assumptions": 0}
    command(capsys, "imports", "undo", taken["import"])
    assert list(Assumption.objects.values_list("kind", flat=True)) == ["rate"]
    assert not Outcome.objects.exists()
    command(capsys, "imports", "undo", done["import"])
    assert not Valuation.objects.exists()


def test_the_town_values_three_things_and_loses_them(sample_town, valued, capsys):
    rows = Valuation.objects.filter(is_sample=True).order_by("pk")
    assert rows.count() == 3
    kitchens, jobs, trees = (reckon(row) for row in rows)
    assert (kitchens.why_hidden, jobs.why_hidden) == ("", "unsourced")
    assert kitchens.gross("low") < kitchens.gross("base") < kitchens.gross("high")
    assert (trees.why_hidden, rows.last().end_reason != "") == ("", True)
    assert main(["sample", "remove", "--json"]) == 0
    assert Valuation.objects.get() == valued
