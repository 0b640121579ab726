"""What people do about themselves."""

from __future__ import annotations

import pytest
from django.test import Client

from barnraise.plumbing.accounts import services
from barnraise.plumbing.journal.models import Entry
from tests.cast import PASSWORD


def _in(email="bob@example.org"):
    browser = Client()
    browser.post("/account/login/", {"login": email, "password": PASSWORD})
    return browser


def _confirmed(email="bob@example.org"):
    browser = _in(email)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    return browser


def test_name_language_and_theme(bob, logged_in):
    browser = logged_in(bob)
    browser.post("/account/me/", {"name": "Roberto", "language": "es", "theme": "dark"})
    bob.refresh_from_db()
    assert (bob.name, bob.language, bob.theme) == ("Roberto", "es", "dark")
    page = browser.get("/account/me/").content.decode()
    assert '<html lang="es"' in page
    assert 'data-theme="dark"' in page
    assert Entry.objects.get().data["changes"]["theme"] == ["auto", "dark"]
    response = browser.post("/account/me/", {"name": "x", "language": "xx", "theme": "pink"})
    assert response.status_code == 422
    bob.refresh_from_db()
    assert (bob.name, bob.language, bob.theme) == ("Roberto", "es", "dark")


@pytest.mark.parametrize("who", ["ada", "alice", "bob", "vera", "petra"])
def test_everybody_has_these_pages(request, logged_in, who):
    browser = logged_in(request.getfixturevalue(who))
    for path in ("me/", "password/change/", "second-factor/", "sessions/", "second-factor/webauthn/"):
        assert browser.get(f"/account/{path}").status_code == 200, path


def test_strangers_have_none(db, client):
    for path in ("me/", "tokens/", "me/email/", "second-factor/", "sessions/", "password/change/"):
        assert client.get(f"/account/{path}")["Location"].startswith("/account/login/"), path


def test_change_of_password(bob):
    browser, other = _in(), _in()
    new = {
        "oldpassword": PASSWORD,
        "password1": "seven barns by the river",
        "password2": "seven barns by the river",
    }
    browser.post("/account/password/change/", new)
    assert browser.get("/account/me/").status_code == 200
    assert other.get("/account/me/").status_code == 302
    assert list(Entry.objects.values_list("verb", flat=True)) == ["accounts.password_changed"]


def test_end_one_session_or_all_others(bob, vera):
    here, there, away = _in(), _in(), _in()
    page = here.get("/account/sessions/")
    sessions = {row.session_key: row.pk for row in page.context["sessions"]}
    assert len(sessions) == 3
    key = sessions[there.session.session_key]
    assert _in("vera@example.org").post(f"/account/sessions/{key}/end/").status_code == 404
    assert there.get("/account/me/").status_code == 200
    assert here.get(f"/account/sessions/{key}/end/").status_code == 405
    here.post(f"/account/sessions/{key}/end/")
    assert there.get("/account/me/").status_code == 302
    assert away.get("/account/me/").status_code == 200
    here.post("/account/sessions/")
    assert away.get("/account/me/").status_code == 302
    assert here.get("/account/me/").status_code == 200


def test_reading_pages_does_not_write_the_session_again_and_again(bob, django_assert_num_queries):
    browser = _in()
    browser.get("/account/me/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        browser.get("/account/password/change/")
    assert [q["sql"] for q in caught if q["sql"].split()[0] in {"UPDATE", "INSERT", "DELETE"}] == []


def test_another_email_by_a_link_to_it(bob, link_in_mail, mailoutbox):
    assert _in().get("/account/me/email/")["Location"].startswith("/account/reauthenticate/")
    browser = _confirmed()
    browser.post("/account/me/email/", {"email": "Robert@Example.org"})
    path = link_in_mail("robert@example.org")
    assert browser.get(path).status_code == 200
    bob.refresh_from_db()
    assert bob.email == "bob@example.org"
    browser.post(path)
    bob.refresh_from_db()
    assert bob.email == "robert@example.org"
    assert mailoutbox[-1].to == ["bob@example.org"]
    assert browser.post(path).status_code == 404, "the link works once"
    assert _in("robert@example.org").get("/account/me/").status_code == 200
    assert _in("bob@example.org").get("/account/me/").status_code == 302


def test_the_link_is_only_for_who_asked(bob, vera, link_in_mail):
    _confirmed().post("/account/me/email/", {"email": "robert@example.org"})
    path = link_in_mail("robert@example.org")
    assert _in("vera@example.org").post(path).status_code == 404
    assert Client().post(path).status_code == 302
    vera.refresh_from_db()
    bob.refresh_from_db()
    assert (vera.email, bob.email) == ("vera@example.org", "bob@example.org")


def test_asking_for_somebody_elses_address_tells_nothing(bob, vera, mailoutbox):
    browser = _confirmed()
    free = browser.post("/account/me/email/", {"email": "free@example.org"}, follow=True).content.decode()
    taken = browser.post("/account/me/email/", {"email": "vera@example.org"}, follow=True).content.decode()
    words = "If the address is free, a mail with a link is on its way to it."
    assert words in free
    assert words in taken
    assert [one.to for one in mailoutbox] == [["free@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_the_authenticator_app_is_set_up_and_given_up(bob, mailoutbox):
    import time

    from allauth.mfa.totp.internal import auth

    browser = _confirmed()
    page = browser.get("/account/second-factor/totp/activate/")
    secret = page.context["form"].secret
    code = f"{auth.hotp_value(secret, int(time.time()) // 30):06d}"
    response = browser.post("/account/second-factor/totp/activate/", {"code": code})
    assert response["Location"] == "/account/second-factor/recovery-codes/"
    assert browser.get(response["Location"]).status_code == 200
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
    assert "accounts.factor_added" in verbs
    assert {one.to[0] for one in mailoutbox} == {"bob@example.org"}
    assert browser.get("/account/second-factor/").status_code == 200
    assert browser.get("/account/second-factor/totp/deactivate/").status_code == 200
    assert browser.get("/account/second-factor/recovery-codes/generate/").status_code == 200
    browser.post("/account/second-factor/totp/deactivate/")
    assert "accounts.factor_removed" in Entry.objects.values_list("verb", flat=True)


def test_purge_forgets_what_has_ended(bob):
    from datetime import timedelta

    from allauth.usersessions.models import UserSession
    from django.utils import timezone

    _in()
    services.first_admin_link(base_url="http://testserver")
    services.purge(now=timezone.now())
    assert UserSession.objects.count() == 1
    services.purge(now=timezone.now() + timedelta(days=40))
    assert UserSession.objects.count() == 0
