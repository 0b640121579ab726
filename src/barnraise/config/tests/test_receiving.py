"""Mails over LMTP, as a mail server hands them over."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator

import pytest

from barnraise.config.receiving import MailDoor
from barnraise.who.interactions import selectors
from barnraise.who.interactions.models import Interaction
from barnraise.who.interactions.services import open_filing_address
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person

pytestmark = pytest.mark.django_db(transaction=True)

MAIL = "From: Ana <ana@example.org>\r\nTo: bob@example.org\r\nSubject: Garden\r\nMessage-ID: <1@x>\r\n\r\n.dots\r\n..and more\r\n"


@pytest.fixture
def door(settings) -> Iterator[MailDoor]:
    """The port, open."""
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"mail_domain": "in.example.org", "mail_limit_mb": 1}
    )
    mail_door = MailDoor("127.0.0.1:0")
    mail_door.start()
    assert mail_door.ready.wait(10)
    yield mail_door
    mail_door.stop()
    mail_door.join(10)
    assert not mail_door.is_alive()


@pytest.fixture
def address(bob, door) -> str:
    """Bob's filing address."""
    return selectors.written_address(open_filing_address(account=bob, by=bob))


def _client(door: MailDoor) -> smtplib.LMTP:
    return smtplib.LMTP("127.0.0.1", door.port, timeout=20)


def test_a_mail_is_committed_before_it_is_acknowledged(door, address, bob):
    ana = register_person(
        PersonDocument(given_name="Ana", contacts=(Reach("email", "ana@example.org"),)), by=bob
    )
    with _client(door) as client:
        assert client.sendmail("ana@example.org", [address], MAIL) == {}
        made = Interaction.objects.get()
        assert (made.by, made.subject, made.text, made.direction) == (
            bob,
            "Garden",
            ".dots\n..and more",
            "in",
        )
        assert [link.person for link in made.people.all()] == [ana]
        # The mail server did not hear the answer and sends it again.
        assert client.sendmail("ana@example.org", [address], MAIL) == {}
    assert Interaction.objects.count() == 1


def test_who_is_not_known_is_refused(door, address):
    with _client(door) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as no:
            client.sendmail("ana@example.org", ["note+nobody@in.example.org"], MAIL)
        assert next(iter(no.value.recipients.values()))[0] == 550
        client.rset()
        refused = client.sendmail("ana@example.org", [address, "second@in.example.org"], MAIL)
        assert {code for code, _words in refused.values()} == {452}
    assert Interaction.objects.count() == 1


def test_too_large_and_automatic_mails_are_not_filed(door, address):
    with _client(door) as client:
        with pytest.raises(smtplib.SMTPException) as no:
            client.sendmail(
                "ana@example.org", [address], MAIL + "x" * 70 + "\r\n" + ("y" * 70 + "\r\n") * 16_000
            )
        assert "552" in str(no.value)
    with _client(door) as client:
        assert client.sendmail("", [address], MAIL) == {}
        assert client.sendmail("ana@example.org", [address], "Auto-Submitted: auto-replied\r\n" + MAIL) == {}
    assert Interaction.objects.count() == 0


def test_what_cannot_be_filed_now_stays_with_the_mail_server(door, address, monkeypatch):
    from barnraise.config import receiving

    def fails(*_given: object, **_options: object) -> None:
        raise RuntimeError("no disk")

    monkeypatch.setattr(receiving.services, "file_raw", fails)
    with _client(door) as client, pytest.raises(smtplib.SMTPDataError) as no:
        client.sendmail("ana@example.org", [address], MAIL)
    assert no.value.smtp_code == 451
    assert Interaction.objects.count() == 0
