"""People, a purpose, and requests of programs."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from barnraise.plumbing.accounts.services.tokens import add_token
from barnraise.who.consent.services import add_purpose
from barnraise.who.people.documents import PersonDocument, Place, Reach
from barnraise.who.people.services import register_person


@pytest.fixture
def ana(alice):
    """Somebody with a mailbox and a phone."""
    contacts = (Reach("email", "ana@example.org"), Reach("phone", "+13075550100"))
    return register_person(PersonDocument(given_name="Ana", family_name="Ruiz", contacts=contacts), by=alice)


@pytest.fixture
def ben(alice):
    """Somebody with an address of the street alone."""
    places = (Place(lines="1 Main St", city="Casper", country="US"),)
    return register_person(PersonDocument(given_name="Ben", family_name="Oak", addresses=places), by=alice)


@pytest.fixture
def newsletter(alice):
    """What people are asked."""
    texts = {"en": "We write once a month.", "es": "Escribimos una vez al mes."}
    return add_purpose(name="Newsletter", channels=["email", "post"], texts=texts, by=alice)


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
