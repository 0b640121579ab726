"""A project that money was spent on, that was given to and that events served, and an indicator that counts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from barnraise.foundation.refs import Ref
from barnraise.sowhat.indicators.services import write_value
from barnraise.sowhat.roi.services import add_outcome, assume, begin_valuation
from barnraise.what.events.services import plan_event, set_made
from barnraise.what.projects.services import add_contribution, add_part, add_project
from barnraise.why.goals.services import add_goal, add_indicator, add_objective


@pytest.fixture
def kitchens(alice, pantry):
    """1,000 spent, 250 for an event, goods for 300, ten hours, in 2025; another 999 in 2024, and a grant."""
    project = add_project(by=alice, name="Kitchens", kind="infrastructure")
    line = add_part(project, "budget", name="Stoves", planned=200000, by=alice)
    income = add_part(project, "budget", name="Grant", is_income=True, planned=500000, by=alice)
    for on, amount in ((date(2025, 2, 1), 60000), (date(2025, 6, 1), 40000), (date(2024, 6, 1), 99900)):
        add_part(project, "amounts", line=line, on=on, amount=amount, by=alice)
    add_part(project, "amounts", line=income, on=date(2025, 1, 1), amount=500000, by=alice)
    for more in (
        {"kind": "goods", "quantity": Decimal(3), "unit": "pans", "unit_value": 10000, "technique": "price"},
        {"kind": "hours", "hours": Decimal(10)},
        {"kind": "money", "unit_value": 500000},
    ):
        add_contribution(project, organisation=pantry, on=date(2025, 3, 1), by=alice, **more)
    at = datetime(2025, 4, 5, 10, tzinfo=UTC)
    ends = datetime(2025, 4, 5, 12, tzinfo=UTC)
    event = plan_event(
        by=alice, title="Cook-in", kind="workshop", starts_at=at, ends_at=ends, cites=str(Ref.to(project))
    )
    set_made(event, by=alice, outputs=[], costs=[("Food", 25000)])
    return project


@pytest.fixture
def breakfasts(alice):
    """An indicator that is added up: 40 and 60 in 2025, 1,000 in 2024."""
    objective = add_objective(add_goal(name="Every child eats", by=alice), name="Breakfast", by=alice)
    row = add_indicator(
        name="Children at breakfast", objective=objective, unit="children", rule="sum", frequency="quarter", by=alice
    )  # fmt: skip
    for on, value in ((date(2024, 12, 1), 1000), (date(2025, 2, 1), 40), (date(2025, 8, 1), 60)):
        write_value(row, on=on, value=Decimal(value), by=alice)
    return row


TERMS = {
    "proxy": ("40", "50", "60"),
    "deadweight": ("0.1", "0.2", "0.3"),
    "displacement": ("0", "0", "0"),
    "attribution": ("0.25", "0.25", "0.25"),
    "dropoff": ("0.5", "0.5", "0.5"),
    "duration": ("2", "2", "2"),
}


@pytest.fixture
def valuation(kitchens, bob):
    """Of the project, for 2025."""
    return begin_valuation(
        by=bob, name="Kitchens 2025", cites=str(Ref.to(kitchens)), begins_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)
    )  # fmt: skip


@pytest.fixture
def valued(valuation, breakfasts, bob):
    """The same with an outcome of which every term has a source."""
    outcome = add_outcome(valuation, by=bob, name="Eats every day", indicator=breakfasts)
    for kind, ends in TERMS.items():
        low, base, high = (Decimal(one) for one in ends)
        assume(valuation, by=bob, outcome=outcome, kind=kind, low=low, base=base, high=high, source="A study")
    return valuation
