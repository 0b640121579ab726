"""Mails through a real mail server on loopback: states, retries, what may have arrived twice."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import sweep
from barnraise.plumbing.journal.services import arriving_by
from barnraise.plumbing.mail import handing, jobs
from barnraise.plumbing.mail.backoff import PATIENCE, next_try
from barnraise.plumbing.mail.models import Message, Suppression
from barnraise.plumbing.mail.services import Letter, queue, suppress
from barnraise.plumbing.mail.transport import Pace

from .posting import deliver

pytestmark = pytest.mark.django_db


def written(by, to="ana@example.org", **more):
    """A mail in the outbox."""
    said = {"subject": "Hello {{given_name}}", "text": "Good day, {{given_name|neighbour}}.", **more}
    letter = said.pop("letter", Letter(to, "Ana Ruiz", values={"given_name": "Ana"}))
    return queue(letter, by=by, **said)


def fresh(row):
    return Message.objects.get(pk=row.pk)


def test_a_mail_is_handed_over_with_the_answer_of_the_server(server, bob):
    row = written(bob, reply_to="bob@example.org", html="<p>Good day, {{given_name}}.</p>")
    assert row.state == "queued"
    deliver()
    row = fresh(row)
    assert (row.state, row.answer, row.attempts, row.transport) == (
        "handed_over",
        "250 2.0.0 Ok: queued as 0001",
        1,
        "smtp",
    )
    (sender, to, content) = server.got[0]
    mail = message_from_bytes(content, policy=default)
    assert (sender, to) == ("barnraise@testserver", "ana@example.org")
    assert (mail["Subject"], mail["To"], mail["Reply-To"]) == (
        "Hello Ana",
        "Ana Ruiz <ana@example.org>",
        "bob@example.org",
    )
    assert mail["Message-ID"] == f"<{row.uuid}@testserver>"
    assert mail["Auto-Submitted"] is None, "a person wrote it"
    assert mail.get_body(("plain",)).get_content().strip() == "Good day, Ana."
    assert mail.get_body(("html",)).get_content().strip() == "<p>Good day, Ana.</p>"
    deliver()
    assert len(server.got) == 1


def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_not(server, bob):
    server.answers = {
        "later@example.org": "451 4.7.1 Greylisted, come back",
        "gone@example.org": "550 5.1.1 No such user",
        "spam@example.org": "DATA 554 5.7.1 This looks like spam",
    }
    later, gone, spam = (written(bob, to) for to in server.answers)
    deliver()
    later, gone, spam = fresh(later), fresh(gone), fresh(spam)
    assert (later.state, later.reason, later.status, later.attempts) == ("queued", "later", "4.7.1", 1)
    assert timedelta(seconds=50) < later.due_at - timezone.now() <= timedelta(seconds=60)
    assert (gone.state, gone.reason, gone.answer) == ("failed", "no_mailbox", "550 5.1.1 No such user")
    assert (spam.state, spam.reason, spam.status) == ("failed", "refused", "5.7.1")
    assert list(Suppression.objects.values_list("address", "reason")) == [("gone@example.org", "bounce")]
    with pytest.raises(ValidationError, match="Nothing is sent to this address: There is no such mailbox"):
        written(bob, "Gone@example.org")
    server.answers = {}
    Message.objects.filter(pk=later.pk).update(due_at=timezone.now())
    jobs.outbox(now=timezone.now())
    deliver()
    assert (fresh(later).state, fresh(later).attempts) == ("handed_over", 2)
    assert [one["code"] for one in fresh(later).tries] == [451, 250]


def test_a_server_that_is_away_costs_no_mail(server, bob):
    with override_settings(EMAIL_PORT=1):
        first, second = written(bob), written(bob, "ben@example.org")
        deliver()
        assert (fresh(first).state, fresh(first).reason) == ("queued", "away")
        assert fresh(second).attempts == 0, "the others are not tried in vain"
    Message.objects.update(due_at=timezone.now())
    jobs.outbox(now=timezone.now())
    deliver()
    assert set(Message.objects.values_list("state", flat=True)) == {"handed_over"}


def test_pauses_grow_until_a_mail_is_given_up():
    now = timezone.now()
    minutes = [
        (next_try(attempts=n, created_at=now, now=now) - now).total_seconds() / 60 for n in (1, 2, 3, 7, 50)
    ]
    assert minutes == [1, 5, 15, 240, 240]
    assert next_try(attempts=9, created_at=now - PATIENCE, now=now) is None


def test_a_mail_that_was_refused_for_two_days_has_failed(server, bob):
    server.answers = {"ana@example.org": "451 4.7.1 Not now"}
    row = written(bob)
    since = (timezone.now() - PATIENCE).isoformat()
    Message.objects.filter(pk=row.pk).update(
        tries=[{"at": since, "code": 451}, {"at": since, "code": 451}], created_at=since
    )
    deliver()
    assert (fresh(row).state, fresh(row).reason) == ("failed", "given_up")


def test_what_was_in_flight_when_the_worker_was_lost_is_repeated_and_says_so(
    server, bob, logged_in, monkeypatch
):
    first, second = written(bob), written(bob, "ben@example.org")

    def die(key, answer, **more):
        raise KeyboardInterrupt

    from barnraise.plumbing.mail import services

    with monkeypatch.context() as patched:
        patched.setattr(services, "finish", die)
        with pytest.raises(KeyboardInterrupt):
            deliver()
    assert (fresh(first).state, fresh(second).state, len(server.got)) == ("sending", "queued", 1)
    sweep(now=timezone.now(), alone=True)
    deliver()
    assert [one[1] for one in server.got] == ["ana@example.org", "ana@example.org", "ben@example.org"]
    assert (fresh(first).repeats, fresh(second).repeats) == (1, 0)
    page = logged_in(bob).get(fresh(first).get_absolute_url()).content.decode()
    assert "so it may have arrived twice" in page
    assert "may have arrived" not in logged_in(bob).get(fresh(second).get_absolute_url()).content.decode()


def test_mails_of_a_job_that_is_over_wait_again(server, bob):
    row = written(bob)
    old = timezone.now() - timedelta(minutes=2)
    Message.objects.filter(pk=row.pk).update(state="sending", job_key=4711, updated_at=old)
    Job.objects.all().delete()
    jobs.outbox(now=timezone.now())
    assert (fresh(row).state, fresh(row).repeats) == ("queued", 1)
    deliver()
    assert fresh(row).state == "handed_over"


def test_the_sample_town_and_imports_send_nothing(server, bob):
    letter = Letter("ana@example.org", is_sample=True)
    to_sample = written(bob, letter=letter)
    with arriving_by("sample"):
        of_sample = written(bob, "ben@example.org")
    with arriving_by("import"):
        of_import = written(bob, "cleo@example.org")
    deliver()
    assert server.got == []
    assert [(row.state, row.reason) for row in map(fresh, (to_sample, of_sample, of_import))] == [
        ("suppressed", "sample"),
        ("suppressed", "sample"),
        ("suppressed", "import"),
    ]


def test_an_address_that_is_suppressed_meanwhile_gets_nothing(server, bob):
    row = written(bob)
    suppress("ANA@example.org", reason="asked", by=bob)
    deliver()
    assert (fresh(row).state, fresh(row).reason, server.got) == ("suppressed", "suppressed", [])


def test_single_mails_go_before_those_of_a_campaign(server, bob):
    from barnraise.plumbing.mail.models import Body
    from barnraise.plumbing.mail.services import queue_many

    body = Body.objects.create(subject="News", text="News", created_at=timezone.now())
    queue_many([Letter("ben@example.org"), Letter("cleo@example.org")], body=body, by=bob)
    written(bob)
    deliver()
    assert [one[1] for one in server.got] == ["ana@example.org", "ben@example.org", "cleo@example.org"]
    mail = message_from_bytes(server.got[1][2], policy=default)
    assert mail["Auto-Submitted"] == "auto-generated"


def test_the_throttle_waits_and_the_job_lives_on(server, bob, monkeypatch):
    environment = settings.ENVIRONMENT.model_copy(update={"mails_per_minute": 60})
    with override_settings(ENVIRONMENT=environment):
        pace = Pace()
        assert pace.wait() == 0
        pace.went()
        assert 0.9 < pace.wait() <= 1
        row = written(bob)
        job = Job(cursor={"sending": row.pk}, pk=1)
        monkeypatch.setattr(handing, "pace", pace)
        monkeypatch.setattr(handing, "NAP", 0.01)
        assert handing.call(job).answer is None
        outcome = handing.step(job, handing.call(job))
        assert (outcome.is_over, outcome.cursor) == (False, {"sending": row.pk})


def test_without_a_mail_server_a_mail_is_a_file_and_says_so(bob, logged_in, tmp_path):
    backend = "django.core.mail.backends.filebased.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_FILE_PATH=str(tmp_path)):
        row = written(bob)
        deliver()
        assert (fresh(row).state, fresh(row).transport, fresh(row).state_word) == (
            "handed_over",
            "file",
            "Written as a file",
        )
        assert b"ana@example.org" in next(tmp_path.iterdir()).read_bytes()
    page = logged_in(bob).get(fresh(row).get_absolute_url()).content.decode()
    assert "has reached nobody" in page


def test_a_purpose_asks_consent_just_before_the_mail_goes_and_brings_one_click(server, ana, alice):
    from barnraise.who.consent.services import add_purpose, record_consent

    purpose = add_purpose(name="Newsletter", channels=["email"], texts={"en": "Monthly."}, by=alice)
    record_consent(ana, by=alice, purpose=purpose, channels=["email"], is_given=True, source="paper")
    letter = Letter("ana@example.org", recipient=str(Ref.to(ana)))
    https = settings.ENVIRONMENT.model_copy(update={"mails_per_minute": 0, "url": "https://testserver"})
    with override_settings(ENVIRONMENT=https):
        written(alice, letter=letter, purpose=Ref.to(purpose), text="Bye: {{unsubscribe_url}}")
        deliver()
        mail = message_from_bytes(server.got[0][2], policy=default)
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-Unsubscribe"].strip().startswith("<https://testserver/l/act/")
        assert mail["List-Id"] == f"<consent.purpose-{purpose.pk}.testserver>"
        assert "Bye: https://testserver/l/act/" in mail.get_content().replace("=\n", "")
    record_consent(ana, by=alice, purpose=purpose, channels=["email"], is_given=False, source="phone")
    row = written(alice, letter=letter, purpose=Ref.to(purpose))
    deliver()
    assert (fresh(row).state, fresh(row).reason, len(server.got)) == ("suppressed", "consent", 1)
    assert "was withdrawn" in fresh(row).answer


def test_no_name_brings_a_second_reader_in(server, bob):
    letter = Letter("ana@example.org", 'Ana" <eve@example.org>, "x')
    row = written(bob, letter=letter)
    deliver()
    assert [one[1] for one in server.got] == ["ana@example.org"]
    mail = message_from_bytes(server.got[0][2], policy=default)
    assert [one.addr_spec for one in mail["To"].addresses] == ["ana@example.org"]
    assert fresh(row).state == "handed_over"
