"""Waves by programs, ties from files, merges and erasures, and the sample town."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from barnraise.config.commands import main
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import open_change_set
from barnraise.sowhat.network.items import NAMES
from barnraise.sowhat.network.models import Member, Tie, Wave
from barnraise.sowhat.network.selectors import everything_of, measured
from barnraise.sowhat.network.services import answer, hand_back, hand_on
from barnraise.who.organisations.services import remove_organisation
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db


def said(step):
    return dict.fromkeys(NAMES, step)


def test_created_changed_answered_measured_and_closed_by_api(asks, bodies, pantry, alice, bob):
    send = asks(alice)
    ids = [str(one.uuid) for one in bodies]
    given = {"name": "Spring", "begins_on": "2026-03-01", "due_on": "2026-03-31", "organisations": ids}
    assert asks(bob)("POST", "/waves", given)[0] == 403
    for wrong, field in (
        ({"name": ""}, "name"),
        ({"due_on": "2026-01-01"}, "due_on"),
        ({"organisations": ["00000000-0000-4000-8000-000000000000"]}, "organisations"),
    ):
        status, problem = send("POST", "/waves", {**given, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Wave.objects.exists()
    status, made = send("POST", "/waves", given)
    assert (status, made["member_count"], made["answered_count"]) == (201, 4, 0)
    where = f"/waves/{made['id']}"
    assert send("PATCH", where, {"about": "To see"})[1]["about"] == "To see"
    tie = {"of": ids[1], **said(3)}
    for wrong in ({**tie, "t1": 5}, {**tie, "of": ids[0]}, {**tie, "of": str(pantry.uuid)}):
        assert send("POST", f"{where}/answers", {"organisation": ids[0], "ties": [wrong]})[0] == 422
    assert not Tie.objects.exists()
    for one in (0, 2, 3):
        assert send("POST", f"{where}/answers", {"organisation": ids[one], "ties": [tie]})[0] == 200
    status, found = send("GET", f"{where}/measures")
    assert (status, found["pairs"], found["answered"], found["density"]) == (200, 3, 3, 0.5)
    assert found["centralisation"] == 1.0
    trust = {one["organisation"]: one["trust"] for one in found["standings"]}
    assert {key: value and round(value, 2) for key, value in trust.items()} == {
        ids[1]: 66.67,
        ids[0]: None,
        ids[2]: None,
        ids[3]: None,
    }
    assert send("POST", f"{where}/partners", {"organisations": [str(pantry.uuid)]})[1]["member_count"] == 5
    assert send("POST", f"{where}/close")[1]["ended_on"] is not None
    assert send("POST", f"{where}/answers", {"organisation": ids[0], "ties": []})[0] == 422
    assert send("DELETE", where)[0] == 422
    assert Tie.objects.count() == 3
    assert [one["name"] for one in send("GET", "/waves?closed=true")[1]["items"]] == ["Spring"]
    assert send("DELETE", f"{where}/close")[1]["ended_on"] is None
    assert send("DELETE", where)[0] == 204
    assert not Wave.objects.exists()


def test_ties_come_in_once_say_what_they_cannot_take_and_are_undone(wave, member, pantry, tmp_path, capsys):
    lines = (
        "Spring,Bakery,Clinic,4,3,,2,1,1\n"
        "Spring,Bakery,Oak Hill Pantry,1,1,1,1,1,1\n"
        "Spring,BAKERY,clinic,1,1,1,1,1,1\n"
        "Spring,Bakery,Bakery,1,1,1,1,1,1\n"
        "Spring,Nobody,Clinic,1,1,1,1,1,1\n"
        "Winter,Bakery,Clinic,1,1,1,1,1,1\n"
        "Spring,School,Clinic,5,1,1,1,1,1\n"
    )
    file = write(tmp_path / "ties.csv", "wave,from,to,t1,t2,t3,v1,v2,v3\n" + lines)
    done = command(capsys, "import", file, "--kind", "ties")
    assert sorted(one["row"] for one in done["refused"]) == [4, 5, 6, 7, 8], done["refused"]
    assert done["created"] == {"ties": 2}
    row = Tie.objects.get(taker=member("Clinic"))
    assert (row.t1, row.t2, row.t3, row.v1) == (4, 3, None, 2)
    assert member("Oak Hill Pantry").organisation == pantry
    assert member("Bakery").answered_at is not None
    again = command(capsys, "import", file, "--kind", "ties")
    assert again["created"] == {"ties": 0}
    command(capsys, "imports", "undo", done["import"])
    assert not Tie.objects.exists()
    assert member("Bakery").answered_at is None


def test_places_follow_a_merge_and_keep_an_organisation(wave, member, bodies, pantry, alice):
    answer(member("Bakery"), {member("Clinic").pk: said(2)}, by=alice)
    assert everything_of(Ref.to(bodies[0]))[0]["works_with"] == ["Clinic"]
    with pytest.raises(ValidationError, match="waves of the network"):
        remove_organisation(bodies[0], by=alice)
    changes = open_change_set(by=alice, verb="organisations.merged")
    with transaction.atomic():
        hand_on(Ref.to(pantry), Ref.to(bodies[0]), change_set=changes)
    assert Tie.objects.get().giver.organisation == pantry
    hand_back(list(Change.objects.filter(change_set=changes)), by=alice)
    assert Tie.objects.get().giver.organisation_id == bodies[0].pk
    with transaction.atomic():
        hand_on(Ref.to(bodies[2]), Ref.to(bodies[0]), change_set=changes)
    assert Tie.objects.get().giver == member("School")
    assert Member.objects.count() == 3


def test_the_town_has_three_waves_and_loses_them(sample_town, wave, capsys):
    first, second, third = Wave.objects.filter(is_sample=True).order_by("begins_on")
    then, later, now = measured(first), measured(second), measured(third)
    assert (first.ended_on is not None, second.ended_on is not None, third.ended_on) == (True, True, None)
    assert then.shape.density < later.shape.density < now.shape.density
    assert then.trust < now.trust
    assert len(now.shape.isolates) == 2
    assert any(one.trust is None for one in now.standings)
    assert main(["sample", "remove", "--json"]) == 0
    assert Wave.objects.get() == wave
