"""Series and who came to meetings come in by files: begun, changed, ended, refused by row and field, and undone; series filtered by API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.what.commitments.models import Commitment
from barnraise.what.meetings import lists, selectors
from barnraise.what.meetings.models import Attendance, Series
from barnraise.what.meetings.services import (
    add_series,
    cancel_meeting,
    end_series,
    hold,
    note_attendance,
    plan_meeting,
)

pytestmark = pytest.mark.django_db
SERIES = "/what/meetings/series/"
CAME = "/what/meetings/attendances/"


def at(days):
    return timezone.now() + timedelta(days=days)


def asked(series):
    return sorted(one.organisation.name for one in selectors.members_of(series))


def test_series_are_begun_changed_ended_by_files_and_undone(pantry, library, bob, takes, exports):
    done = takes(
        "meeting_series",
        "series,cadence,first meeting due,who sees to it,place,organisations\n"
        "Food table,30,2026-01-12,bob@example.org,Library,Oak Hill Pantry\n"
        "Steering,,,,,\n",
    )
    assert (done["counts"], done["why"]) == ((2, 0), [])
    table, steering = Series.objects.order_by("pk")
    assert (table.cadence_days, str(table.next_due_on), table.owner, table.place, asked(table)) == (
        30, "2026-01-12", bob, "Library", ["Oak Hill Pantry"],
    )  # fmt: skip
    rows = {row["Name"]: row for row in exports(SERIES, lists.series)}
    assert takes("meeting_series", list(rows.values()))["counts"] == (0, 0), "left alone it changes nothing"
    rows["Food table"] |= {"Name": "Food and more", "Cadence in days": "7", "Place": "Hall"}
    rows["Steering"] |= {"State": "Ended"}
    second = takes("meeting_series", list(rows.values()))
    assert (second["counts"], second["why"]) == ((0, 2), [])
    table.refresh_from_db(), steering.refresh_from_db()
    assert (table.name, table.cadence_days, table.place, table.ended_on) == ("Food and more", 7, "Hall", None)
    assert steering.ended_on == timezone.localdate()
    third = takes("meeting_series", "name,organisations\nfood and MORE,Oak Hill Pantry; Riverbend Library\n")
    assert (third["counts"], asked(table)) == ((0, 1), ["Oak Hill Pantry", "Riverbend Library"])
    takes.undo(third)
    assert asked(table) == ["Oak Hill Pantry"]
    assert takes.undo(second) == 2
    table.refresh_from_db(), steering.refresh_from_db()
    assert (table.name, table.cadence_days, str(table.next_due_on)) == ("Food table", 30, "2026-01-12")
    assert steering.ended_on is None
    plan_meeting(by=bob, starts_at=at(3), series=steering)
    takes.undo(done)
    assert [row.name for row in Series.objects.all()] == ["Steering"], "what has meetings is kept"


def test_a_series_that_its_page_would_refuse_is_refused(pantry, alice, bob, takes):
    table = add_series(by=bob, name="Food table")
    add_series(by=bob, name="Steering")
    plan_meeting(by=bob, starts_at=at(3), series=table)
    lines = (
        "Food table,,,,Ended,\n"
        f"steering,,,,,{table.uuid}\n"
        "New,0,,,,\nOther,often,,,,\nThird,,eve@example.org,,,\nFourth,,,Nobody Known,,\n"
        "Fifth,,,,,no-id\nSixth,,,,,00000000-0000-4000-8000-000000000000\n"
    )
    done = takes("meeting_series", f"name,cadence,owner,organisations,state,id\n{lines}")
    assert done["counts"] == (0, 0)
    assert done["why"] == [
        (2, "state"),
        (3, "name"),
        (4, "cadence_days"),
        (5, "cadence"),
        (6, "owner"),
        (7, "organisations"),
        (8, "id"),
        (9, "uuid"),
    ]
    assert Series.objects.count() == 2


def test_series_are_filtered_by_api(pantry, bob, asks):
    add_series(by=bob, name="Food table", organisations=[pantry])
    end_series(add_series(by=bob, name="Steering"), by=bob)
    send = asks(bob)
    for query, names in (
        ("", ["Food table", "Steering"]),
        ("?ended=true", ["Steering"]),
        ("?ended=false", ["Food table"]),
        (f"?organisation={pantry.uuid}", ["Food table"]),
    ):
        items = send("GET", f"/meeting-series{query}")[1]["items"]
        assert sorted(one["name"] for one in items) == names, query
    assert send("GET", "/meeting-series?ended=perhaps")[0] == 422


def test_who_came_is_noted_changed_and_excused_by_files_and_undone(pantry, library, bob, takes):
    row = plan_meeting(by=bob, title="Food table", starts_at=at(-2), organisations=[pantry])
    plan_meeting(by=bob, title="Food table", starts_at=at(-40))
    head = "meeting,date,organisation,state,people\n"
    done = takes(
        "meeting_attendances",
        f"{head}Food table,{row.on},Oak Hill Pantry,Excused,\nfood table,{row.on},Riverbend Library,,4\n",
    )
    assert (done["counts"], done["why"]) == ((1, 1), [])

    def told():
        return sorted((one.organisation.name, one.state, one.people) for one in selectors.attendances_of(row))

    assert told() == [("Oak Hill Pantry", "excused", 0), ("Riverbend Library", "came", 4)]
    second = takes(
        "meeting_attendances",
        f"{head}{row.uuid},,Oak Hill Pantry,Came,2\n{row.uuid},,Riverbend Library,Did not come,\n",
    )
    assert second["counts"] == (0, 2)
    assert told() == [("Oak Hill Pantry", "came", 2), ("Riverbend Library", "absent", 0)]
    assert takes.undo(second) == 2
    note_attendance(row, by=bob, came={library: ("came", 5)})
    assert takes.undo(done) == 1, "what was noted since is kept"
    assert told() == [("Oak Hill Pantry", "invited", 0), ("Riverbend Library", "came", 5)]


def test_who_came_is_given_out_as_csv_and_comes_in_again(pantry, library, alice, bob, takes, exports):
    row = plan_meeting(by=bob, title="Food table", starts_at=at(-2), organisations=[pantry, library])
    over = plan_meeting(by=bob, title="Roof", starts_at=at(-3))
    note_attendance(row, by=bob, came={library: ("came", 5)})
    note_attendance(over, by=bob, came={pantry: ("came", 1)})
    hold(over, by=bob)
    rows = exports(CAME, lists.attendances)
    assert sorted((one["Meeting"], one["Organisation"], one["Did they come?"], one["People"]) for one in rows) == [
        ("Food table", "Oak Hill Pantry", "Asked", ""),
        ("Food table", "Riverbend Library", "Came", "5"),
        ("Roof", "Oak Hill Pantry", "Came", "1"),
    ]  # fmt: skip
    same = takes("meeting_attendances", rows)
    assert (same["counts"], same["why"]) == ((0, 0), []), "an export left alone changes nothing"
    (asked_one,) = exports(CAME, lists.attendances, f"meeting={row.pk}&state=invited")
    done = takes("meeting_attendances", [{**asked_one, "Did they come?": "Excused"}])
    assert done["counts"] == (0, 1)
    assert [one.state for one in selectors.attendances_of(row)] == ["excused", "came"]
    assert takes.undo(done) == 1
    assert [one.state for one in selectors.attendances_of(row)] == ["invited", "came"]
    (hers,) = exports(CAME, lists.attendances, f"organisation={library.pk}")
    assert hers["People"] == "5"


def test_who_came_is_refused_by_row_and_field(pantry, library, bob, takes):
    row = plan_meeting(by=bob, title="Food table", starts_at=at(-2), organisations=[pantry])
    over = plan_meeting(by=bob, title="Roof", starts_at=at(-3))
    note_attendance(over, by=bob, came={pantry: ("came", 1)})
    hold(over, by=bob)
    twins = [plan_meeting(by=bob, title="Twin", starts_at=at(-4)) for _one in range(2)]
    lines = (
        "Nowhere,,Oak Hill Pantry,,\n"
        f"Twin,{twins[0].on},Oak Hill Pantry,,\n"
        "Food table,,Nobody Known,,\n"
        "Food table,,Oak Hill Pantry,Excused,3\n"
        "Food table,,Riverbend Library,Came,2000\n"
        "Roof,,Riverbend Library,Came,1\n"
        "Food table,,Riverbend Library,Came,some\n"
    )
    done = takes("meeting_attendances", f"meeting,date,organisation,state,people\n{lines}")
    assert done["counts"] == (0, 0)
    assert done["why"] == [
        (2, "meeting"),
        (3, "meeting"),
        (4, "organisation"),
        (5, "people"),
        (6, "people"),
        (7, "meeting"),
        (8, "people"),
    ]
    assert Attendance.objects.count() == 2
    assert row.is_open


def test_action_items_come_in_with_the_meeting_at_which_they_were_made(pantry, bob, takes, logged_in):
    table = plan_meeting(by=bob, title="Food table", starts_at=at(-2))
    plan_meeting(by=bob, title="Food table", starts_at=at(-40))
    off = plan_meeting(by=bob, title="Roof", starts_at=at(-3))
    cancel_meeting(off, by=bob, reason="Snow")
    head = "who promised,partner,what,due on,kind,made at\n"
    done = takes(
        "commitments",
        f'{head}theirs,Oak Hill Pantry,Count the boxes,2999-01-01,Action item,"Food table, {table.on}"\n'
        f"ours,,Write to all,2999-01-02,Action item,{table.uuid}\n"
        "ours,,Which one,2999-01-02,,Food table\n"
        "ours,,Not there,2999-01-02,,Roof\n",
    )
    assert (done["counts"], done["why"]) == ((2, 0), [(4, "made_at"), (5, "made_at")])
    assert {one.what for one in selectors.actions_of(table)} == {"Count the boxes", "Write to all"}
    page = logged_in(bob).get(table.get_absolute_url()).content.decode()
    assert "Count the boxes" in page
    moved = takes("commitments", f"{head}ours,,Write to all,2999-01-02,,{off.uuid}\n")
    assert (moved["counts"], moved["why"]) == ((0, 0), [(2, "made_at")]), "where it was made stays"
    takes.undo(done)
    assert not Commitment.objects.exists()
