"""A second file changes and ends valuations and lines of their registers, says what it may not, and its undo puts them back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from barnraise.foundation.refs import Ref
from barnraise.sowhat.roi import lists
from barnraise.sowhat.roi.models import Assumption, Valuation
from barnraise.sowhat.roi.services import change_valuation, end_valuation
from barnraise.what.events.services import plan_event

pytestmark = pytest.mark.django_db
VALUATIONS, REGISTER = "/sowhat/value/", "/sowhat/value/assumptions/"


def test_valuations_change_end_and_are_opened_again(valued, alice, bob, takes, exports):
    change_valuation(valued, by=bob, about="For the board.\n\nAnd the town.", owner=bob)
    (row,) = exports(VALUATIONS, lists.valuations)
    assert takes("valuations", [row])["counts"] == (0, 0), "an export left alone changes nothing"
    done = takes(
        "valuations", [{**row, "Until": "2026-06-30", "State": "Ended", "Why it ended": "A new one"}]
    )
    assert (done["counts"], done["why"]) == ((0, 1), [])
    valued.refresh_from_db()
    told = (valued.ends_on, valued.end_reason, valued.owner, valued.about)
    assert told == (date(2026, 6, 30), "A new one", bob, "For the board.\n\nAnd the town.")
    head = "name,project,from,until,owner,about,state,why it ended\n"
    wrong = takes(
        "valuations",
        f"{head}Kitchens 2025,,,,,Other words,,\nNew,,2025-01-01,2025-12-31,,,,\nNew 2,Kitchens,2025-12-31,2025-01-01,,,,\n"
        "New 3,Kitchens,2025-01-01,2025-12-31,eve@example.org,,,\nNew 4,Kitchens,2025-01-01,2025-12-31,,,ended,\n"
        "New 5,Kitchens,2025-01-01,2025-12-31,,,,A reason\nNew 6,Nothing,2025-01-01,2025-12-31,,,,\n",
    )
    columns = ["about", "project", "until", "owner", "why|it|ended", "state", "project"]
    assert wrong["counts"] == (0, 0)
    assert [row for row, _column in wrong["why"]] == list(range(2, 9)), columns
    again = takes("valuations", f"{head}Kitchens 2025,,,2025-11-30,,,in use,\n")
    assert again["counts"] == (0, 1)
    valued.refresh_from_db()
    assert (valued.ended_on, valued.end_reason, valued.ends_on) == (None, "", date(2025, 11, 30))
    assert takes.undo(again) == 1
    valued.refresh_from_db()
    assert (valued.end_reason, valued.ends_on) == ("A new one", date(2026, 6, 30))
    assert takes.undo(done) == 1
    valued.refresh_from_db()
    assert (valued.ended_on, valued.end_reason, valued.ends_on) == (None, "", date(2025, 12, 31))
    made = takes("valuations", f"{head}Old,Kitchens,2024-01-01,2024-12-31,,,ended,Never used\n")
    old = Valuation.objects.get(name="Old")
    assert (made["counts"], old.end_reason, old.cites) == ((1, 0), "Never used", valued.cites)
    takes.undo(made)
    assert list(Valuation.objects.all()) == [valued]


def test_what_a_valuation_values_already_is_that_one_whatever_else_is_called_so(
    valued, alice, takes, exports
):
    at = datetime(2025, 4, 5, 10, tzinfo=UTC)
    plan_event(by=alice, title="Kitchens", kind="workshop", starts_at=at, ends_at=at.replace(hour=12))
    (row,) = exports(VALUATIONS, lists.valuations)
    of = next(name for name, said in row.items() if said == "Kitchens")
    same = takes("valuations", [row])
    assert (same["counts"], same["why"]) == ((0, 0), [])
    done = takes("valuations", [{**row, of: "KITCHENS", "Until": "2026-06-30"}])
    assert (done["counts"], done["why"]) == ((0, 1), [])
    before = valued.cites
    valued.refresh_from_db()
    assert (valued.cites, valued.ends_on) == (before, date(2026, 6, 30))
    assert takes("valuations", [{**row, "Name": "Another"}])["why"] == [(2, "of")]


def test_lines_change_and_are_taken_out(valued, alice, takes, exports):
    rows = {row["Assumption"]: row for row in exports(REGISTER, lists.assumptions)}
    assert takes("assumptions", list(rows.values()))["counts"] == (0, 0)
    rows["proxy"] |= {"Low": "42.5", "Source": "Another study"}
    rows["deadweight"] |= {"Base": "0.9"}
    rows["rate"] |= {"Address of the source": "somewhere"}
    lines = [{**row, "Taken out": "yes" if name == "dropoff" else ""} for name, row in rows.items()]
    done = takes("assumptions", lines)
    assert done["counts"] == (0, 2)
    assert [column for _row, column in done["why"]] in (["base", "url"], ["url", "base"])
    terms = Assumption.objects.filter(valuation=valued).order_by("pk")
    values = terms.values_list("kind", "low", "source")
    assert [str(one) for one in values.filter(kind="proxy").get()] == ["proxy", "42.500000", "Another study"]
    assert (terms.count(), terms.filter(kind="dropoff").exists()) == (6, False)
    again = takes(
        "assumptions",
        "valuation,outcome,assumption,base,taken out\nKitchens 2025,Eats every day,dropoff,1,yes\n",
    )
    assert (again["counts"], again["why"]) == ((0, 0), [(2, "is_taken_out")])
    assert takes.undo(done) == 2
    assert [str(one) for one in values.filter(kind="proxy").get()] == ["proxy", "40.000000", "A study"]
    assert terms.get(kind="dropoff").outcome is not None
    end_valuation(valued, by=alice, reason="A new one")
    ended = takes("assumptions", list(rows.values()))
    assert (ended["counts"], {column for _row, column in ended["why"]}) == ((0, 0), {"valuation"})
    assert len(ended["why"]) == 3, "what stands as it stood is no change"
    assert Ref.to(valued).kind == "roi.valuation"
