"""A question with proposals, people who take part, and requests of programs."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person
from barnraise.why.decisions.services import add_decision, open_proposals, propose
from barnraise.why.needs.services import add_need


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def need(alice):
    """What the question answers."""
    return add_need(title="Evening buses", by=alice)


@pytest.fixture
def school(alice, need):
    """A question that is open for proposals, ranked by three."""
    row = add_decision(
        title="The old school", rules="No advertising.", need=need, method="rank", most=3, by=alice
    )
    return open_proposals(row, by=alice)


@pytest.fixture
def proposals(school, alice):
    """A kitchen, childcare, a stop."""
    return [propose(school, title=title, by=alice) for title in ("Kitchen", "Childcare", "Stop")]


@pytest.fixture
def ana(alice):
    """Somebody with a mailbox."""
    contacts = (Reach("email", "ana@example.org"),)
    return register_person(PersonDocument(given_name="Ana", family_name="Ruiz", contacts=contacts), by=alice)


@pytest.fixture
def ben(alice):
    """Somebody else."""
    return register_person(PersonDocument(given_name="Ben", family_name="Oak"), by=alice)
