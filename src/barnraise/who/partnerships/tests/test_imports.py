"""A list of partners comes in as a file, once."""

from __future__ import annotations

from datetime import date

import pytest

from barnraise.who.partnerships.models import Partnership, Rating, StageChange
from barnraise.who.partnerships.services import begin_partnership, move_stage
from barnraise.who.people.tests.importing import command, taken_back_in, write

pytestmark = pytest.mark.django_db
HEAD = "organisation,person,stage,since,owner,cadence,influence,interest,reason\n"


def test_the_list_as_it_went_out_changes_nothing(pantry, pastor, alice, tmp_path, capsys, logged_in):
    begin_partnership(pantry, by=alice, stage="active", cadence_days=30)
    begin_partnership(pastor, by=alice, stage="contact")
    done = taken_back_in(
        capsys, logged_in(alice), "/who/partnerships/", tmp_path / "partners.csv", "partnerships"
    )
    assert (done["refused"], done["unchanged"], Partnership.objects.count()) == ([], 2, 2)


def test_an_undo_of_a_later_list_is_no_change_by_somebody(pantry, library, alice, tmp_path, capsys):
    def take(text):
        file = write(tmp_path / "partners.csv", HEAD + text)
        return command(capsys, "import", file, "--kind", "partnerships", "--date-order", "ymd")["import"]

    first = take("Oak Hill Pantry,,active,2025-03-01,,30,,,\nRiverbend Library,,active,2025-03-01,,30,,,\n")
    second = take("Oak Hill Pantry,,active,2025-03-01,,60,,,\n")
    assert Partnership.objects.get(organisation=pantry).cadence_days == 60
    command(capsys, "imports", "undo", second)
    assert Partnership.objects.get(organisation=pantry).cadence_days == 30
    assert command(capsys, "imports", "undo", first)["kept"] == []
    assert not Partnership.objects.exists()


def test_a_list_comes_in_once_and_says_what_it_cannot_take(
    pantry, library, pastor, alice, bob, tmp_path, capsys
):
    begin_partnership(library, by=alice, stage="dormant")
    lines = (
        "OAK HILL PANTRY,,active,2025-03-01,bob@example.org,30,4,5,\n"
        ",Sol Ruiz,prospect,2025-04-01,,,,,\n"
        "Riverbend Library,,active,2025-03-01,,,,,\n"
        "Oak Hill Pantry,,active,2025-03-01,,,,,again\n"
        "Nobody Known,,active,2025-03-01,,,,,\n"
        "Oak Hill Pantry,Sol Ruiz,active,2025-03-01,,,,,\n"
        "Oak Hill Pantry,,ended,2025-03-01,,,,,\n"
        "Oak Hill Pantry,,active,2999-03-01,,,,,\n"
        "Oak Hill Pantry,,active,2025-03-01,eve@example.org,,,,\n"
        "Oak Hill Pantry,,active,2025-03-01,,30.5,,,\n"
        "Oak Hill Pantry,,active,2025-03-01,,,6,1,\n"
        "Oak Hill Pantry,,active,2025-03-01,,,6,,\n"
    )
    file = write(tmp_path / "partners.csv", HEAD + lines)
    done = command(capsys, "import", file, "--kind", "partnerships", "--date-order", "ymd")
    assert (done["rows"], done["created"]) == (12, {"partnerships": 2})
    refused = sorted(done["refused"], key=lambda one: one["row"])
    assert [(one["row"], one["column"]) for one in refused] == [
        (4, "since_on"), (5, ""), (6, "organisation"), (7, "organisation"), (8, "reason"), (9, "since"), (10, "owner"),
        (11, "cadence"), (12, "influence"), (13, "influence"),
    ]  # fmt: skip
    made = Partnership.objects.get(organisation=pantry)
    assert (made.stage, made.owner, made.cadence_days, made.influence) == ("active", bob, 30, 4)
    assert Partnership.objects.get(organisation=library).stage == "dormant", (
        "what is known later is not overwritten by an older list"
    )
    again = command(capsys, "import", file, "--kind", "partnerships", "--date-order", "ymd")
    assert again["created"] == {"partnerships": 0}
    assert Partnership.objects.count() == 3
    move_stage(made, by=bob, stage="dormant")
    undone = command(capsys, "imports", "undo", done["import"])
    assert undone["undone"] == 1
    assert set(Partnership.objects.values_list("organisation__name", flat=True)) == {
        "Oak Hill Pantry",
        "Riverbend Library",
    }
    assert Rating.objects.count() == 1


def test_a_list_taken_in_again_changes_and_ends_what_is_there(
    pantry, library, pastor, alice, bob, tmp_path, capsys
):
    def take(lines, head=HEAD):
        file = write(tmp_path / "partners.csv", head + lines)
        return command(capsys, "import", file, "--kind", "partnerships", "--date-order", "ymd")

    known = begin_partnership(
        pantry,
        by=alice,
        stage="active",
        since_on=date(2025, 3, 1),
        cadence_days=30,
        about="Bread",
        agreed_on=date(2025, 5, 1),
    )
    move_stage(known, by=alice, stage="dormant", since_on=date(2025, 9, 1))
    leader = begin_partnership(pastor, by=alice, stage="active", since_on=date(2025, 1, 1), owner=bob)
    refused = take("Oak Hill Pantry,,active,2025-04-01,,,,,\n,Sol Ruiz,ended,2025-06-01,,,,,\n", HEAD)
    assert sorted((one["row"], one["column"]) for one in refused["refused"]) == [
        (2, "since_on"),
        (3, "reason"),
    ]
    early = take("Oak Hill Pantry,,dormant,2025-02-01,,,,,\n")
    assert [one["column"] for one in early["refused"]] == ["since_on"]
    ends = take("Oak Hill Pantry,2025-04-01\n", "organisation,agreement ends on\n")
    assert [one["column"] for one in ends["refused"]] == ["agreement_ends_on"]
    assert StageChange.objects.count() == 3

    done = take(
        "Oak Hill Pantry,,active,2026-01-01,bob@example.org,14,4,5,They are back\n"
        ",Sol Ruiz,ended,2025-06-01,,,,,Moved away\nRiverbend Library,,,,,,,,\n"
    )
    assert (done["updated"], done["created"], done["refused"]) == (
        {"partnerships": 2},
        {"partnerships": 1},
        [],
    )
    known.refresh_from_db()
    leader.refresh_from_db()
    assert (known.stage, str(known.stage_since_on), known.owner, known.cadence_days) == (
        "active",
        "2026-01-01",
        bob,
        14,
    )
    assert (known.influence, known.interest, known.about) == (4, 5, "Bread"), "a blank changes nothing"
    assert (leader.stage, leader.stages.last().reason, leader.owner) == ("ended", "Moved away", bob)
    assert Partnership.objects.get(organisation=library).stage == "prospect"
    mended = take("Oak Hill Pantry,2025-12-01\n", "organisation,since\n")
    known.refresh_from_db()
    assert (mended["updated"], str(known.stage_since_on)) == ({"partnerships": 1}, "2025-12-01")

    for one in (mended, done):
        command(capsys, "imports", "undo", one["import"])
    known.refresh_from_db()
    leader.refresh_from_db()
    assert (known.stage, str(known.stage_since_on), known.owner, known.cadence_days) == (
        "dormant",
        "2025-09-01",
        None,
        30,
    )
    assert (known.influence, leader.stage, StageChange.objects.count()) == (None, "active", 3)
    assert not Partnership.objects.filter(organisation=library).exists()
