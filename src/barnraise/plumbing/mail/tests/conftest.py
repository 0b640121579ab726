"""Readers, a mail server on loopback, and requests of programs."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.test import Client, override_settings

from barnraise.plumbing.accounts.services.tokens import add_token
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person

from .posting import mail_server


@pytest.fixture
def ana(alice):
    """Somebody with a mailbox."""
    contacts = (Reach("email", "ana@example.org"),)
    return register_person(PersonDocument(given_name="Ana", family_name="Ruiz", contacts=contacts), by=alice)


@pytest.fixture
def server():
    """The mail server, without a throttle."""
    environment = settings.ENVIRONMENT.model_copy(update={"mails_per_minute": 0})
    with override_settings(ENVIRONMENT=environment), mail_server() as found:
        yield found


@pytest.fixture
def asks(db):
    """`asks(account)(method, path, body)`: one request with a fresh token of that account; (status, JSON)."""

    def by(account):
        _token, secret = add_token(account=account, scope="write", name="test", by=None)

        def send(method, path, body=None, content_type="application/json"):
            data = body if isinstance(body, bytes) else json.dumps(body or {})
            response = Client().generic(
                method, f"/api/v1{path}", data, content_type, headers={"Authorization": f"Bearer {secret}"}
            )
            return response.status_code, json.loads(response.content or b"null")

        return send

    return by
