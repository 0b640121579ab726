"""A project, a partner, people, and requests of programs."""

from __future__ import annotations

import pytest

from barnraise.what.projects.services import add_part, add_project
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import register_person
from barnraise.why.goals.services import add_goal, add_objective


@pytest.fixture
def objective(alice):
    """What the project serves."""
    return add_objective(add_goal(name="Every child eats", by=alice), name="Breakfast", by=alice)


@pytest.fixture
def kitchens(objective, alice):
    """A project."""
    return add_project(name="Kitchens", kind="infrastructure", objective=objective, by=alice)


@pytest.fixture
def mill(alice):
    """A partner."""
    return register_organisation(OrganisationDocument(name="Mill Bakery"), by=alice)


@pytest.fixture
def people(alice):
    """Ana, Ben and Cleo."""
    names = ("Ana Ruiz", "Ben Oak", "Cleo Marsh")
    return [register_person(PersonDocument(display_name=name), by=alice) for name in names]


@pytest.fixture
def helper(kitchens, alice):
    """An opening with one place."""
    return add_part(kitchens, "openings", kind="volunteer", name="Kitchen helper", places=1, by=alice)
