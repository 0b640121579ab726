"""An objective, an indicator that is reported, one that counts, people to count, and requests of programs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from barnraise.who.interactions.services import log_interaction
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import register_person
from barnraise.why.goals.services import add_goal, add_indicator, add_objective


@pytest.fixture
def objective(alice):
    """What the indicators tell of."""
    return add_objective(add_goal(name="Every child eats", by=alice), name="Breakfast", by=alice)


@pytest.fixture
def bags(objective, alice):
    """A number that is written or reported: bags of groceries, from 300 to 900."""
    return add_indicator(
        name="Bags handed out",
        objective=objective,
        unit="bags",
        rule="sum",
        frequency="quarter",
        baseline_value=Decimal(300),
        baseline_on=date(2024, 12, 31),
        target_value=Decimal(900),
        target_on=date(2026, 12, 31),
        by=alice,
    )


@pytest.fixture
def reached(objective, alice):
    """A number that counts by itself."""
    return add_indicator(
        name="People we talked with",
        objective=objective,
        unit="people",
        rule="distinct",
        frequency="quarter",
        source="people.reached",
        by=alice,
    )


@pytest.fixture
def people(alice):
    """Ana, Ben and Cleo."""
    names = ("Ana Ruiz", "Ben Oak", "Cleo Marsh")
    return [register_person(PersonDocument(display_name=name), by=alice) for name in names]


@pytest.fixture
def mill(alice):
    """A partner."""
    return register_organisation(OrganisationDocument(name="Mill Bakery"), by=alice)


@pytest.fixture
def talk(bob):
    """`talk(day, *people)`: a visit on that day of 2026 (month, day)."""

    def by(day, *who, kind="visit"):
        at = datetime(2026, *day, 12, tzinfo=UTC)
        return log_interaction(by=bob, text="Came by.", kind=kind, people=list(who), happened_at=at)

    return by
