"""A second file changes messages and their variants, as far as their pages would; its undo gives back what stood."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from barnraise.what.social.models import Message, Reach, Variant
from barnraise.what.social.services import amend_variants, approve, change_variant, note_reach, post_by_hand
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
HEAD = "message,network,text,account,state,address,posted on\n"
POST = "https://x.com/us/1"


@pytest.fixture
def take(tmp_path, capsys):
    """`take(noun, text)`: the import of a file of that text, as the command line says it."""

    def run(noun, text):
        file = write(tmp_path / f"{noun}.csv", text)
        return command(capsys, "import", file, "--kind", noun, "--date-order", "ymd")

    return run


def counted(done):
    (created,), (updated,) = done["created"].values(), done["updated"].values()
    return created, updated, sorted((one["row"], one["column"]) for one in done["refused"])


def told():
    fields = ("network", "text", "state", "address", "posted_at", "reason", "approved_by", "key", "account")
    messages = Message.objects.order_by("pk").values_list("name", "text", "link", "owner")
    return list(Variant.objects.order_by("pk").values_list(*fields)), list(messages)


def test_a_second_file_changes_messages_and_variants_and_its_undo_gives_back(message, variant, take, alice, bob, capsys):  # fmt: skip
    change_variant(variant("linkedin"), by=alice, text="For work")
    approve(variant("x"), by=alice)
    posted = post_by_hand(approve(variant("bluesky"), by=alice), by=alice, address="https://bsky.app/1")
    note_reach(posted, by=alice, reached=5)
    before, today = told(), timezone.localdate()
    words = take("posts", "name,text,link,language,owner\nOpen DAY,Come on Sunday.,,en,Bob\n")
    assert counted(words) == (0, 1, [])
    message.refresh_from_db()
    assert (message.name, message.text, message.owner) == ("Open day", "Come on Sunday.", bob)
    assert variant("facebook").text == "Come on Sunday.\n\nhttps://example.org/day"
    assert (variant("linkedin").text, variant("x").text[:11]) == ("For work", "Come along ")
    second = take(
        "post_variants",
        f"{HEAD}open day,X,,,by hand,{POST},2026-05-01\nOpen day,linkedin,Other words,,approved,,\n"
        "Open day,bluesky,,,down,,\nOpen day,facebook,,,,,\n",
    )
    assert counted(second) == (0, 3, [])
    row = variant("x")
    assert (row.state, row.address, str(timezone.localdate(row.posted_at))) == ("by_hand", POST, "2026-05-01")
    row = variant("linkedin")
    assert (row.state, row.text, row.key in [one[7] for one in before[0]]) == (
        "approved",
        "Other words",
        False,
    )
    assert variant("bluesky").state == "down"
    more = take("post_reach", f"address,date,reached\nhttps://bsky.app/1,{today},9\n{POST},{today},4\n")
    assert counted(more) == (1, 1, [])
    for done in (more, second, words):
        command(capsys, "imports", "undo", done["import"])
    assert told() == before
    assert list(Reach.objects.values_list("reached")) == [(5,)]


def test_what_the_page_would_refuse_is_refused_by_row_and_field(message, variant, take, alice):
    approve(variant("x"), by=alice)
    posted = post_by_hand(approve(variant("bluesky"), by=alice), by=alice, address="https://bsky.app/1")
    before, later = told(), timezone.localdate() + timedelta(days=2)
    found = {
        "Open day,facebook,,,by hand,https://facebook.com/1,": "state", "Open day,x,,,by hand,nowhere,": "address",
        "Open day,x,,,confirmed,https://x.com/1,": "state", "Open day,x,,,failed,,": "state", "Open day,x,,,,https://x.com/1,": "address",
        f"Open day,x,,,by hand,{POST},{later}": "posted_on", "Open day,bluesky,Other,,,,": "text", "Open day,bluesky,,,draft,,": "state",
        "Open day,x,,,down,,": "state", f"Open day,linkedin,{'x' * 3001},,approved,,": "text", "Open day,x,,Nobody,,,": "account",
        "Closed day,x,,,,,": "message", "Open day,telegraph,,,,,": "network",
    }  # fmt: skip
    refused = [take("post_variants", f"{HEAD}{line}\n")["refused"] for line in found]
    assert [(len(some), some[0]["row"], some[0]["column"]) for some in refused] == [(1, 2, name) for name in found.values()]  # fmt: skip
    assert (
        refused[2][0]["reason"] == "Only the network says so. Write “by hand” with the address of the post."
    )
    assert told() == before
    assert posted.posted_at is not None


def test_what_the_lists_hand_out_is_worked_on_and_given_again(message, variant, take, alice, logged_in):
    post_by_hand(approve(variant("x"), by=alice), by=alice, address=POST)
    browser = logged_in(alice)

    def out(path, columns):
        browser.post(path, {"keep": "columns", "column": columns, "query": ""})
        return browser.get(f"{path}?export=csv").getvalue().decode()

    def edited(text, change, **told):
        rows = list(csv.DictReader(StringIO(text)))
        one = next(row for row in rows if all(row[name] == value for name, value in told.items()))
        one |= change
        file = StringIO()
        writer = csv.DictWriter(file, list(one))
        writer.writeheader()
        writer.writerows([*rows, one | {"Id": "7b0d4e0e-0000-4000-8000-000000000000"}])
        return file.getvalue()

    text = out("/what/posts/", ("name", "text", "state", "language", "owner", "updated", "link", "uuid"))
    assert counted(take("posts", text)) == (0, 0, [])
    done = take("posts", edited(text, {"Name": "Open house", "Leads to": "https://example.org/house"}))
    assert counted(done) == (0, 1, [(3, "uuid")])
    assert (Message.objects.get().name, Message.objects.get().link) == (
        "Open house",
        "https://example.org/house",
    )
    columns = (
        "message",
        "network",
        "state",
        "posted",
        "address",
        "reason",
        "account",
        "text",
        "updated",
        "uuid",
    )
    text = out("/what/posts/variants/", columns)
    assert counted(take("post_variants", text)) == (0, 0, [])
    done = take("post_variants", edited(text, {"State": "Approved"}, Network="LinkedIn"))
    assert counted(done) == (0, 1, [(8, "uuid")])
    assert [variant(one).state for one in ("linkedin", "x", "facebook")] == ["approved", "by_hand", "draft"]


def test_what_was_posted_meanwhile_is_left_as_it_is(variant, alice):
    posted = post_by_hand(approve(variant("x"), by=alice), by=alice, address=POST)
    before = told()
    for values in ({"text": "Other", "state": "draft"}, {"state": "approved"}, {"state": "by_hand", "address": f"{POST}2"}):  # fmt: skip
        assert amend_variants([(posted.pk, values)], at=timezone.now()) == []
    assert told() == before
    assert len(amend_variants([(posted.pk, {"state": "down"})], at=timezone.now())) == 1
