"""Mails and suppressed addresses in the browser, by API, as CSV, on timelines, in search, and when people go."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from barnraise.config.sample_town import change_whole_town
from barnraise.plumbing.mail import facing
from barnraise.plumbing.mail.models import Message, Notice, Suppression
from barnraise.plumbing.mail.services import Draft, keep_drafts, take_returns
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import erase_person, merge_people, register_person
from barnraise.who.people.services.export import export_person

from .test_returns import dsn

pytestmark = pytest.mark.django_db


def text(response):
    """What a page says, without its tags."""
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split()))


def mail_to(browser, person, **more):
    given = {"to_address": "ana@example.org", "subject": "Garden", "text": "Dear {{given_name}}, come along."}
    return browser.post(f"/mail/write/?to=people.person:{person.pk}", {**given, **more})


def test_a_mail_is_written_changed_filtered_refused_cancelled_and_sent_again(
    ana, bob, alice, vera, logged_in
):
    browser = logged_in(bob)
    assert "ana@example.org" in browser.get(f"/mail/write/?to=people.person:{ana.pk}").content.decode()
    for field, value in (
        ("to_address", "nobody"),
        ("subject", ""),
        ("text", "Hello {{first name}}"),
        ("text", "{{shoe_size}}"),
    ):
        assert mail_to(browser, ana, **{field: value}).status_code == 422, field
    assert "is no placeholder" in text(mail_to(browser, ana, text="Hello {{first name}}"))
    assert "Nobody knows what to put for {{shoe_size}} here." in text(
        mail_to(browser, ana, text="{{shoe_size}}")
    )
    assert logged_in(vera).get("/mail/write/").status_code == 403
    assert not Message.objects.exists()
    later = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    made = mail_to(browser, ana, due_at=later, reply_to="bob@example.org")
    row = Message.objects.get()
    assert made.url == row.get_absolute_url()
    assert (row.recipient, row.to_name, row.values) == (
        f"people.person:{ana.pk}",
        "Ana Ruiz",
        {"given_name": "Ana"},
    )
    assert "Dear Ana, come along." in text(browser.get(row.get_absolute_url()))
    change = f"{row.get_absolute_url()}change/"
    given = {"to_address": "ana@example.org", "subject": "Garden on Friday", "text": "Dear {{given_name}}."}
    assert browser.post(change, {**given, "subject": ""}).status_code == 422
    assert Message.objects.get().body.subject == "Garden"
    assert browser.post(change, given).status_code == 302
    row = Message.objects.get()
    assert (row.body.subject, row.recipient) == ("Garden on Friday", f"people.person:{ana.pk}")
    assert "1 mail" in text(browser.get("/mail/?state=queued&to=ana@"))
    assert "Garden on Friday" not in text(browser.get("/mail/?state=failed"))
    assert "1 mail" in text(browser.get(f"/mail/?recipient=people.person:{ana.pk}&bulk=0"))
    sheet = browser.get("/mail/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[0].startswith("Subject,To,State,Written")
    assert sheet[1].startswith("Garden on Friday,ana@example.org,Waiting")
    assert browser.post(f"{row.get_absolute_url()}again/").status_code == 302
    assert Message.objects.count() == 1, "what has not gone cannot go once more"
    assert logged_in(vera).post(f"{row.get_absolute_url()}cancel/").status_code == 403
    browser.post(f"{row.get_absolute_url()}cancel/")
    assert Message.objects.get().state == "cancelled"
    assert browser.post(change, given).status_code == 422
    browser.post(f"{row.get_absolute_url()}again/")
    assert list(Message.objects.order_by("pk").values_list("state", "again_of")) == [
        ("cancelled", None),
        ("queued", row.pk),
    ]


def test_mails_stand_on_the_person_the_timeline_in_search_and_on_today(ana, bob, logged_in):
    browser = logged_in(bob)
    mail_to(browser, ana)
    page = text(browser.get(ana.get_absolute_url()))
    assert "Mail from the outbox · Waiting" in page
    assert page.count("Garden") == 2, "as a mail and as a sentence of the timeline"
    assert "Garden" in text(browser.get(f"{ana.get_absolute_url()}panels/mail/"))
    assert "Bob wrote the mail Garden" in text(browser.get("/journal/"))
    assert "Garden" in text(browser.get("/search?q=garden"))
    assert "Garden" in text(browser.get("/search?q=ana@example.org"))
    assert "Mails that did not arrive" not in text(browser.get("/"))
    row = Message.objects.get()
    Message.objects.update(state="handed_over", handed_at=timezone.now())
    take_returns(dsn(row), way="upload", by=bob)
    assert "1 mail came back in the last seven days" in text(browser.get("/"))
    page = text(browser.get(row.get_absolute_url()))
    assert "550 5.1.1 User unknown" in page
    assert "There is no such mailbox. Ask for another address." in page


def test_mails_by_api(ana, bob, alice, vera, asks):
    send = asks(bob)
    given = {"recipient": f"people.person:{ana.pk}", "subject": "Garden", "text": "Dear {{given_name}}."}
    assert asks(vera)("POST", "/outbox", given)[0] == 403
    for wrong in (
        {"recipient": "people.person:999"},
        {"text": " "},
        {"subject": "a\nb"},
        {"to_address": "x"},
        {"text": "}}"},
    ):
        assert send("POST", "/outbox", {**given, **wrong})[0] == 422, wrong
    assert not Message.objects.exists()
    status, made = send("POST", "/outbox", {**given, "due_at": "2999-01-01T00:00:00Z"})
    assert (status, made["state"], made["to_address"], made["text"]) == (
        201,
        "queued",
        "ana@example.org",
        "Dear Ana.",
    )
    assert send("GET", f"/outbox?recipient=people.person:{ana.pk}&state=queued")[1]["items"] == [made]
    status, changed = send("PATCH", f"/outbox/{made['id']}", {"subject": "Garden on Friday"})
    assert (status, changed["subject"]) == (200, "Garden on Friday")
    assert send("PATCH", f"/outbox/{made['id']}", {"subject": " "})[0] == 422
    assert send("POST", f"/outbox/{made['id']}/again")[0] == 409
    assert asks(vera)("POST", f"/outbox/{made['id']}/cancel")[0] == 403
    assert send("POST", f"/outbox/{made['id']}/cancel")[1]["state"] == "cancelled"
    assert send("POST", f"/outbox/{made['id']}/cancel")[0] == 409
    status, again = send("POST", f"/outbox/{made['id']}/again")
    assert (status, again["state"], again["subject"]) == (201, "queued", "Garden on Friday")


def test_addresses_are_suppressed_noted_listed_and_lifted(bob, alice, vera, logged_in, asks):
    browser = logged_in(bob)
    assert browser.post("/mail/suppressed/add/", {"address": "x", "reason": "asked"}).status_code == 422
    assert logged_in(vera).get("/mail/suppressed/add/").status_code == 403
    assert not Suppression.objects.exists()
    browser.post(
        "/mail/suppressed/add/", {"address": "Ana@Example.org", "reason": "asked", "note": "by phone"}
    )
    row = Suppression.objects.get()
    assert (row.address, row.note, len(row.digest)) == ("ana@example.org", "by phone", 64)
    upload = SimpleUploadedFile(
        "cleaned.csv", b"Email Address,CLEAN_TIME\nben@example.org,2024\nANA@example.org,2024\n"
    )
    done = browser.post("/mail/suppressed/several/", {"reason": "imported", "file": upload}, follow=True)
    assert "1 address was added. 1 was there already." in text(done)
    assert (
        browser.post("/mail/suppressed/several/", {"reason": "imported", "addresses": "nobody"}).status_code
        == 422
    )
    assert "1 suppressed address" in text(browser.get("/mail/suppressed/?reason=imported&lifted=0"))
    sheet = (
        browser.get("/mail/suppressed/?export=csv&reason=asked").getvalue().decode("utf-8-sig").splitlines()
    )
    assert (len(sheet), sheet[1].startswith("ana@example.org,Asked for it,Nothing is sent")) == (2, True)
    browser.post(f"{row.get_absolute_url()}note/", {"note": "by mail"})
    assert browser.post(f"{row.get_absolute_url()}lift/").status_code == 403, "those who lead lift it"
    assert Suppression.objects.get(pk=row.pk).lifted_at is None
    logged_in(alice).post(f"{row.get_absolute_url()}lift/")
    row.refresh_from_db()
    assert (row.note, row.lifted_by) == ("by mail", alice)
    assert "Lifted" in text(browser.get(row.get_absolute_url()))
    status, made = asks(bob)("POST", "/suppressions", {"address": "ana@example.org"})
    assert (status, made["reason"], Suppression.objects.count()) == (201, "asked", 3)
    assert asks(bob)("POST", f"/suppressions/{made['id']}/lift")[0] == 403
    assert asks(bob)("PATCH", f"/suppressions/{made['id']}", {"note": "again"})[1]["note"] == "again"
    assert asks(alice)("POST", f"/suppressions/{made['id']}/lift")[1]["lifted_at"]
    assert len(asks(vera)("GET", "/suppressions?address=ana@example.org")[1]["items"]) == 2


def test_mails_follow_a_merge_and_its_undo(ana, bob, alice, logged_in):
    from barnraise.plumbing.journal.services import undo

    other = register_person(PersonDocument(given_name="Anna", family_name="Ruiz"), by=bob)
    mail_to(logged_in(bob), ana)
    done = merge_people(keep=other, absorb=ana, by=alice)
    assert Message.objects.get().recipient == f"people.person:{other.pk}"
    undo(change_set=done, by=alice)
    assert Message.objects.get().recipient == f"people.person:{ana.pk}"


def test_an_erasure_leaves_the_fact_and_a_hash(ana, bob, alice, logged_in):
    browser = logged_in(bob)
    mail_to(browser, ana)
    row = Message.objects.get()
    Message.objects.update(state="handed_over", handed_at=timezone.now())
    take_returns(dsn(row), way="upload", by=bob)
    take_returns(b"Subject: what is this\n\nana@example.org says hello", way="upload", by=bob)
    told = export_person(ana, by=alice)["mail"]
    assert told["mails"][0]["text"] == "Dear Ana, come along."
    assert told["suppressed"][0]["address"] == "ana@example.org"
    erase_person(ana, by=alice)
    row = Message.objects.get()
    assert (row.state, row.to_address, row.to_name, row.recipient, row.values, row.body.text) == (
        "bounced",
        "",
        "",
        "",
        {},
        "",
    )
    assert (row.erased_at is None, row.returned_at is None) == (False, False)
    assert set(Notice.objects.values_list("address", "said", "content")) == {("", "", "")}
    gone = Suppression.objects.get()
    assert (gone.address, gone.note, gone.lifted_at) == ("", "", None)
    assert (
        browser.post(
            "/mail/write/", {"to_address": "ana@example.org", "subject": "x", "text": "x"}
        ).status_code
        == 422
    )
    logged_in(alice).post(f"{gone.get_absolute_url()}lift/")
    assert Suppression.objects.get().lifted_at is None
    for address in (
        row.get_absolute_url(),
        gone.get_absolute_url(),
        "/mail/",
        "/journal/",
        "/mail/suppressed/",
    ):
        assert "ana@example.org" not in browser.get(address).content.decode(), address


def test_the_sample_town_has_an_outbox_and_takes_it_away(sample_town, alice, logged_in):
    rows = Message.objects.filter(is_sample=True, is_bulk=False)
    assert sorted(rows.values_list("state", flat=True)) == [
        "bounced",
        "cancelled",
        "handed_over",
        "handed_over",
        "handed_over",
    ]
    assert set(rows.values_list("transport", flat=True)) == {"none"}
    assert "nothing was ever sent" in text(logged_in(alice).get(rows[0].get_absolute_url()))
    change_whole_town("remove")
    assert (Message.objects.count(), Suppression.objects.count()) == (0, 0)


def test_the_doctor_says_when_mails_are_stuck(ana, bob, logged_in):
    from barnraise.config.doctor import outbox

    assert list(outbox.look()) == []
    mail_to(logged_in(bob), ana)
    Message.objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert [one.code for one in outbox.look()] == ["outbox.stuck"]
    Message.objects.update(due_at=timezone.now(), attempts=1, answer="451 Not now")
    (found,) = outbox.look()
    assert (found.code, "451 Not now" in found.sentence) == ("outbox.refused", True)
    Message.objects.update(
        state="handed_over", handed_at=timezone.now(), transport="smtp", complained_at=timezone.now()
    )
    assert [one.code for one in outbox.look()] == ["outbox.complaints"]


def test_the_reference_of_a_reader_is_no_way_to_read_others(bob, logged_in):
    assert logged_in(bob).get("/mail/write/?to=mail.suppression:1").status_code == 200
    assert "names no record" in text(logged_in(bob).get("/mail/?recipient=nonsense"))


def test_an_erased_draft_is_cancelled_and_no_draft(ana, bob, alice):
    (row,) = keep_drafts([Draft("ana@example.org", "Garden", "Come.")], by=bob, at=timezone.now())
    assert "draft" in facing.why(row)
    erase_person(ana, by=alice)
    row.refresh_from_db()
    assert (row.state, row.to_address, facing.why(row)) == ("cancelled", "", "")
