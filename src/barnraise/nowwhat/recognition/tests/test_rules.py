"""What holds of recognition whatever door is used: what is passed, files and their undo, programs, merge, erasure, the sample town."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from barnraise.config.commands import main
from barnraise.foundation.refs import Ref
from barnraise.nowwhat.recognition.models import Mark, Milestone, Thanks
from barnraise.nowwhat.recognition.passing import passed
from barnraise.nowwhat.recognition.services import add_mark, end_mark, hand_on, write_thanks
from barnraise.plumbing.jobs.sockets import chores
from barnraise.plumbing.journal.services import close_change_set, open_change_set, undo
from barnraise.sowhat.indicators.services import write_value
from barnraise.who.organisations.services import remove_organisation
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
A, B, C = date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30)


@pytest.mark.parametrize(
    ("rule", "values", "step", "expected"),
    [
        ("sum", [900, 1200, 240], 1000, [(2000, B)]),
        ("sum", [900, 90, 10], 1000, [(1000, C)]),
        ("count", [1000, 0, 1000], 1000, [(1000, A), (2000, C)]),
        ("distinct", [60, 110, 90], 50, [(50, A), (100, B)]),
        ("last", [10, 20], 50, []),
        ("sum", [900, -200, 300], 1000, [(1000, C)]),
    ],
)
def test_what_is_passed_and_when(rule, values, step, expected):
    given = [(day, Decimal(value)) for day, value in zip((A, B, C), values, strict=False)]
    assert passed(given, rule, Decimal(step)) == [(Decimal(value), day) for value, day in expected]
    with pytest.raises(ValueError, match="above zero"):
        passed(given, rule, Decimal(0))


def test_the_chore_finds_each_milestone_once(hours, alice):
    mark = add_mark(by=alice, indicator=hours, step=Decimal(1000), words="volunteer hours")
    look = chores.get("recognition.look").run
    look(now=timezone.now())
    assert list(Milestone.objects.values_list("value", flat=True)) == [2000]
    write_value(hours, on=timezone.localdate() - timedelta(days=1), value=Decimal(660), by=alice)
    look(now=timezone.now())
    look(now=timezone.now())
    assert sorted(Milestone.objects.values_list("value", flat=True)) == [2000, 3000]
    with pytest.raises(ValidationError, match="this mark already"):
        add_mark(by=alice, indicator=hours, step=Decimal(1000), words="again")
    end_mark(mark, by=alice)
    write_value(hours, on=timezone.localdate() - timedelta(days=1), value=Decimal(9000), by=alice)
    look(now=timezone.now())
    assert Milestone.objects.count() == 2


def test_a_list_comes_in_once_and_says_what_it_cannot_take(pantry, library, bob, tmp_path, capsys):
    lines = (
        "partner,from,until,letter,wording,owner\n"
        "OAK HILL PANTRY,2025-01-01,2025-12-31,Thank you,They feed us,bob@example.org\n"
        "Riverbend Library,2025-01-01,2025-12-31,Thank you,,\n"
        "Oak Hill Pantry,2025-01-01,2025-12-31,Twice,,\n"
        "Nobody Known,2025-01-01,2025-12-31,Thank you,,\n"
        "Riverbend Library,2025-01-01,2024-12-31,Thank you,,\n"
        "Riverbend Library,2024-01-01,2024-12-31,,,\n"
        "Riverbend Library,2023-01-01,2023-12-31,x,,eve@example.org\n"
    )
    file = write(tmp_path / "thanks.csv", lines)
    done = command(capsys, "import", file, "--kind", "thanks", "--date-order", "ymd")
    assert (done["rows"], done["created"]) == (7, {"thanks": 2})
    assert [one["row"] for one in sorted(done["refused"], key=lambda one: one["row"])] == [4, 5, 6, 7, 8]
    made = Thanks.objects.get(organisation=pantry)
    assert (made.owner, made.wording, made.ends_on) == (bob, "They feed us", date(2025, 12, 31))
    assert command(capsys, "import", file, "--kind", "thanks", "--date-order", "ymd")["created"] == {
        "thanks": 0
    }
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    assert not Thanks.objects.exists()


def test_created_changed_filtered_refused_and_ended_by_api(
    asks, pantry, boxes, given, hours, alice, bob, vera
):
    send, lead = asks(bob), asks(alice)
    first = {"organisation": str(pantry.uuid), "begins_on": "2025-01-01", "ends_on": "2025-12-31"}
    first |= {"letter": "Thank you", "language": "en", "wording": "They feed us."}
    assert asks(vera)("POST", "/thanks", first)[0] == 403
    for wrong, field in (
        ({"letter": ""}, "letter"),
        ({"organisation": str(boxes.uuid)}, "organisation"),
        ({"ends_on": "2024-01-01"}, "ends_on"),
        ({"language": "xx"}, "language"),
        ({"owner": "nobody@example.org"}, "owner"),
    ):
        status, problem = send("POST", "/thanks", {**first, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Thanks.objects.exists()
    status, made = send("POST", "/thanks", first)
    assert (status, made["state"]) == (201, "draft")
    where = f"/thanks/{made['id']}"
    assert (
        send("PATCH", where, {"letter": "Thanks a lot", "owner": "bob@example.org"})[1]["owner"]
        == "bob@example.org"
    )
    assert send("POST", f"{where}/sending", {"to": "nobody@example.org"})[0] == 422
    assert send("POST", f"{where}/sending", {})[1]["state"] == "sent"
    assert send("GET", f"/thanks?state=sent&organisation={pantry.uuid}")[1]["items"] == [
        send("GET", where)[1]
    ]
    assert send("GET", "/thanks?state=draft")[1]["items"] == []
    assert send("GET", "/thanks?state=gone")[0] == 422
    told = send("GET", f"/contribution-statements/{pantry.uuid}?begins_on=2025-01-01&ends_on=2025-12-31")[1]
    assert [float(one["value"]) for one in told["hours"]] == [10.0, 2.5]
    assert [float(one["value"]) for one in told["space"]] == [2.0]
    assert (
        send("GET", f"/contribution-statements/{pantry.uuid}?begins_on=2025-01-01&ends_on=2024-12-31")[0]
        == 422
    )
    assert send("POST", f"{where}/end", {"note": "Closed"})[1]["state"] == "ended"
    assert send("PATCH", where, {"letter": "x"})[0] == 422
    assert send("DELETE", where)[0] == 403
    assert lead("DELETE", where)[0] == 204
    mark = {"indicator": str(hours.uuid), "step": "1000", "words": "volunteer hours"}
    assert send("POST", "/marks", mark)[0] == 403
    status, made = lead("POST", "/marks", mark)
    assert status == 201
    assert lead("POST", "/marks", mark)[0] == 422
    (reached,) = send("GET", "/reached-milestones?state=new")[1]["items"]
    assert (float(reached["value"]), reached["words"]) == (2000.0, "volunteer hours")
    assert send("POST", f"/reached-milestones/{reached['id']}/leave")[1]["state"] == "left"
    assert send("POST", f"/reached-milestones/{reached['id']}/leave")[0] == 422
    assert lead("POST", f"/marks/{made['id']}/end")[1]["ended_at"] is not None
    assert [one["id"] for one in send("GET", "/marks")[1]["items"]] == [made["id"]]
    assert not Thanks.objects.exists()


def test_follows_a_merge_and_hinders_a_removal(pantry, library, alice):
    days = {"begins_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    row = write_thanks(by=alice, organisation=pantry, letter="Thank you", language="en", **days)
    with pytest.raises(ValidationError, match="thanks"):
        remove_organisation(pantry, by=alice)
    with transaction.atomic():
        done = open_change_set(by=alice, verb="recognition.changed")
        hand_on(Ref.to(library), Ref.to(pantry), change_set=done)
        close_change_set(change_set=done)
    assert Thanks.objects.get().organisation == library
    undo(change_set=done, by=alice)
    assert Thanks.objects.get().organisation_id == row.organisation_id


def test_the_town_has_thanks_and_loses_them(sample_town, capsys, pantry, alice):
    days = {"begins_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    kept = write_thanks(by=alice, organisation=pantry, letter="Thank you", language="en", **days)
    states = set(Thanks.objects.filter(is_sample=True).values_list("state", flat=True))
    assert states == {"approved", "wished", "sent", "draft", "ended"}
    assert Milestone.objects.filter(mark__is_sample=True).count() == 1
    assert main(["sample", "remove", "--json"]) == 0
    assert (Thanks.objects.get(), Mark.objects.count()) == (kept, 0)
