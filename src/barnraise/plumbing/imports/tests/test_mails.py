"""Mails come in from a table as drafts, change and end by it, and go again with its undo; nothing is sent until somebody says so."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barnraise.plumbing.imports.mails import Mails
from barnraise.plumbing.mail.models import Body, Message
from barnraise.plumbing.mail.services import Draft, amend_drafts, keep_drafts, release, suppress
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db


def take(path, capsys, lines):
    file = write(path / "mails.csv", f"to,name,subject,text,goes out,state\n{lines}")
    return command(capsys, "import", file, "--kind", "mails", "--date-order", "ymd")


def told():
    rows = Message.objects.select_related("body").order_by("pk")
    return [(row.to_address, row.body.subject, row.body.text, row.state) for row in rows]


def test_drafts_come_in_change_end_go_and_are_sent_by_somebody(
    alice, vera, logged_in, asks, tmp_path, capsys
):
    done = take(
        tmp_path,
        capsys,
        'ANA@example.org,Ana,Garden,"Come along.\n\nOn Friday.",2999-05-04,\nben@example.org,,Garden,Come.,,\n',
    )
    first = [
        ("ana@example.org", "Garden", "Come along.\n\nOn Friday.", "draft"),
        ("ben@example.org", "Garden", "Come.", "draft"),
    ]
    assert (done["created"], done["refused"], told()) == ({"mails": 2}, [], first)
    second = take(tmp_path, capsys, "ana@example.org,,garden,Come on Saturday.,,\nben@example.org,,Garden,,,cancelled\n")  # fmt: skip
    assert (second["created"], second["updated"]) == ({"mails": 0}, {"mails": 2})
    assert [one[2:] for one in told()] == [("Come on Saturday.", "draft"), ("Come.", "cancelled")]
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 2
    assert told() == first
    ana, ben = Message.objects.order_by("pk")
    assert timezone.localtime(ana.due_at).isoformat()[:16] == "2999-05-04T09:00"
    browser, there = logged_in(alice), ana.get_absolute_url()
    assert "It is a draft" in browser.get(there).content.decode()
    assert "Put it into the outbox" not in browser.get(f"{there}change/").content.decode(), (
        "a change keeps the draft"
    )
    assert logged_in(vera).post(f"{there}release/").status_code == 403
    browser.post(f"{there}release/")
    assert [one.state for one in Message.objects.order_by("pk")] == ["queued", "draft"]
    suppress("ben@example.org", reason="asked", note="", by=alice)
    assert asks(alice)("POST", f"/outbox/{ben.uuid}/release")[0] == 409
    assert asks(alice)("POST", f"/outbox/{ana.uuid}/release")[0] == 409
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 1, "what is in the outbox stays"
    third = take(tmp_path, capsys, "cleo@example.org,,Garden,Come.,,\n")
    assert (Message.objects.count(), Body.objects.count()) == (2, 2)
    assert command(capsys, "imports", "undo", third["import"])["undone"] == 1
    assert (Message.objects.get(), Body.objects.count()) == (ana, 1)


def test_what_cannot_be_a_draft_is_refused_by_row_and_field(alice, tmp_path, capsys):
    suppress("cleo@example.org", reason="asked", note="", by=alice)
    take(tmp_path, capsys, "ana@example.org,,Garden,Come.,,\n")
    Message.objects.update(state="handed_over")
    done = take(
        tmp_path,
        capsys,
        "nobody,,Garden,Come.,,\nben@example.org,,Garden,,,\nben@example.org,,Other,Dear {{given_name}},,\n"
        "cleo@example.org,,Garden,Come.,,\nana@example.org,,Garden,Stay away.,,\nana@example.org,,Garden,,,cancelled\n",
    )
    refused = sorted(done["refused"], key=lambda one: one["row"])
    assert [(one["row"], one["column"]) for one in refused][:5] == [
        (2, "to"),
        (3, "text"),
        (4, "text"),
        (5, "to"),
        (6, "text"),
    ]
    assert "It is no draft any more (Handed over)." in refused[4]["reason"]
    assert told() == [("ana@example.org", "Garden", "Come.", "handed_over")]


def test_of_two_drafts_of_a_subject_none_is_changed(alice, tmp_path, capsys):
    texts = ["Come.", "Stay."]
    now = timezone.now()
    kept = keep_drafts([Draft("ana@example.org", "Garden", text) for text in texts], by=alice, at=now)
    refused = take(tmp_path, capsys, "ana@example.org,,garden,Other.,,\n")["refused"]
    assert [(one["column"], one["reason"][:29]) for one in refused] == [
        ("subject", "Several are called “garden”. ")
    ]
    assert [one[2] for one in told()] == texts
    assert take(tmp_path, capsys, "ana@example.org,,Garden,Stay.,,\n")["unchanged"] == 1
    Message.objects.filter(pk=kept[0].pk).update(state="handed_over")
    assert take(tmp_path, capsys, "ana@example.org,,Garden,Other.,,\n")["updated"] == {"mails": 1}
    assert [one[2] for one in told()] == ["Come.", "Other."]


def test_of_mails_of_other_subjects_no_text_is_read(alice):
    keep_drafts([Draft("ana@example.org", "Other", "Long")], by=alice, at=timezone.now())
    blank = {"to_name": "", "text": "Come.", "reply_to": "", "send_on": None, "state": ""}
    with CaptureQueriesContext(connection) as asked:
        assert Mails().find([{"to": "ana@example.org", "subject": "Garden", **blank}]) == [None]
    assert not [one["sql"] for one in asked if '"html"' in one["sql"]]


def test_what_went_into_the_outbox_meanwhile_is_left_as_it_is(alice):
    at = timezone.now()
    (row,) = keep_drafts([Draft("ana@example.org", "Garden", "Come.")], by=alice, at=at)
    release(row, by=alice)
    assert amend_drafts([(row.pk, {"text": "Stay.", "to_name": "Ana"})], at=at) == []
    row.refresh_from_db()
    assert (row.state, row.to_name, row.body.text) == ("queued", "", "Come.")
