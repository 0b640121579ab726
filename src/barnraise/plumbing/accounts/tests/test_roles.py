"""Roles, deactivation, and the last active admin."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from barnraise.foundation.policy import Refused
from barnraise.plumbing.accounts import selectors, services
from barnraise.plumbing.accounts.models import Account, Token
from barnraise.plumbing.journal.models import Entry
from tests.cast import PASSWORD


def test_an_admin_changes_a_role_and_it_is_journalled(ada, bob, logged_in):
    browser = logged_in(ada)
    response = browser.post(f"/settings/accounts/{bob.pk}/role/", {"role": "coordinator"})
    assert response["Location"] == f"/settings/accounts/{bob.pk}/"
    bob.refresh_from_db()
    assert bob.role == "coordinator"
    entry = Entry.objects.get()
    assert (entry.verb, entry.by_id) == ("accounts.role_changed", ada.pk)
    assert entry.data["changes"] == {"role": ["contributor", "coordinator"]}
    assert "changed the role of" in browser.get(f"/settings/accounts/{bob.pk}/").content.decode()


def test_the_same_role_again_writes_nothing(ada, bob):
    services.change_role(account=bob, role="contributor", by=ada)
    assert Entry.objects.count() == 0


def test_the_last_active_admin_stays_admin_and_active(ada, alice, logged_in):
    other = services.add_account(email="off@example.org", role="admin", name="Off", by=None)
    services.deactivate(account=other, by=ada)
    count = Entry.objects.count()
    response = logged_in(ada).post(f"/settings/accounts/{ada.pk}/role/", {"role": "viewer"})
    assert response.status_code == 422
    assert "This is the last active admin." in response.content.decode()
    with pytest.raises(services.LastAdmin):
        services.deactivate(account=ada, by=None)
    ada.refresh_from_db()
    assert (ada.role, ada.is_active, Entry.objects.count()) == ("admin", True, count)


def test_with_a_second_admin_the_first_may_step_down(ada, alice, logged_in):
    services.change_role(account=alice, role="admin", by=ada)
    logged_in(ada).post(f"/settings/accounts/{ada.pk}/role/", {"role": "viewer"})
    ada.refresh_from_db()
    assert ada.role == "viewer"


def test_nobody_deactivates_themselves(ada, alice):
    services.change_role(account=alice, role="admin", by=ada)
    with pytest.raises(ValidationError, match="your own account"):
        services.deactivate(account=ada, by=ada)
    ada.refresh_from_db()
    assert ada.is_active


def test_deactivating_ends_sessions_and_tokens_at_once(ada, bob, logged_in, client):
    browser = logged_in(bob)
    assert browser.get("/account/me/").status_code == 200
    _token, secret = services.add_token(account=bob, scope="read", name="export", by=bob)
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/tokens", headers=headers).status_code == 200
    admin = logged_in(ada)
    assert admin.get(f"/settings/accounts/{bob.pk}/deactivate/").status_code == 200
    assert browser.get("/account/me/").status_code == 200, "asking changes nothing"
    admin.post(f"/settings/accounts/{bob.pk}/deactivate/")
    assert browser.get("/account/me/").status_code == 302
    assert client.get("/api/v1/tokens", headers=headers).status_code == 401
    admin.post(f"/settings/accounts/{bob.pk}/reactivate/")
    assert browser.get("/account/me/").status_code == 302, "an old session does not come back"
    assert client.get("/api/v1/tokens", headers=headers).status_code == 401
    assert Token.objects.get().revoked_at is not None
    again = logged_in(None)
    answer = again.post("/account/login/", {"login": "bob@example.org", "password": PASSWORD})
    assert answer.status_code == 302
    assert again.get("/account/me/").status_code == 200


def test_an_admin_logs_somebody_out_everywhere(ada, bob, logged_in):
    one, two = logged_in(bob), logged_in(bob)
    one.get("/account/me/")
    logged_in(ada).post(f"/settings/accounts/{bob.pk}/sessions/end/")
    assert [browser.get("/account/me/").status_code for browser in (one, two)] == [302, 302]


def test_an_admin_changes_an_address_and_the_old_one_is_told(ada, bob, logged_in, mailoutbox):
    logged_in(ada).post(f"/settings/accounts/{bob.pk}/email/", {"email": "Robert@example.org"})
    bob.refresh_from_db()
    assert bob.email == "robert@example.org"
    assert mailoutbox[0].to == ["bob@example.org"]
    response = logged_in(ada).post(f"/settings/accounts/{bob.pk}/email/", {"email": "ada@example.org"})
    assert response.status_code == 422
    bob.refresh_from_db()
    assert bob.email == "robert@example.org"


def test_an_admin_removes_a_lost_second_factor(ada, bob, with_app, logged_in, mailoutbox):
    with_app(bob)
    browser, admin = logged_in(bob), logged_in(ada)
    assert browser.get("/account/me/").status_code == 200
    path = f"/settings/accounts/{bob.pk}/factors/reset/"
    assert logged_in(bob).post(path).status_code == 403
    assert admin.get(path).status_code == 200
    assert selectors.factors_of(bob) == {"totp": 1, "webauthn": 0, "recovery_codes": 1}
    admin.post(path)
    assert selectors.factors_of(bob) == {"totp": 0, "webauthn": 0, "recovery_codes": 0}
    assert browser.get("/account/me/").status_code == 302
    assert mailoutbox[-1].to == ["bob@example.org"]
    with_app(ada)
    admin.post(f"/settings/accounts/{ada.pk}/factors/reset/")
    assert selectors.factors_of(ada)["totp"] == 1


@pytest.mark.parametrize("who", ["alice", "bob", "vera", "petra", None])
def test_others_neither_see_nor_change_accounts(request, ada, logged_in, who):
    account = request.getfixturevalue(who) if who else None
    browser = logged_in(account)
    expected = 403 if account else 302
    assert browser.get("/settings/accounts/").status_code == expected
    assert browser.get("/settings/accounts/tokens/").status_code == expected
    for path in ("", "role/", "email/", "deactivate/", "reactivate/", "sessions/end/"):
        assert browser.get(f"/settings/accounts/{ada.pk}/{path}").status_code == expected
    for path in ("role/", "email/", "deactivate/", "sessions/end/"):
        given = {"role": "viewer", "email": "evil@example.org"}
        assert browser.post(f"/settings/accounts/{ada.pk}/{path}", given).status_code == expected
    before = (ada.role, ada.email, ada.is_active, ada.sessions_epoch)
    ada.refresh_from_db()
    assert (ada.role, ada.email, ada.is_active, ada.sessions_epoch) == before
    assert Entry.objects.count() == 0


def test_the_services_ask_too(bob, vera):
    for act in (
        lambda: services.change_role(account=vera, role="admin", by=bob),
        lambda: services.deactivate(account=vera, by=bob),
        lambda: services.invite(email="x@example.org", role="admin", by=bob),
        lambda: services.add_account(email="x@example.org", role="admin", name="X", by=bob),
        lambda: services.end_sessions(account=vera, by=bob),
        lambda: services.change_email(account=vera, email="x@example.org", by=bob),
    ):
        with pytest.raises(Refused):
            act()
    assert (Account.objects.count(), Entry.objects.count()) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_demote_each_other_at_once_leave_one():
    """On PostgreSQL the rows of all active admins are locked; on SQLite writers queue."""
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("An in-memory database has one writer only.")
    pair = [
        services.add_account(email=f"{name}@example.org", role="admin", name=name, by=None)
        for name in ("one", "two")
    ]
    start, refused = threading.Barrier(2), []

    def demote(by, account):
        try:
            start.wait()
            services.change_role(account=account, role="viewer", by=by)
        except services.LastAdmin:
            refused.append(account.pk)
        finally:
            connections.close_all()

    workers = [
        threading.Thread(target=demote, args=(pair[0], pair[1])),
        threading.Thread(target=demote, args=(pair[1], pair[0])),
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(refused) == 1
    assert Account.objects.filter(role="admin", is_active=True).count() == 1
