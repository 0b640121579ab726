"""Files add outcomes to valuations, rename, count and take them away, say what they may not, and their undo puts all of it back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from barnraise.sowhat.roi import lists
from barnraise.sowhat.roi.models import Assumption, Outcome
from barnraise.sowhat.roi.selectors import reckon
from barnraise.sowhat.roi.services import add_outcome, assume, end_valuation

pytestmark = pytest.mark.django_db
PAGE = "/sowhat/value/outcomes/"
HEAD = "valuation,outcome,about,how many,indicator,state\n"


def assumed(valuation, outcome, kind, value, by):
    ends = dict.fromkeys(("low", "base", "high"), Decimal(value))
    return assume(valuation, by=by, outcome=outcome, kind=kind, source="Counted by hand", **ends)


def test_outcomes_come_by_file_and_go_with_its_undo(valuation, breakfasts, bob, takes, exports):
    done = takes(
        "outcomes",
        f"{HEAD}KITCHENS 2025,Eats every day,Children in school,,children AT breakfast,\nKitchens 2025,Sleeps well,,Assumed,,\n",
    )
    assert (done["counts"], done["why"]) == ((2, 0), [])
    eats, sleeps = Outcome.objects.order_by("pk")
    assert (eats.valuation, eats.indicator, eats.about) == (valuation, breakfasts, "Children in school")
    assert (sleeps.name, sleeps.indicator) == ("Sleeps well", None)
    rows = exports(PAGE, lists.outcomes)
    assert takes("outcomes", rows)["counts"] == (0, 0), "an export left alone changes nothing"
    (row,) = exports(PAGE, lists.outcomes, "counted=0&name=sleeps")
    assert (row["What changed"], row["How many"]) == ("Sleeps well", "Assumed")
    assumed(valuation, sleeps, "proxy", "5", bob)
    assert takes.undo(done) == 1
    assert list(Outcome.objects.all()) == [sleeps], "something is assumed of this one meanwhile"


def test_outcomes_are_renamed_and_an_assumed_number_that_an_indicator_replaced_comes_back(
    valuation, breakfasts, bob, takes, exports, logged_in
):
    outcome = add_outcome(valuation, by=bob, name="Eats")
    number = assumed(valuation, outcome, "quantity", "80", bob)
    (row,) = exports(PAGE, lists.outcomes)
    counted = {
        **row,
        "How many": "By an indicator",
        "Indicator": breakfasts.name,
        "What changed": "Eats daily",
    }
    done = takes("outcomes", [counted])
    assert (done["counts"], done["why"]) == ((0, 1), [])
    outcome.refresh_from_db()
    assert (outcome.name, outcome.indicator) == ("Eats daily", breakfasts)
    assert not Assumption.objects.filter(kind="quantity").exists()
    assert reckon(valuation).lines[0].many == 100
    assert "Kitchens 2025" in logged_in(bob).get("/search?q=daily").content.decode()
    assert takes.undo(done) == 1
    outcome.refresh_from_db()
    back = Assumption.objects.get(kind="quantity")
    assert (outcome.name, outcome.indicator, back.pk, back.base, back.source) == (
        "Eats", None, number.pk, Decimal(80), "Counted by hand",
    )  # fmt: skip
    again = takes("outcomes", f"{HEAD}Kitchens 2025,Eats,,,{breakfasts.name},\n")
    without = takes("outcomes", f"{HEAD}Kitchens 2025,Eats,,Assumed,{breakfasts.name},\n")
    outcome.refresh_from_db()
    assert (without["counts"], outcome.indicator) == ((0, 1), None)
    line = "valuation,outcome,assumption,base\nKitchens 2025,Eats,quantity,3\n"
    assert takes("assumptions", line)["counts"] == (1, 0)
    assert takes.undo(without) == 0, "a number is assumed meanwhile"
    assert takes.undo(again) == 0, "what came after stands"
    outcome.refresh_from_db()
    assert (outcome.indicator, Assumption.objects.get(kind="quantity").base) == (None, 3)


def test_outcomes_are_taken_away_with_what_is_assumed_of_them_and_come_back(valued, alice, takes, exports):
    (row,) = exports(PAGE, lists.outcomes)
    value = reckon(valued).values["base"]
    done = takes("outcomes", [{**row, "State": "Taken away"}])
    assert (done["counts"], Outcome.objects.count()) == ((0, 1), 0)
    assert takes.undo(done) == 1
    assert reckon(valued).values["base"] == value
    end_valuation(valued, by=alice, reason="A new one")
    assert takes("outcomes", [row])["why"] == [], "what stands as it stood is no change"
    assert takes("outcomes", [{**row, "State": "Taken away"}])["why"] == [(2, "valuation")]


def test_what_a_file_may_not_say_of_outcomes(valued, takes, exports):
    (row,) = exports(PAGE, lists.outcomes)
    lines = (
        "Nothing known,New,,,,\nKitchens 2025,One,,,Nothing counted,\nKitchens 2025,Two,,By an indicator,,\n"
        "Kitchens 2025,Three,,Assumed,Children at breakfast,\nKitchens 2025,Four,,,,Taken away\n"
        "Kitchens 2025,Five,,,,\nKitchens 2025,FIVE,,,,\n"
    )
    done = takes("outcomes", HEAD + lines)
    columns = ["valuation", "indicator", "indicator", "counted", "state", ""]
    assert done["why"] == [(at, column) for at, column in zip((2, 3, 4, 5, 6, 8), columns, strict=True)]
    assert done["counts"] == (1, 0)
    (other,) = (one for one in exports(PAGE, lists.outcomes) if one["What changed"] == "Five")
    assert takes("outcomes", [{**other, "What changed": "EATS every day"}])["why"] == [(2, "name")]
    assert takes("outcomes", [{**other, "Id": row["Id"][:-4] + "beef"}])["why"] == [(2, "uuid")]


def test_the_undo_of_a_register_leaves_outcomes_that_were_there_before(valuation, bob, takes):
    outcome = add_outcome(valuation, by=bob, name="Eats")
    lines = "valuation,outcome,assumption,base\nKitchens 2025,Eats,quantity,3\nKitchens 2025,Came along,quantity,3\n"
    done = takes("assumptions", lines)
    assert Outcome.objects.count() == 2
    assert takes.undo(done) == 2
    assert list(Outcome.objects.all()) == [outcome]
