"""A question with proposals, people who take part, and requests of programs."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.test import Client

from barnraise.plumbing.accounts.services.tokens import add_token
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


@pytest.fixture
def asks(db):
    """`asks(account)(method, path, body)`: one request with a fresh token of that account; (status, JSON)."""

    def by(account):
        _token, secret = add_token(account=account, scope="write", name="test", by=None)

        def send(method, path, body=None):
            sent = json.dumps(body) if body is not None else ""
            headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
            answer = Client().generic(method, f"/api/v1{path}", sent, "application/json", **headers)
            return answer.status_code, json.loads(answer.content) if answer.content else None

        return send

    return by
