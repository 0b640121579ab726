"""Accounts, invitations and tokens for programs."""

from __future__ import annotations

import pytest

from barnraise.plumbing.accounts import services
from barnraise.plumbing.accounts.models import Account, Invitation, Token


@pytest.fixture
def ask(client):
    """`ask(account, method, path, data)` with a writing token of that account."""

    def call(account, method, path, given=None):
        _token, secret = services.add_token(account=account, scope="write", name="test", by=account)
        options = {"data": given, "content_type": "application/json"} if given is not None else {}
        headers = {"Authorization": f"Bearer {secret}"}
        return getattr(client, method)(f"/api/v1{path}", headers=headers, **options)

    return call


def test_list_read_change_deactivate(ada, bob, ask):
    page = ask(ada, "get", "/accounts?limit=1").json()
    assert [row["email"] for row in page["items"]] == ["ada@example.org"]
    page = ask(ada, "get", f"/accounts?limit=1&cursor={page['next']}").json()
    assert [row["email"] for row in page["items"]] == ["bob@example.org"]
    assert page["next"] is None
    one = ask(ada, "get", f"/accounts/{bob.uuid}").json()
    assert (one["role"], one["is_active"], one["has_second_factor"]) == ("contributor", True, False)
    changed = ask(ada, "patch", f"/accounts/{bob.uuid}", {"role": "viewer"}).json()
    assert changed["role"] == "viewer"
    assert ask(ada, "delete", f"/accounts/{bob.uuid}").status_code == 204
    bob.refresh_from_db()
    assert not bob.is_active


def test_the_last_admin_stays_and_a_double_change_is_all_or_nothing(ada, ask):
    response = ask(ada, "patch", f"/accounts/{ada.uuid}", {"role": "viewer"})
    assert response.status_code == 422
    ada.refresh_from_db()
    assert ada.role == "admin"


def test_invite_and_revoke(ada, bob, ask, mailoutbox):
    made = ask(ada, "post", "/invitations", {"email": "nia@example.org", "role": "viewer"})
    assert made.status_code == 201
    assert "secret" not in made.content.decode()
    assert mailoutbox[0].to == ["nia@example.org"]
    assert ask(ada, "post", "/invitations", {"email": "bob@example.org", "role": "viewer"}).status_code == 422
    assert ask(ada, "post", "/invitations", {"email": "no address", "role": "viewer"}).status_code == 422
    uuid = made.json()["id"]
    assert ask(ada, "get", f"/invitations/{uuid}").json()["email"] == "nia@example.org"
    assert ask(ada, "delete", f"/invitations/{uuid}").status_code == 204
    assert ask(ada, "get", "/invitations").json()["items"] == []
    assert Invitation.objects.get().revoked_at is not None


@pytest.mark.parametrize("who", ["alice", "bob", "vera"])
def test_others_are_refused(request, ada, ask, who):
    account = request.getfixturevalue(who)
    for method, path, given in (
        ("get", "/accounts", None),
        ("get", f"/accounts/{ada.uuid}", None),
        ("patch", f"/accounts/{ada.uuid}", {"role": "viewer"}),
        ("delete", f"/accounts/{ada.uuid}", None),
        ("get", "/invitations", None),
        ("post", "/invitations", {"email": "x@example.org", "role": "viewer"}),
    ):
        assert ask(account, method, path, given).status_code == 403
    ada.refresh_from_db()
    assert (ada.role, ada.is_active) == ("admin", True)
    assert (Account.objects.count(), Invitation.objects.count()) == (2, 0)


def test_tokens_of_oneself(ada, bob, ask):
    made = ask(bob, "post", "/tokens", {"name": "second", "scope": "read", "days": 3000})
    assert made.status_code == 201
    assert made.json()["secret"].startswith("brn_")
    row = Token.objects.get(name="second")
    assert row.expires_at <= Token.objects.exclude(name="second").get(account=bob).expires_at, (
        "no longer than the asking one"
    )
    renamed = ask(bob, "patch", f"/tokens/{row.uuid}", {"name": "third"})
    assert renamed.json()["name"] == "third"
    services.add_token(account=ada, scope="read", name="adas", by=ada)
    names = {item["name"] for item in ask(bob, "get", "/tokens").json()["items"]}
    assert "adas" not in names
    other = Token.objects.get(name="adas")
    assert ask(bob, "delete", f"/tokens/{other.uuid}").status_code == 404
    other.refresh_from_db()
    assert other.revoked_at is None
    assert ask(ada, "delete", f"/tokens/{row.uuid}").status_code == 204
    row.refresh_from_db()
    assert row.revoked_at is not None
