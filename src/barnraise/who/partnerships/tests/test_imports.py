"""A list of partners comes in as a file, once."""

from __future__ import annotations

import pytest

from barnraise.who.partnerships.models import Partnership, Rating
from barnraise.who.partnerships.services import begin_partnership, move_stage
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
HEAD = "organisation,person,stage,since,owner,cadence,influence,interest,reason\n"


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
        (5, ""), (6, "organisation"), (7, "organisation"), (8, "reason"), (9, "since"), (10, "owner"),
        (11, "cadence"), (12, "influence"), (13, "influence"),
    ]  # fmt: skip
    made = Partnership.objects.get(organisation=pantry)
    assert (made.stage, made.owner, made.cadence_days, made.influence) == ("active", bob, 30, 4)
    assert Partnership.objects.get(organisation=library).stage == "dormant", (
        "who is here already is left as they are"
    )
    assert (done["updated"], done["unchanged"]) == ({"partnerships": 0}, 1), (
        "nothing is called changed that was left as it is"
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
