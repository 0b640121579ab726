"""Tokens: shown once, hashed, scoped, expiring, revocable."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from barnraise.foundation.policy import Refused
from barnraise.foundation.tokens import digest
from barnraise.plumbing.accounts import services
from barnraise.plumbing.accounts.models import Token
from barnraise.plumbing.journal.models import Entry
from tests.cast import PASSWORD


def _ask(client, secret, path="/api/v1/tokens", method="get", **options):
    return getattr(client, method)(path, headers={"Authorization": f"Bearer {secret}"}, **options)


def _confirmed(browser):
    """The password once more, as the page asks for before it makes a token."""
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    return browser


def test_a_token_is_made_after_the_password_and_shown_once(bob, logged_in, client):
    browser = logged_in(bob)
    given = {"name": "nightly export", "scope": "read", "days": "90"}
    assert browser.post("/account/tokens/new/", given)["Location"].startswith("/account/reauthenticate/")
    assert Token.objects.count() == 0
    response = _confirmed(browser).post("/account/tokens/new/", given)
    assert (response.status_code, response["Cache-Control"]) == (201, "no-store")
    secret = response.context["secret"]
    assert secret.startswith("brn_")
    assert secret in response.content.decode()
    token = Token.objects.get()
    assert (token.digest, token.scope, token.account_id) == (digest(secret), "read", bob.pk)
    assert (token.expires_at - timezone.now()).days in {89, 90}
    assert secret not in browser.get("/account/tokens/").content.decode()
    assert secret not in str(list(Entry.objects.values_list("data", flat=True)))
    assert _ask(client, secret).status_code == 200


def test_a_token_acts_as_its_account_and_notes_its_use_once_a_minute(bob, client):
    token, secret = services.add_token(account=bob, scope="write", name="app", by=bob)
    assert (token.expires_at - token.created_at).days == 365
    answer = _ask(client, secret).json()
    assert [row["name"] for row in answer["items"]] == ["app"]
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    _ask(client, secret)
    token.refresh_from_db()
    assert token.last_used_at == first
    Token.objects.update(last_used_at=first - timedelta(minutes=2))
    _ask(client, secret)
    token.refresh_from_db()
    assert token.last_used_at >= first


def test_a_reading_token_does_not_write(bob, client):
    token, secret = services.add_token(account=bob, scope="read", name="app", by=bob)
    uuid = token.uuid
    response = _ask(client, secret, f"/api/v1/tokens/{uuid}", "delete")
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")
    token.refresh_from_db()
    assert token.revoked_at is None


def test_what_is_not_valid_is_nobody(bob, client):
    token, secret = services.add_token(account=bob, scope="read", name="app", by=bob)
    assert _ask(client, secret + "x").status_code == 401
    assert client.get("/api/v1/tokens").status_code == 401
    Token.objects.update(expires_at=timezone.now())
    assert _ask(client, secret).status_code == 401
    Token.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert _ask(client, secret).status_code == 200
    services.revoke_token(token=token, by=bob)
    assert _ask(client, secret).status_code == 401


def test_a_session_alone_opens_nothing_in_the_api(ada, logged_in):
    assert logged_in(ada).get("/api/v1/accounts").status_code == 401


def test_failed_tokens_are_limited_by_address_and_good_ones_are_not(bob, client):
    _token, secret = services.add_token(account=bob, scope="read", name="app", by=bob)
    answers = [_ask(client, f"brn_{n}").status_code for n in range(31)]
    assert answers == [401] * 30 + [429]
    assert _ask(client, secret).status_code == 200


def test_api_writes_say_so_in_the_journal(ada, bob, client):
    _token, secret = services.add_token(account=ada, scope="write", name="app", by=ada)
    change = {"role": "viewer"}
    response = _ask(
        client, secret, f"/api/v1/accounts/{bob.uuid}", "patch", data=change, content_type="application/json"
    )
    assert response.status_code == 200
    entry = Entry.objects.order_by("-id").first()
    assert (entry.verb, entry.via, entry.by_id) == ("accounts.role_changed", "api", ada.pk)


def test_everybody_revokes_their_own_and_admins_all(ada, bob, vera, logged_in):
    token, _secret = services.add_token(account=bob, scope="read", name="bobs app", by=bob)
    path = f"/account/tokens/{token.pk}/revoke/"
    assert logged_in(vera).post(path).status_code == 403
    assert logged_in(None).post(path).status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is None
    assert "bobs app" in logged_in(ada).get("/settings/accounts/tokens/").content.decode()
    assert logged_in(bob).get(path).status_code == 200
    token.refresh_from_db()
    assert token.revoked_at is None
    assert logged_in(ada).post(path)["Location"] == "/settings/accounts/tokens/"
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_who_cannot_have_tokens(ada, bob, petra, client):
    services.deactivate(account=petra, by=ada)
    petra.refresh_from_db()
    noted = Entry.objects.count()
    with pytest.raises(Refused):
        services.add_token(account=petra, scope="read", name="x", by=petra)
    with pytest.raises(Refused):
        services.add_token(account=bob, scope="read", name="x", by=ada)
    for wrong in ({"scope": "all"}, {"name": " "}, {"days": 0}):
        with pytest.raises(ValidationError):
            services.add_token(**{"account": bob, "scope": "read", "name": "x", "by": bob, **wrong})
    assert client.get("/account/tokens/").status_code == 302
    assert (Token.objects.count(), Entry.objects.count()) == (0, noted)
