"""Logging in: no door goes round the second factor, nobody learns who has an account, guessing is limited."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.test import Client

from barnraise.plumbing.accounts import services
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.journal.models import Entry
from tests.cast import PASSWORD

OTHER = "seven barns by the river"


def _login(browser, email="bob@example.org", password=PASSWORD):
    return browser.post("/account/login/", {"login": email, "password": password})


def _is_in(browser) -> bool:
    return bool(browser.get("/account/me/").status_code == 200)


def test_log_in_and_out(bob):
    browser = Client()
    assert not _is_in(browser)
    response = _login(browser, email="Bob@Example.org")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert _is_in(browser)
    browser.get("/account/logout/")
    assert _is_in(browser), "a GET logs nobody out"
    browser.post("/account/logout/")
    assert not _is_in(browser)


def test_the_session_changes_at_login(bob):
    browser = Client()
    browser.get("/account/login/")
    session = browser.session
    session["planted"] = "yes"
    session.save()
    browser.cookies["sessionid"] = session.session_key
    before = session.session_key
    _login(browser)
    assert browser.session.session_key != before
    thief = Client()
    thief.cookies["sessionid"] = before
    assert not _is_in(thief)


def test_the_django_admin_is_not_there(client, db):
    assert not apps.is_installed("django.contrib.admin")
    assert client.get("/admin/").status_code == 404


def test_the_password_alone_no_longer_lets_in(bob, with_app):
    code = with_app(bob)
    browser = Client()
    assert _login(browser)["Location"] == "/account/second-factor/authenticate/"
    assert not _is_in(browser)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    browser.post("/account/second-factor/reauthenticate/", {"code": "000000"})
    assert not _is_in(browser)
    assert browser.post("/account/second-factor/authenticate/", {"code": "000000"}).status_code == 200
    assert not _is_in(browser)
    assert browser.post("/account/second-factor/authenticate/", {"code": code()})["Location"] == "/"
    assert _is_in(browser)


def test_a_recovery_code_works_once(bob, with_app):
    from allauth.mfa.models import Authenticator

    with_app(bob)
    row = Authenticator.objects.get(user=bob, type="recovery_codes")
    code = row.wrap().get_unused_codes()[0]
    for expected in (True, False):
        browser = Client()
        _login(browser)
        browser.post("/account/second-factor/authenticate/", {"code": code})
        assert _is_in(browser) is expected


def test_guessing_codes_is_limited(bob, with_app):
    code = with_app(bob)
    browser = Client()
    _login(browser)
    for _ in range(5):
        browser.post("/account/second-factor/authenticate/", {"code": "000000"})
    browser.post("/account/second-factor/authenticate/", {"code": code()})
    assert not _is_in(browser)


def test_a_password_reset_does_not_go_round_the_second_factor(bob, with_app, link_in_mail):
    with_app(bob)
    browser = Client()
    browser.post("/account/password/reset/", {"email": "bob@example.org"})
    page = browser.get(link_in_mail(), follow=True)
    path = page.request["PATH_INFO"]
    response = browser.post(path, {"password1": OTHER, "password2": OTHER})
    assert response["Location"] == "/account/password/reset/key/done/"
    assert not _is_in(browser), "a reset logs nobody in"
    assert _login(browser, password=OTHER)["Location"] == "/account/second-factor/authenticate/"
    assert not _is_in(browser)
    assert list(Entry.objects.values_list("verb", flat=True)) == ["accounts.password_reset"]


def test_an_invitation_cannot_be_used_to_enter_an_account_with_a_second_factor(ada, bob, with_app, logged_in):
    with_app(bob)
    response = logged_in(ada).post(
        "/settings/accounts/invite/", {"email": "bob@example.org", "role": "admin", "language": "en"}
    )
    assert (response.status_code, len(mail.outbox)) == (422, 0)


def test_the_api_takes_no_password(bob, with_app, client):
    import base64

    with_app(bob)
    basic = base64.b64encode(f"bob@example.org:{PASSWORD}".encode()).decode()
    for header in (f"Basic {basic}", f"Bearer {PASSWORD}", f"Bearer {bob.password}"):
        assert client.get("/api/v1/tokens", headers={"Authorization": header}).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/account/signup/",
        "/account/email/",
        "/account/confirm-email/",
        "/account/login/code/confirm/",
        "/account/inactive/",
    ],
)
def test_doors_that_are_not_used_are_shut(bob, logged_in, path):
    for browser, expected in ((Client(), 302), (logged_in(bob), 403)):
        for answer in (browser.get(path), browser.post(path, {"email": "x@example.org", "password1": OTHER})):
            assert answer.status_code == expected
    assert Account.objects.count() == 1


def test_a_reset_ends_every_session_and_the_link_works_once(bob, logged_in, link_in_mail):
    other = logged_in(bob)
    assert _is_in(other)
    browser = Client()
    browser.post("/account/password/reset/", {"email": "bob@example.org"})
    link = link_in_mail()
    path = browser.get(link, follow=True).request["PATH_INFO"]
    browser.post(path, {"password1": OTHER, "password2": OTHER})
    assert not _is_in(other)
    assert "no longer works" in Client().get(link, follow=True).content.decode()


def test_the_link_in_a_mail_does_not_follow_the_host_header(bob, settings, link_in_mail):
    Client(headers={"Host": "localhost"}).post("/account/password/reset/", {"email": "bob@example.org"})
    assert link_in_mail().startswith("/account/password/reset/key/")


def test_login_and_reset_tell_nobody_who_has_an_account(bob):
    def plain(response) -> str:
        text = response.content.decode()
        for word in ("bob@example.org", "nob@example.org"):
            text = text.replace(word, "?")
        import re

        return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', "", text)

    wrong = Client().post("/account/login/", {"login": "bob@example.org", "password": OTHER})
    unknown = Client().post("/account/login/", {"login": "nob@example.org", "password": OTHER})
    assert (wrong.status_code, plain(wrong)) == (unknown.status_code, plain(unknown))
    answers = [
        Client().post("/account/password/reset/", {"email": f"{name}@example.org"}, follow=True)
        for name in ("bob", "nob")
    ]
    assert plain(answers[0]) == plain(answers[1])
    assert [one.to for one in mail.outbox] == [["bob@example.org"], ["nob@example.org"]], "both cost one mail"


def test_an_unknown_address_costs_a_password_hash_too(bob, monkeypatch):
    """The time an answer takes is that of one hash, whether or not there is such an account."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    hashed = []
    original = PBKDF2PasswordHasher.encode

    def counting(self, *args, **kwargs):
        hashed.append(1)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counting)
    counts = []
    for email in ("bob@example.org", "nob@example.org"):
        hashed.clear()
        Client().post("/account/login/", {"login": email, "password": OTHER})
        counts.append(len(hashed))
    assert counts == [1, 1]


def test_failed_logins_are_limited(bob):
    for _ in range(5):
        _login(Client(), password="wrong password here")
    browser = Client()
    _login(browser)
    assert not _is_in(browser)


def test_a_limit_is_not_forgotten_among_many_other_entries(bob):
    for _ in range(5):
        _login(Client(), password="wrong password here")
    for number in range(2000):
        cache.set(f"something-else-{number}", number, 300)
    browser = Client()
    _login(browser)
    assert not _is_in(browser)


def test_resets_and_confirmations_are_limited(bob, logged_in):
    answers = [
        Client().post("/account/password/reset/", {"email": "bob@example.org"}).status_code for _ in range(6)
    ]
    assert answers == [302] * 5 + [429]
    browser = logged_in(bob)
    answers = [
        browser.post("/account/reauthenticate/", {"password": "wrong password"}).status_code
        for _ in range(11)
    ]
    assert answers[-1] == 429


def test_a_deactivated_account_is_told_so_only_with_its_password(ada, bob):
    services.deactivate(account=bob, by=ada)
    browser = Client()
    response = browser.post(
        "/account/login/", {"login": "bob@example.org", "password": PASSWORD}, follow=True
    )
    assert "This account is deactivated." in response.content.decode()
    assert not _is_in(browser)
    wrong = Client().post("/account/login/", {"login": "bob@example.org", "password": OTHER})
    assert "deactivated" not in wrong.content.decode()
    mail.outbox.clear()
    Client().post("/account/password/reset/", {"email": "bob@example.org"})
    assert "/password/reset/key/" not in mail.outbox[0].body


def test_a_reset_says_so_when_the_mail_server_fails(bob, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    pages = [Client().post("/account/password/reset/", {"email": f"{n}@example.org"}) for n in ("bob", "nob")]
    assert [page.status_code for page in pages] == [503, 503]
