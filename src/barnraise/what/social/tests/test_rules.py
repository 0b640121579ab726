"""What holds of posts whatever door is used: indicators, files and their undo, programs, the sample town."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from barnraise.config.commands import main
from barnraise.foundation.periods import Period
from barnraise.what.social.models import Message, Reach, SocialAccount, Variant
from barnraise.what.social.services import approve, note_reach, post_by_hand
from barnraise.what.social.sourcing import SOURCES
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
POST = "https://x.com/us/status/1"


def test_the_database_itself_refuses_states_nobody_knows(message):
    for wrong in ({"state": "confirmed"}, {"state": "by_hand", "address": POST}, {"state": "failed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Variant.objects.filter(network="x").update(**wrong)
    assert not Variant.objects.exclude(state="draft").exists()


def test_what_indicators_count(message, variant, alice):
    today = timezone.localdate()
    period, source = Period(today - timedelta(days=3), today), SOURCES["social.reached"]
    empty = source.stamp({}, period)
    for network, numbers in (("x", (100, 250)), ("linkedin", (40,)), ("facebook", ())):
        row = post_by_hand(approve(variant(network), by=alice), by=alice, address=f"{POST}{network}")
        for many in numbers:
            note_reach(row, by=alice, reached=many)
    rows = list(source.rows({}, period))
    assert sorted(row.value for row in rows) == [Decimal(40), Decimal(250)]
    assert {str(row.ref) for row in rows} == {
        f"social.variant:{variant(one).pk}" for one in ("x", "linkedin")
    }
    assert [row.value for row in source.rows({"networks": ["linkedin"]}, period)] == [Decimal(40)]
    assert list(source.rows({}, Period(today - timedelta(days=9), today - timedelta(days=5)))) == []
    assert source.stamp({}, period) != empty


def test_messages_and_reach_come_in_once_and_say_what_they_cannot_take(
    message, variant, alice, bob, tmp_path, capsys
):
    lines = (
        "name,text,link,language,owner\n"
        "Bus,It runs,https://example.org,en,bob@example.org\n"
        "BUS,Twice,,en,\n"
        ",No name,,en,\n"
        "Link,x,nowhere,en,\n"
        "Hers,x,,en,eve@example.org\n"
    )
    file = write(tmp_path / "posts.csv", lines)
    done = command(capsys, "import", file, "--kind", "posts")
    assert (done["rows"], done["created"]) == (5, {"posts": 1})
    assert sorted((one["row"], one["column"]) for one in done["refused"]) == [
        (3, ""),
        (4, "name"),
        (5, "link"),
        (6, "owner"),
    ]
    made = Message.objects.get(name="Bus")
    assert (made.owner, made.variants.count(), made.variants.first().text) == (
        bob,
        6,
        "It runs\n\nhttps://example.org",
    )
    assert command(capsys, "import", file, "--kind", "posts")["created"] == {"posts": 0}
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 1
    assert Message.objects.get() == message
    row = post_by_hand(approve(variant("x"), by=alice), by=alice, address=POST)
    today = timezone.localdate()
    lines = (
        "permalink,date,reach,engagements\n"
        f'{POST},{today},"1,420",12\n'
        f"{POST},{today},5,\n"
        f"https://x.com/none,{today},5,\n"
        f"{POST},{today - timedelta(days=9)},5,\n"
        f"{POST},{today},many,\n"
    )
    file = write(tmp_path / "reach.csv", lines)
    done = command(capsys, "import", file, "--kind", "post_reach", "--date-order", "ymd")
    assert (done["rows"], done["created"]) == (5, {"post_reach": 1})
    assert [one["row"] for one in sorted(done["refused"], key=lambda one: one["row"])] == [3, 4, 5, 6]
    assert list(Reach.objects.values_list("variant", "reached", "engaged")) == [(row.pk, 1420, 12)]
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 1
    assert not Reach.objects.exists()


def test_created_changed_filtered_refused_and_ended_by_api(asks, alice, bob, vera):
    send, lead = asks(bob), asks(alice)
    given = {"name": "Bus", "text": "It runs", "language": "en", "networks": ["x", "mastodon"]}
    assert asks(vera)("POST", "/posts", given)[0] == 403
    for wrong, field in (
        ({"text": ""}, "text"),
        ({"language": "xx"}, "language"),
        ({"link": "nowhere"}, "link"),
        ({"networks": ["myspace"]}, "networks"),
        ({"cites": "people.person:1"}, "cites"),
        ({"owner": "nobody@example.org"}, "owner"),
    ):
        status, problem = send("POST", "/posts", {**given, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Message.objects.exists()
    status, made = send("POST", "/posts", given)
    assert (status, [one["network"] for one in made["variants"]]) == (201, ["x", "mastodon"])
    where, x = f"/posts/{made['id']}", f"/post-variants/{made['variants'][0]['id']}"
    assert (
        send("PATCH", where, {"text": "It runs late", "owner": "bob@example.org"})[1]["variants"][0]["text"]
        == "It runs late"
    )
    assert send("PATCH", x, {"text": "a" * 281})[1]["faults"] != []
    assert send("POST", f"{x}/approval")[0] == 403
    assert lead("POST", f"{x}/approval")[0] == 422
    send("PATCH", x, {"text": "Short"})
    assert lead("POST", f"{x}/approval")[1]["state"] == "approved"
    assert lead("DELETE", f"{x}/approval")[1]["state"] == "draft"
    lead("POST", f"{x}/approval")
    assert lead("POST", f"{x}/posting")[0] == 422
    assert send("POST", f"{x}/by-hand", {"address": "here"})[0] == 422
    assert send("POST", f"{x}/by-hand", {"address": POST})[1]["state"] == "by_hand"
    status, reach = send("POST", f"{x}/reach", {"reached": 7})
    assert (status, reach["reached"]) == (201, 7)
    assert send("GET", f"{x}/reach")[1] == [reach]
    assert send("GET", "/posts?state=by_hand")[1]["items"] == [send("GET", where)[1]]
    assert send("GET", "/posts?state=failed")[1]["items"] == []
    assert send("GET", "/posts?state=gone")[0] == 422
    assert lead("DELETE", where)[0] == 422
    assert send("DELETE", f"/post-reach/{reach['id']}")[0] == 204
    assert send("POST", f"{x}/down")[1]["state"] == "down"
    assert send("DELETE", where)[0] == 403
    assert lead("DELETE", where)[0] == 204
    assert send("POST", "/post-drafts", {"source": "projects.project:1"})[0] == 422
    status, account = lead("POST", "/social-accounts", {"network": "x", "name": "Us"})
    assert (status, account["is_connected"]) == (201, False)
    assert send("POST", "/social-accounts", {"network": "x", "name": "Us"})[0] == 403
    mine = f"/social-accounts/{account['id']}"
    assert lead("PATCH", mine, {"name": "We"})[1]["name"] == "We"
    assert lead("PUT", f"{mine}/secret", {"secret": "x"})[0] == 422
    assert lead("POST", f"{mine}/end")[1]["ended_at"] is not None
    assert not Message.objects.exists()


def test_the_town_has_posts_and_loses_them(sample_town, capsys, message):
    rows = Message.objects.filter(is_sample=True)
    states = set(Variant.objects.filter(message__is_sample=True).values_list("state", flat=True))
    assert (rows.count(), states) == (16, {"by_hand", "approved", "failed", "draft"})
    assert Reach.objects.filter(variant__message__is_sample=True).count() > 40
    assert main(["sample", "remove", "--json"]) == 0
    assert (Message.objects.get(), SocialAccount.objects.count()) == (message, 0)
