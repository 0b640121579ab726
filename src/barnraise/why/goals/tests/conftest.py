"""A need to cite, partners, a goal with an objective and an indicator, and requests of programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from barnraise.foundation.refs import Ref
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.why.goals.services import add_goal, add_indicator, add_objective
from barnraise.why.needs.services import add_need


@pytest.fixture
def hunger(alice):
    """A need."""
    return Ref.to(add_need(title="Children come to class hungry", by=alice))


@pytest.fixture
def mill(alice):
    """A partner."""
    return register_organisation(OrganisationDocument(name="Mill Bakery"), by=alice)


@pytest.fixture
def fed(alice):
    """A goal."""
    return add_goal(name="Every child eats", about="Breakfast at school.", by=alice)


@pytest.fixture
def breakfast(fed, alice):
    """An objective that lacks everything."""
    return add_objective(fed, name="Breakfast in four schools", by=alice)


@pytest.fixture
def children(breakfast, alice):
    """What tells of it."""
    return add_indicator(
        name="Children at breakfast",
        objective=breakfast,
        unit="children",
        rule="sum",
        baseline_value=Decimal(120),
        baseline_on=date(2025, 12, 31),
        target_value=Decimal(400),
        target_on=date(2026, 12, 31),
        by=alice,
    )
