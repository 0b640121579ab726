"""A year of Kitchens: an indicator with a value, money, a gift, two promises, an answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from barnraise.sowhat.feedback.services import publish, write_answer
from barnraise.sowhat.indicators.services import write_value
from barnraise.what.commitments.services import make_commitment
from barnraise.what.projects.services import add_contribution, add_part, add_project
from barnraise.why.goals.services import add_goal, add_indicator, add_objective


@pytest.fixture
def year(alice, pantry, library):
    """What happened in 2025; another gift in 2024."""
    objective = add_objective(add_goal(name="Every child eats", by=alice), name="Breakfast", by=alice)
    indicator = add_indicator(
        name="Children at breakfast", objective=objective, unit="children", rule="sum", frequency="year",
        baseline_value=Decimal(10), baseline_on=date(2024, 12, 31), target_value=Decimal(90), target_on=date(2026, 12, 31), by=alice,
    )  # fmt: skip
    seen = write_value(indicator, on=date(2025, 2, 1), value=Decimal(60), by=alice)
    project = add_project(by=alice, name="=Kitchens", kind="infrastructure")
    line = add_part(project, "budget", name="Stoves", planned=200000, by=alice)
    add_part(project, "amounts", line=line, on=date(2025, 2, 1), amount=150050, by=alice)
    for on in (date(2025, 3, 1), date(2024, 3, 1)):
        add_contribution(project, organisation=pantry, kind="hours", hours=Decimal(10), on=on, by=alice)
    for partner, what in ((pantry, "Forty boxes"), (library, "A room")):
        make_commitment(
            by=alice, direction="theirs", partner=partner, what=what, due_on=date(2025, 6, 1), promised_on=date(2025, 5, 1)
        )  # fmt: skip
    answer = write_answer(by=alice, you_said="Children come hungry", we_did="Four kitchens *cook* now")
    publish(answer, by=alice)
    return {"indicator": indicator, "seen": seen, "project": project}
