"""Programs at the door: `program(account)` asks with a fresh token of that account."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from barnraise.plumbing.accounts.services import add_token


@pytest.fixture
def program(db):
    """`program(account, scope)(method, path, body)` gives the response; with `data=` it sends a multipart form."""

    def of(account, scope="write"):
        _token, secret = add_token(account=account, scope=scope, name="test", by=None)

        def ask(method, path, body=None, **options):
            headers = {"Authorization": f"Bearer {secret}"}
            if "data" in options:
                return Client().post(f"/api/v1{path}", options["data"], headers=headers)
            sent = "" if body is None else json.dumps(body)
            return Client().generic(method, f"/api/v1{path}", sent, "application/json", headers=headers)

        return ask

    return of
