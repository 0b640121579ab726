"""Mails filed by page, address and mailbox."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from barnraise.foundation.policy import Refused
from barnraise.who.interactions import mailboxes, selectors
from barnraise.who.interactions.models import FilingAddress, Interaction
from barnraise.who.interactions.services import (
    close_filing_address,
    file_raw,
    open_filing_address,
    renew_filing_address,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 6, 3, 12, tzinfo=UTC)


def mail(headers: str, body: str = "Count us in.\n\n-- \nAna\n") -> bytes:
    return f"{headers.strip()}\nDate: Mon, 2 Jun 2025 14:20:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{body}".encode()


@pytest.fixture
def domain(settings):
    """Mails for this domain come here."""
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"mail_domain": "in.example.org"})
    return "in.example.org"


@pytest.fixture
def address(bob, domain):
    """Bob's filing address."""
    return selectors.written_address(open_filing_address(account=bob, by=bob))


def test_the_filing_address_itself_is_nobody(bob, ana, address):
    done = file_raw(
        mail(f"From: Ana Ruiz <ana@example.org>\nTo: {bob.email}, {address}\nMessage-ID: <1@x>"), by=bob
    )
    assert (done.is_new, done.proposed, done.interaction.by) == (True, 0, bob)
    assert [str(link.person) for link in done.interaction.people.all()] == ["Ana Ruiz"]


def test_a_mail_without_a_sender_of_its_envelope_is_not_filed(bob, ana):
    assert file_raw(mail("From: ana@example.org"), by=bob, is_null_sender=True).interaction is None
    assert Interaction.objects.count() == 0


def test_who_may_not_write_files_nothing(vera, ana):
    with pytest.raises(Refused):
        file_raw(mail("From: ana@example.org"), by=vera)
    assert Interaction.objects.count() == 0


def test_the_address_tells_the_account_until_it_is_renewed_or_closed(bob, alice, address):
    assert address.startswith("note+")
    assert address.endswith("@in.example.org")
    assert len(address.partition("@")[0]) <= 64
    assert selectors.account_of(address.upper()) == bob
    row = FilingAddress.objects.get(account=bob)
    renew_filing_address(row=row, by=bob)
    assert selectors.account_of(address) is None
    new = selectors.written_address(row)
    assert selectors.account_of(new) == bob
    for wrong in (new.replace("in.example.org", "example.org"), "note+abc@in.example.org", "note+@in.example.org", new[:-20] + "@in.example.org",
                  f"note+{'a' * 48}@in.example.org"):  # fmt: skip
        assert selectors.account_of(wrong) is None
    bob.is_active = False
    bob.save(update_fields=["is_active"])
    assert selectors.account_of(new) is None
    close_filing_address(row=row, by=bob)
    assert not FilingAddress.objects.exists()


def test_mails_as_files_on_the_page(bob, ana, logged_in, domain):
    browser = logged_in(bob)
    page = reverse("interactions:mail")
    assert "Make an address" in browser.get(page).content.decode()
    browser.post(reverse("interactions:open_address"))
    assert (
        selectors.written_address(FilingAddress.objects.get(account=bob))
        in browser.get(page).content.decode()
    )
    given = [
        SimpleUploadedFile("one.eml", mail("From: ana@example.org\nMessage-ID: <8@x>\nSubject: Hi")),
        SimpleUploadedFile("no.eml", b"just words"),
        SimpleUploadedFile("auto.eml", mail("From: ana@example.org\nAuto-Submitted: auto-replied")),
    ]
    answer = browser.post(page, {"mails": given, "restricted": "1"})
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "It has been filed." in words
    assert "This is no mail." in words
    assert "written by a machine" in words
    made = Interaction.objects.get()
    assert (made.visibility, made.subject, made.by) == ("coordinators", "Hi", bob)
    assert browser.post(page, {}).status_code == 422
    assert Interaction.objects.count() == 1


@pytest.fixture
def maildir(tmp_path):
    """An empty Maildir."""
    for name in ("new", "cur", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    return tmp_path / "box"


def test_a_maildir_is_fetched_once(maildir, bob, ana, address):
    (maildir / "new" / "1.a").write_bytes(
        mail(f"From: ana@example.org\nDelivered-To: {address}\nMessage-ID: <9@x>")
    )
    (maildir / "new" / "2.a").write_bytes(
        mail("From: ana@example.org\nTo: office@example.org\nMessage-ID: <10@x>")
    )
    (maildir / "new" / "3.a").write_bytes(mail(f"From: {bob.email}\nTo: ana@example.org\nMessage-ID: <11@x>"))
    told = mailboxes.fetch(f"maildir://{maildir}")
    assert (told.filed, told.twice, told.passed_over) == (1, 0, 2)
    assert sorted(path.name for path in (maildir / "cur").iterdir()) == ["1.a:2,S", "2.a:2,FS", "3.a:2,FS"]
    assert list((maildir / "new").iterdir()) == []
    # The worker was lost between the commit and the mark: the mail is met again.
    (maildir / "cur" / "1.a:2,S").rename(maildir / "new" / "1.a")
    again = mailboxes.fetch(f"maildir://{maildir}")
    assert (again.filed, again.twice) == (0, 1)
    assert Interaction.objects.get().by == bob


def test_a_mailbox_may_trust_its_senders(maildir, bob, ana, domain):
    (maildir / "new" / "1").write_bytes(mail(f"From: {bob.email}\nTo: ana@example.org\nMessage-ID: <12@x>"))
    assert mailboxes.fetch(f"maildir://{maildir}", trusts_senders=True).filed == 1
    assert (Interaction.objects.get().by, Interaction.objects.get().direction) == (bob, "out")


def test_a_mail_too_large_is_left_for_a_person(maildir, bob, address, settings):
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"mail_limit_mb": 1})
    (maildir / "new" / "1").write_bytes(mail(f"From: a@example.org\nTo: {address}") + b"x" * (1 << 20))
    assert mailboxes.fetch(f"maildir://{maildir}").passed_over == 1
    assert [path.name for path in (maildir / "cur").iterdir()] == ["1:2,FS"]
    with pytest.raises(FileNotFoundError):
        mailboxes.fetch(f"maildir://{maildir}/none")
