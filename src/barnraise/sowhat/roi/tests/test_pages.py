"""The team says what something cost, what came of it and what that is worth; and where it knows that from."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.sockets import loose_ends, threads
from barnraise.sowhat.roi.models import Assumption, Outcome, Valuation
from barnraise.sowhat.roi.selectors import reckon
from barnraise.sowhat.roi.services import add_outcome, assume, begin_valuation, end_valuation
from barnraise.what.projects.services import add_project

pytestmark = pytest.mark.django_db
PAGE = "/sowhat/value/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def said(**more):
    first = {"name": "Kitchens 2025", "cites": "Kitchens", "begins_on": "2025-01-01", "ends_on": "2025-12-31"}
    return {**first, "owner": "", "is_first_year_discounted": "on", **more}


def line(**more):
    return {"kind": "proxy", "low": "40", "base": "50", "high": "60", "source": "A study", **more}


def test_begun_and_refused_with_a_reason(kitchens, alice, vera, logged_in):
    browser = logged_in(alice)
    for wrong, reason in (
        ({"name": " "}, "This field is required."),
        ({"cites": "Nothing known"}, "There is no project and no event of this name."),
        ({"ends_on": "2024-01-01"}, "It ends before it begins."),
    ):
        page = browser.post(f"{PAGE}begin/", said(**wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}begin/", said()).status_code == 403
    assert not Valuation.objects.exists()
    answer = browser.post(f"{PAGE}begin/", said(owner=alice.pk))
    made = Valuation.objects.get()
    assert (answer.url, made.cites, made.owner, made.currency) == (
        made.get_absolute_url(), str(Ref.to(kitchens)), alice, "USD",
    )  # fmt: skip
    assert Assumption.objects.get().base == Decimal("0.035")
    page = browser.post(f"{PAGE}begin/", said(name="KITCHENS 2025"))
    assert "There is a valuation of this name." in text(page)
    browser.post(
        f"{made.get_absolute_url()}change/", said(name="Kitchens, first year", about="For the board")
    )
    made.refresh_from_db()
    assert (made.name, made.about, made.is_first_year_discounted) == (
        "Kitchens, first year",
        "For the board",
        True,
    )


def test_an_outcome_and_its_register_and_what_is_refused(valuation, breakfasts, bob, logged_in):
    browser, where = logged_in(bob), valuation.get_absolute_url()
    assert "No outcome is valued yet." in text(browser.get(where))
    page = browser.post(f"{where}outcomes/add/", {"name": "Eats", "indicator": "Not known"})
    assert "There is no indicator of this name." in text(page)
    answer = browser.post(f"{where}outcomes/add/", {"name": "Eats", "indicator": "children AT breakfast"})
    outcome = Outcome.objects.get()
    assert (answer.url, outcome.indicator) == (outcome.get_absolute_url(), breakfasts)
    page = browser.post(f"{where}outcomes/add/", {"name": "EATS"})
    assert "This outcome is valued here already." in text(page)
    there = f"{outcome.get_absolute_url()}assume/"
    for wrong, reason in (
        (
            {"kind": "deadweight", "low": "0", "base": "0.2", "high": "50"},
            "It must be between 0 and 1 (got 50)",
        ),
        ({"low": "70"}, "Write them from low over base to high."),
        ({"kind": "duration", "low": "1", "base": "1.5", "high": "2"}, "It must be whole years"),
        ({"kind": "quantity"}, "Select a valid choice"),
        ({"kind": "rate"}, "Select a valid choice"),
        ({"source_url": "javascript:alert(1)"}, "Enter a valid URL"),
    ):
        page = browser.post(there, line(**wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert not outcome.assumptions.exists()
    browser.post(there, line())
    browser.post(there, line(base="55", source=""))
    row = outcome.assumptions.get()
    assert (row.low, row.base, row.high, row.source) == (40, 55, 60, "")
    page = text(browser.get(outcome.get_absolute_url()))
    assert "Missing: Deadweight, Displacement, Attribution to others, Drop-off a year, Years it lasts" in page
    browser.post(f"{PAGE}assumptions/{row.uuid}/forget/")
    assert not outcome.assumptions.exists()
    browser.post(f"{outcome.get_absolute_url()}change/", {"name": "Eats daily", "indicator": ""})
    outcome.refresh_from_db()
    assert (outcome.name, outcome.indicator) == ("Eats daily", None)
    browser.post(f"{outcome.get_absolute_url()}remove/")
    assert not Outcome.objects.exists()


def test_reckoned_from_low_to_high_with_every_figure_at_its_rows(valued, bob, logged_in):
    """100 children × 50 × 0.8 × 0.75 = 3,000, then 1,500: at 3.5 % 2,898.55 + 1,400.27 = 4,298.82, for 1,550 put in."""
    found = reckon(valued)
    assert (found.costs.spent, found.costs.events, found.costs.given, found.costs.hours) == (
        100000,
        25000,
        30000,
        10,
    )
    assert found.inputs == {"low": 1550, "base": 1550, "high": 1550}
    assert {case: round(value, 2) for case, value in found.values.items()} == {
        "low": Decimal("3009.17"), "base": Decimal("4298.82"), "high": Decimal("5803.40"),
    }  # fmt: skip
    browser, where = logged_in(bob), valued.get_absolute_url()
    page = text(browser.get(where))
    assert "Gross ratio: value for each 1 put in 1.9 2.8 3.7" in page
    assert "Net ratio: gross less 1 0.9 1.8 2.7" in page
    assert "Months until value covers inputs" in page
    assert "Eats every day 100 $3,009.17 $4,298.82 $5,803.40 $15.50" in page
    assert "nothing says what an hour is worth" in page
    assert "Spent on the project $1,000.00 Costs of events $250.00 Goods and services given $300.00" in page
    costs = text(browser.get(f"{where}costs/"))
    assert "Cook-in: Food" in costs
    assert "$999.00" not in costs
    assert "$5,000.00" not in costs
    outcome = text(browser.get(valued.outcomes.get().get_absolute_url()))
    assert "Cost for one that would not have happened anyway $19.38" in outcome
    browser.post(
        f"{where}assume/", {"kind": "hour_value", "low": "10", "base": "20", "high": "30", "source": "x"}
    )
    assert reckon(valued).inputs == {"low": 1850, "base": 1750, "high": 1650}


def test_the_ratio_is_hidden_until_the_value_rests_on_sources(valued, bob, logged_in):
    browser, where = logged_in(bob), valued.get_absolute_url()
    shaky = add_outcome(valued, by=bob, name="Sleeps better")
    terms = {
        "quantity": 31,
        "proxy": 50,
        "deadweight": 0,
        "displacement": 0,
        "attribution": 0,
        "dropoff": 0,
        "duration": 1,
    }
    for kind, value in terms.items():
        assume(valued, by=bob, outcome=shaky, kind=kind, low=value, base=value, high=value, source="" if kind == "proxy" else "x")  # fmt: skip
    assert round(reckon(valued).unsourced_share, 3) == Decimal("0.258")
    assert reckon(valued).why_hidden == ""
    assume(valued, by=bob, outcome=shaky, kind="quantity", low=40, base=40, high=40, source="x")
    found = reckon(valued)
    assert (round(found.unsourced_share, 3), found.why_hidden) == (Decimal("0.310"), "unsourced")
    page = text(browser.get(where))
    assert (
        "No ratio is shown. 31% of the value rests on assumptions without a source; at most 30% may." in page
    )
    assert "Write where these come from, or value less: Sleeps better: Value of one" in page
    assert "Gross ratio" not in page
    today = text(browser.get("/"))
    assert "Assumptions without a source Kitchens 2025 1 assumption without a source" in today
    register = text(browser.get(f"{PAGE}assumptions/?valuation={valued.pk}&sourced=0"))
    assert "Sleeps better" in register
    assert "Eats every day" not in register
    browser.post(f"{shaky.get_absolute_url()}assume/", line(low="50", high="50", source="Asked"))
    page = text(browser.get(where))
    assert "Gross ratio" in page
    assert "What each assumption alone does" in page
    assert "Assumptions without a source" not in text(browser.get("/"))


def test_ended_taken_back_and_removed(valued, alice, bob, logged_in):
    browser, where = logged_in(alice), valued.get_absolute_url()
    assert logged_in(bob).post(f"{where}end/", {"reason": "Old"}).status_code == 403
    assert browser.post(f"{where}end/", {"reason": " "}).status_code == 422
    assert Valuation.objects.get().ended_on is None
    browser.post(f"{where}end/", {"reason": "A study replaces it"})
    valued.refresh_from_db()
    assert valued.end_reason == "A study replaces it"
    assert "Alice ended the valuation Kitchens 2025: A study replaces it" in text(browser.get(where))
    page = browser.post(f"{where}change/", said())
    assert "It has ended. Open it again first." in text(page)
    page = browser.post(f"{valued.outcomes.get().get_absolute_url()}assume/", line(low="1"))
    assert "It has ended. Open it again first." in text(page)
    assert not Assumption.objects.filter(low=1).exists()
    browser.post(f"/journal/changes/{ChangeSet.objects.get(verb='roi.ended').pk}/undo/")
    valued.refresh_from_db()
    assert (valued.ended_on, valued.end_reason) == (None, "")
    end_valuation(valued, by=alice, reason="Old")
    browser.post(f"{where}reopen/")
    valued.refresh_from_db()
    assert valued.ended_on is None
    assert logged_in(bob).post(f"{where}remove/").status_code == 403
    browser.post(f"{where}remove/")
    assert not Valuation.objects.exists()
    assert not Assumption.objects.exists()


def test_listed_filtered_and_taken_out_as_csv(valued, alice, bob, logged_in):
    other = begin_valuation(
        by=alice, name="Old one", cites=valued.cites, begins_on=date(2020, 1, 1), ends_on=date(2020, 12, 31), owner=bob
    )  # fmt: skip
    end_valuation(other, by=alice, reason="Old")
    browser = logged_in(bob)
    names = ("Kitchens 2025", "Old one")
    for query, shown in (
        ("", list(names)),
        ("ended=1", ["Old one"]),
        ("ended=0", ["Kitchens 2025"]),
        (f"owner={bob.pk}", ["Old one"]),
        ("until_from=2025-01-01", ["Kitchens 2025"]),
    ):
        page = browser.get(f"{PAGE}?{query}").content.decode()
        assert [name for name in names if f">{name}<" in page] == shown, query
    lines = browser.get(f"{PAGE}?export=csv&ended=0").getvalue().decode("utf-8-sig").splitlines()
    assert lines == [
        "Name,Period,State,Outcomes,Without a source,Who sees to it",
        "Kitchens 2025,2025,In use,1,0,",
    ]
    register = browser.get(f"{PAGE}assumptions/?export=csv&what=proxy").getvalue().decode("utf-8-sig")
    assert register.splitlines()[1].startswith("proxy,Eats every day,Kitchens 2025,40")


def test_stands_in_trace_timeline_search_and_on_the_project(valued, kitchens, breakfasts, alice, logged_in):
    browser = logged_in(alice)
    project, mine, outcome = Ref.to(kitchens), Ref.to(valued), Ref.to(valued.outcomes.get())
    assert project in threads.get("roi.valuation").upstream(mine)
    assert outcome in threads.get("roi.valuation").downstream(mine)
    assert Ref.to(breakfasts) in threads.get("roi.outcome").upstream(outcome)
    counted = breakfasts.observations.order_by("begins_on")
    below = dict(threads.items())["indicators.observation@roi"].downstream
    assert [list(below(Ref.to(row)).refs) for row in counted] == [[], [outcome], [outcome]]
    page = text(browser.get(f"/trace/{project}/"))
    assert "Kitchens 2025" in page
    assert "Eats every day" in page
    page = text(browser.get(kitchens.get_absolute_url()))
    assert "Cost and value Kitchens 2025 In use Begin a valuation" in page
    assert "Bob began the valuation Kitchens 2025" in page
    told = text(browser.get(valued.get_absolute_url()))
    assert "wrote for the valuation Kitchens 2025 : Value of one" in told
    assert "wrote for the valuation Kitchens 2025 : Deadweight" in told
    assert browser.get(f"{PAGE}key/{valued.pk}/").url == valued.get_absolute_url()
    assert "Kitchens 2025" in text(browser.get("/search?q=eats every day"))
    assert 'value="Kitchens"' in browser.get(f"{PAGE}begin/?for={project}").content.decode()


def test_costs_without_an_outcome_are_broken_threads(kitchens, valuation, alice, bob):
    find = dict(loose_ends.items())["roi.costs_without_outcome"].find
    add_project(by=alice, name="Costs nothing", kind="other")
    assert find(10) == (1, [Ref.to(kitchens)])
    add_outcome(valuation, by=bob, name="Eats")
    assert find(10) == (0, [])
