"""Organisations, a resident of the directory, and requests of programs."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from barnraise.plumbing.accounts.services.tokens import add_token
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person


@pytest.fixture
def pantry(alice):
    """An organisation."""
    return register_organisation(OrganisationDocument(name="Oak Hill Pantry"), by=alice)


@pytest.fixture
def library(alice):
    """Another one."""
    return register_organisation(OrganisationDocument(name="Riverbend Library"), by=alice)


@pytest.fixture
def ana(alice):
    """A resident who reads Spanish."""
    contacts = (Reach("email", "ana@example.net", ""),)
    document = PersonDocument(given_name="Ana", family_name="Lopez", contacts=contacts, language="es")
    return register_person(document, by=alice)


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
