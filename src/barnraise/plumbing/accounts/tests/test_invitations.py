"""Invitations: by mail, once, until a day, refused with a reason."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from barnraise.foundation.tokens import digest
from barnraise.plumbing.accounts.models import Account, Invitation
from barnraise.plumbing.accounts.sockets import House, houses
from barnraise.plumbing.journal.models import Entry

PASSWORD = "seven barns by the river"
ANSWER = {"name": "Nia Nuevo", "password": PASSWORD, "again": PASSWORD}


def _invite(browser, email="nia@example.org", role="contributor", language="en"):
    return browser.post("/settings/accounts/invite/", {"email": email, "role": role, "language": language})


def test_an_invited_person_accepts_and_is_in(ada, logged_in, link_in_mail):
    response = _invite(logged_in(ada), email="Nia@Example.org")
    assert response.status_code == 201
    assert mail.outbox[0].to == ["nia@example.org"]
    assert mail.outbox[0].subject == "Your invitation to Barnraise"
    path = link_in_mail()
    stranger = Client()
    page = stranger.get(path)
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "strict-origin"
    assert "nia@example.org" in page.content.decode()
    assert Account.objects.filter(email="nia@example.org").count() == 0, "opening the link changes nothing"
    answer = stranger.post(path, ANSWER)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    nia = Account.objects.get(email="nia@example.org")
    assert (nia.role, nia.name, nia.is_active, nia.language) == ("contributor", "Nia Nuevo", True, "en")
    assert stranger.get("/account/me/").status_code == 200
    assert Client().get(path).status_code == 404, "the link works once"
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["accounts.invited", "accounts.joined"]


def test_no_secret_is_kept_or_journalled(ada, logged_in, link_in_mail):
    _invite(logged_in(ada))
    secret = link_in_mail().split("/")[2]
    row = Invitation.objects.get()
    assert row.digest == digest(secret)
    assert secret not in str(Entry.objects.values_list("data", flat=True))


def test_the_mail_speaks_the_chosen_language(ada, logged_in):
    from django.utils import translation

    _invite(logged_in(ada), language="es")
    row = Invitation.objects.get()
    assert row.language == "es"
    with translation.override("es"):
        assert mail.outbox[0].body.startswith(translation.gettext("Hello,"))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                "Ada invites you to work together in Barnraise.",
                "Ada invites you to Riverbend Together, which works with Barnraise.",
                "Your role there: Coordinator",
            ],
        ),
        (
            "es",
            [
                "Ada le invita a trabajar en equipo con Barnraise.",
                "Ada le invita a Riverbend Together, que trabaja con Barnraise.",
                "Su rol allí: Coordinación",
            ],
        ),
    ],
)
def test_the_mail_says_who_invites_to_what_and_as_what(ada, logged_in, language, told):
    nameless, named, role = told
    _invite(logged_in(ada), role="coordinator", language=language)
    with houses.plugged("profile", lambda: House(name="Riverbend Together", language="en")):
        _invite(logged_in(ada), role="coordinator", language=language)
    first, second = (letter.body.splitlines() for letter in mail.outbox)
    assert first[2:4] == [nameless, role]
    assert second[2:4] == [named, role]


def test_without_a_mail_server_the_page_shows_the_link(ada, logged_in, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    response = _invite(logged_in(ada))
    text = response.content.decode()
    letter = next(tmp_path.iterdir()).read_text()
    url = next(line for line in letter.splitlines() if line.startswith("http://testserver/invitation/"))
    assert url in text
    assert response["Cache-Control"] == "no-store"
    assert Invitation.objects.get().sent_at is None, "a file is no mail that was sent"


def test_with_a_mail_server_the_page_keeps_the_link_to_itself(ada, logged_in, link_in_mail):
    response = _invite(logged_in(ada))
    assert link_in_mail() not in response.content.decode()


def test_a_mail_server_that_fails_is_told_truthfully(ada, logged_in, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    response = _invite(logged_in(ada))
    assert response.status_code == 201
    assert "did not take the mail" in response.content.decode()
    assert "http://testserver/invitation/" in response.content.decode()
    assert Invitation.objects.get().sent_at is None


def test_somebody_invited_twice_has_one_link_that_works(ada, logged_in, link_in_mail):
    browser = logged_in(ada)
    _invite(browser, role="viewer")
    first = link_in_mail()
    _invite(browser, role="coordinator")
    second = link_in_mail()
    assert Client().get(first).status_code == 404
    assert Client().post(second, ANSWER).status_code == 302
    assert Account.objects.get(email="nia@example.org").role == "coordinator"
    assert Invitation.objects.waiting().count() == 0


def test_sending_again_kills_the_old_link(ada, logged_in, link_in_mail):
    browser = logged_in(ada)
    _invite(browser)
    old, row = link_in_mail(), Invitation.objects.get()
    assert browser.get(f"/settings/accounts/invitations/{row.pk}/resend/").status_code == 200
    assert len(mail.outbox) == 1, "asking sends nothing"
    browser.post(f"/settings/accounts/invitations/{row.pk}/resend/")
    assert len(mail.outbox) == 2
    assert Client().get(old).status_code == 404
    assert Client().get(link_in_mail()).status_code == 200


def test_a_revoked_and_an_expired_link_look_like_an_unknown_one(ada, logged_in, link_in_mail):
    browser = logged_in(ada)
    _invite(browser)
    revoked, row = link_in_mail(), Invitation.objects.get()
    browser.post(f"/settings/accounts/invitations/{row.pk}/revoke/")
    _invite(browser, email="old@example.org")
    expired = link_in_mail()
    Invitation.objects.filter(email="old@example.org").update(expires_at=row.created_at - timedelta(days=1))
    pages = [Client().get(path) for path in (revoked, expired, "/invitation/inv_nonsense/")]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len({re.sub(r'X-CSRFToken": "[^"]+"', "", page.content.decode()) for page in pages}) == 1
    for path in (revoked, expired):
        assert Client().post(path, ANSWER).status_code == 404
    assert Account.objects.count() == 1


def test_an_existing_account_is_refused_with_a_reason(ada, bob, logged_in):
    response = _invite(logged_in(ada), email="BOB@example.org")
    assert response.status_code == 422
    assert "There is an account with this e-mail already." in response.content.decode()
    Account.objects.filter(pk=bob.pk).update(is_active=False)
    response = _invite(logged_in(ada), email="bob@example.org")
    assert (
        "There is a deactivated account with this e-mail. Reactivate it instead." in response.content.decode()
    )
    assert (Invitation.objects.count(), len(mail.outbox)) == (0, 0)


def test_an_account_made_meanwhile_is_not_taken_over(ada, logged_in, link_in_mail):
    _invite(logged_in(ada))
    path = link_in_mail()
    Account.objects.create_user("nia@example.org", "another password here")
    response = Client().post(path, ANSWER)
    assert response.status_code == 422
    assert Account.objects.get(email="nia@example.org").check_password("another password here")
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"again": "something else here"}, "The two passwords differ."),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "12345678901", "again": "12345678901"}, "numeric"),
        ({"name": ""}, "required"),
    ],
)
def test_a_poor_answer_leaves_the_invitation_open(ada, logged_in, link_in_mail, given, reason):
    _invite(logged_in(ada))
    response = Client().post(link_in_mail(), {**ANSWER, **given})
    assert response.status_code == 422
    assert reason in response.content.decode()
    assert (Account.objects.count(), Invitation.objects.get().used_at) == (1, None)


@pytest.mark.parametrize("who", ["alice", "bob", "vera", "petra", None])
def test_only_admins_invite(request, ada, logged_in, who):
    account = request.getfixturevalue(who) if who else None
    response = _invite(logged_in(account))
    assert response.status_code == (403 if account else 302)
    assert (Invitation.objects.count(), Entry.objects.count(), len(mail.outbox)) == (0, 0, 0)


def test_a_logged_in_reader_of_the_link_ends_up_as_the_new_account(ada, bob, logged_in, link_in_mail):
    _invite(logged_in(ada))
    browser = logged_in(bob)
    browser.get("/account/me/")
    before = browser.session.session_key
    assert browser.post(link_in_mail(), ANSWER).status_code == 302
    assert browser.session.session_key != before
    assert "nia@example.org" in browser.get("/account/me/").content.decode()


def test_tries_on_links_are_limited(db):
    answers = [Client().post(f"/invitation/inv_{n}/", ANSWER).status_code for n in range(21)]
    assert answers == [404] * 20 + [429]
