"""What comes back: reports of non-delivery, complaints, unsubscribing; by every way they come."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from barnraise.config.commands import bounce
from barnraise.config.receiving import _filed, _is_known
from barnraise.foundation.mail.reports import reports
from barnraise.foundation.refs import Ref
from barnraise.plumbing.mail import paths
from barnraise.plumbing.mail.building import message_id, unsubscribe_address
from barnraise.plumbing.mail.models import Body, Message, Notice, Suppression
from barnraise.plumbing.mail.services import Letter, queue_many, take_returns
from barnraise.plumbing.mail.sockets import returns

pytestmark = pytest.mark.django_db
DOMAIN = "in.example.org"


@pytest.fixture
def with_domain():
    environment = settings.ENVIRONMENT.model_copy(update={"mail_domain": DOMAIN})
    with override_settings(ENVIRONMENT=environment):
        yield


def sent(to="ana@example.org", **more):
    """A mail that the mail server took."""
    body = Body.objects.create(subject="News", text="News", created_at=timezone.now())
    (row,) = queue_many([Letter(to, **more)], body=body, by=None, is_bulk=False)
    Message.objects.filter(pk=row.pk).update(state="handed_over", handed_at=timezone.now())
    return row


def dsn(
    row=None, *, action="failed", status="5.1.1", said="550 5.1.1 User unknown", to="ana@example.org", more=""
):
    """A report of non-delivery as RFC 3464 has it, about a mail."""
    identity = f"Message-ID: <{message_id(row)}>\n" if row is not None else ""
    return (
        "From: MAILER-DAEMON@mx.example.net\nTo: barnraise@testserver\nSubject: Undelivered Mail Returned to Sender\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nI am sorry.\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
        f"Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {said}\n{more}\n"
        f"--b\nContent-Type: text/rfc822-headers\n\n{identity}Subject: News\n\n--b--\n"
    ).encode()


def arf(row):
    """A complaint as RFC 5965 has it."""
    return (
        "From: feedback@example.net\nSubject: complaint\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: text/plain\n\nAbuse.\n"
        "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\n\n"
        f"--b\nContent-Type: message/rfc822\n\nMessage-ID: <{message_id(row)}>\nSubject: News\n\nNews\n\n--b--\n"
    ).encode()


def fresh(row):
    return Message.objects.get(pk=row.pk)


def test_a_bounce_marks_its_mail_and_its_address_once():
    row = sent()
    told = []
    with returns.plugged("test", lambda back: told.append((back.what, back.message.pk))):
        take_returns(dsn(row), way="upload")
        take_returns(dsn(row), way="command")
    row = fresh(row)
    assert (row.state, row.reason, row.status) == ("bounced", "no_mailbox", "5.1.1")
    assert told == [("bounce", row.pk)]
    assert list(Suppression.objects.values_list("address", "reason")) == [("ana@example.org", "bounce")]
    assert list(Notice.objects.values_list("kind", "way", "message")) == [("failed", "upload", row.pk)]


def test_the_action_decides_before_the_status_and_each_reader_is_read_for_itself():
    more = (
        "\nOriginal-Recipient: rfc822;Ben@Example.org\nFinal-Recipient: rfc822; x@inside\nACTION: Delayed\n"
        "Status: 5.0.0 (odd)\n\nFinal-Recipient: rfc822; cleo@example.org\naction: FAILED (always)\nStatus: 4.4.7\n"
        "Diagnostic-Code: smtp; 451\n delivery\n expired\n"
    )
    found = reports(dsn(more=more))
    assert [(one.kind, one.address, one.status, one.is_address_bad) for one in found] == [
        ("failed", "ana@example.org", "5.1.1", True),
        ("delayed", "ben@example.org", "5.0.0", False),
        ("failed", "cleo@example.org", "4.4.7", False),
    ]
    assert found[2].said == "451 delivery expired"


def test_a_late_mail_stays_handed_over_and_a_soft_bounce_suppresses_only_the_third_time():
    row = sent()
    take_returns(dsn(row, action="delayed", status="4.4.1", said="451 try later"), way="upload")
    assert fresh(row).state == "handed_over"
    for number in (1, 2, 3):
        full = sent()
        take_returns(dsn(full, status="5.2.2", said=f"552 5.2.2 Mailbox full {number}"), way="upload")
        assert (fresh(full).state, fresh(full).reason) == ("bounced", "bounced")
        assert Suppression.objects.exists() is (number == 3)
    assert Suppression.objects.get().reason == "soft"


def test_of_a_notice_about_no_mail_of_ours_nothing_follows():
    take_returns(dsn(to="stranger@example.org"), way="upload")
    take_returns(b"Subject: lunch\n\nShall we?", way="upload")
    assert list(Notice.objects.order_by("pk").values_list("kind", "message")) == [
        ("failed", None),
        ("unreadable", None),
    ]
    assert not Suppression.objects.exists()
    assert "Shall we?" in Notice.objects.get(kind="unreadable").content


def test_an_address_alone_counts_only_when_one_of_us_vouches_for_it():
    row = sent()
    take_returns(dsn(), way="mailbox")
    assert (fresh(row).state, Suppression.objects.count()) == ("handed_over", 0)
    take_returns(dsn(said="550 5.1.1 No such user"), way="command")
    assert fresh(row).state == "bounced"


def test_a_complaint_suppresses_and_withdraws_the_consent(ana, alice):
    from barnraise.who.consent.models import Standing
    from barnraise.who.consent.services import add_purpose, record_consent

    purpose = add_purpose(name="Newsletter", channels=["email"], texts={"en": "Monthly."}, by=alice)
    record_consent(ana, by=alice, purpose=purpose, channels=["email"], is_given=True, source="paper")
    row = sent(recipient=str(Ref.to(ana)))
    Message.objects.filter(pk=row.pk).update(purpose=str(Ref.to(purpose)))
    take_returns(arf(row), way="upload")
    assert (fresh(row).state, fresh(row).complained_at is None) == ("handed_over", False)
    assert Suppression.objects.get().reason == "complaint"
    assert (Standing.objects.get().is_given, Standing.objects.get().last.source) == (False, "unsubscribe")


def test_one_click_needs_no_page_no_login_and_no_token_of_a_form(ana, alice):
    from barnraise.who.consent.models import Consent, Standing
    from barnraise.who.consent.services import add_purpose, record_consent

    purpose = add_purpose(name="Newsletter", channels=["email"], texts={"en": "Monthly."}, by=alice)
    record_consent(ana, by=alice, purpose=purpose, channels=["email"], is_given=True, source="paper")
    row = sent(recipient=str(Ref.to(ana)))
    Message.objects.filter(pk=row.pk).update(purpose=str(Ref.to(purpose)))
    address = unsubscribe_address(fresh(row)).removeprefix("http://testserver")
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.get(address)
    assert (page.status_code, "Newsletter" in page.content.decode()) == (200, True)
    assert "ana@example.org" not in page.content.decode()
    assert Standing.objects.get().is_given, "opening the page changes nothing"
    assert stranger.post(address, {}).status_code == 403, "a form's press wants its token"
    assert stranger.post(address + "x", {"List-Unsubscribe": "One-Click"}).status_code in {403, 404}
    assert Standing.objects.get().is_given
    pressed = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert (pressed.status_code, pressed.content.decode()) == (200, "You get no more mails of this kind.")
    body = "List-Unsubscribe=One-Click"
    again = Client(enforce_csrf_checks=True).post(address, body, "application/x-www-form-urlencoded")
    assert (again.status_code, again.cookies) == (200, {})
    assert Standing.objects.get().is_given is False
    assert Consent.objects.count() == 2, "twice is once"


def test_unsubscribing_from_a_mail_without_a_purpose_suppresses_the_address():
    row = sent()
    address = unsubscribe_address(row).removeprefix("http://testserver")
    assert Client().post(address).status_code == 200
    assert Suppression.objects.get().reason == "asked"


def test_a_signed_return_path_finds_its_mail_and_nobody_can_make_one(with_domain):
    row = sent()
    path = paths.return_path(row.pk)
    assert (len(path.partition("@")[0]) <= 64, path.endswith(f"@{DOMAIN}")) == (True, True)
    assert paths.key_of(f"<{path.upper()}>") == row.pk, "servers on the way change the case"
    assert paths.key_of(f"ana@{DOMAIN}") is None
    local = path.partition("@")[0]
    for at in range(len(paths.PREFIX), len(local)):
        other = "a" if local[at] != "a" else "b"
        assert paths.key_of(f"{local[:at]}{other}{local[at + 1 :]}@{DOMAIN}") is None, at
    strange = b"From: odd@example.net\nSubject: returned mail: see transcript\n\n<ana@example.org>... User unknown 5.1.1\n"
    forged = f"{paths.PREFIX}{'a' * 29}@{DOMAIN}"
    assert (_is_known(path), _is_known(forged)) == (True, False)
    assert _filed(strange, forged, True).startswith("550")
    assert _filed(strange, path, True).startswith("250")
    assert (fresh(row).state, Suppression.objects.count()) == ("bounced", 1)


@given(st.integers(min_value=1, max_value=2**63 - 1))
def test_every_key_makes_the_round_trip(key):
    environment = settings.ENVIRONMENT.model_copy(update={"mail_domain": DOMAIN})
    with override_settings(ENVIRONMENT=environment):
        assert paths.key_of(paths.return_path(key)) == key


def test_the_mailbox_takes_notices_about_mails_of_ours_and_leaves_others_to_a_person(tmp_path, with_domain):
    from barnraise.who.interactions.mailboxes import fetch

    row = sent()
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1").write_bytes(dsn(row))
    (tmp_path / "new" / "2").write_bytes(dsn(to="stranger@example.org"))
    told = fetch(f"maildir://{tmp_path}")
    assert (told.returned, told.passed_over) == (1, 1)
    assert fresh(row).state == "bounced"
    assert sorted(one.name for one in (tmp_path / "cur").iterdir()) == ["1:2,S", "2:2,FS"]


def test_the_command_reads_a_pipe(monkeypatch, capsys):
    row = sent()

    class Pipe:
        buffer = io.BytesIO(dsn(row))

    monkeypatch.setattr(sys, "stdin", Pipe)
    monkeypatch.setattr(bounce, "open_house", lambda: None)
    import argparse

    assert bounce.run(argparse.Namespace(files=[], json=True)) == 0
    (found,) = json.loads(capsys.readouterr().out)["notices"]
    assert (found["kind"], found["address"], found["mail"]) == ("failed", "ana@example.org", str(row.uuid))
    assert fresh(row).state == "bounced"


def test_notices_are_given_as_files_and_by_api(bob, vera, logged_in, asks):
    first, second = sent(), sent("ben@example.org")
    upload = SimpleUploadedFile("back.eml", dsn(first))
    assert logged_in(vera).post("/mail/returned/take/", {"notices": upload}).status_code == 403
    assert not Notice.objects.exists()
    upload.seek(0)
    page = logged_in(bob).post("/mail/returned/take/", {"notices": upload}).content.decode()
    assert "about a mail of ours" in page
    assert logged_in(bob).post("/mail/returned/take/", {}).status_code == 422
    status, found = asks(bob)("POST", "/mail-notices", dsn(second, to="ben@example.org"), "message/rfc822")
    assert (status, [one["mail"] for one in found]) == (201, [str(second.uuid)])
    assert asks(bob)("POST", "/mail-notices", b" ", "message/rfc822")[0] == 422
    assert asks(vera)("POST", "/mail-notices", dsn(second), "message/rfc822")[0] == 403
    assert {fresh(first).state, fresh(second).state} == {"bounced"}
    table = logged_in(bob).get("/mail/returned/?kind=failed&ours=1").content.decode()
    assert "2 returned notices" in " ".join(re.sub(r"<[^>]*>", " ", table).split())
    assert [one["kind"] for one in asks(bob)("GET", "/mail-notices")[1]["items"]] == ["failed", "failed"]


SHARED = Path(os.environ.get("BARNRAISE_SHARED_DATA", "/nowhere"))


@pytest.mark.shared
@pytest.mark.skipif(
    not (SHARED / "email" / "EXPECTED_sisimai.json").exists(), reason="real notices are not here"
)
def test_real_notices_are_understood():
    """Judged by what Sisimai and flufl.bounce say of them."""
    expected = json.loads((SHARED / "email" / "EXPECTED_sisimai.json").read_text())
    agree, wrong, unread = 0, [], 0
    for name, wanted in expected.items():
        found = reports((SHARED / name).read_bytes())
        is_complaint = any(one["reason"] == "feedback" for one in wanted)
        if is_complaint and not any(one["feedback"] in {"auth-failure"} for one in wanted):
            assert {one.kind for one in found} <= {"complaint", "reply"}, name
        hard = any(one["hard"] for one in wanted)
        ours = any(one.is_address_bad for one in found)
        agree += hard == ours
        unread += "bounce/" in name and found[0].kind == "unreadable"
        if ours and not hard:
            wrong.append(name)
    assert agree >= len(expected) - 12
    assert len(wrong) <= 5, "an address is given up too readily"
    assert unread <= 3
    for name, wanted in json.loads((SHARED / "email" / "EXPECTED_flufl.json").read_text()).items():
        assert {one.lower() for one in wanted["addresses"]} <= {
            one.address for one in reports((SHARED / name).read_bytes())
        }, name


def test_old_notices_nobody_could_read_lose_their_content():
    from barnraise.plumbing.mail.jobs import purge

    take_returns(b"Subject: lunch\n\nShall we?", way="upload")
    loose = Body.objects.create(subject="x", text="x", created_at=timezone.now() - timedelta(days=2))
    purge(now=timezone.now() + timedelta(days=91))
    assert Notice.objects.get().content == ""
    assert not Body.objects.filter(pk=loose.pk).exists()
