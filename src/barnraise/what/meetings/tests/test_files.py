"""A second file changes, closes and cancels meetings that are open, as far as their page would; its undo gives back what stood."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.utils import timezone

from barnraise.what.meetings import selectors
from barnraise.what.meetings.models import AgendaItem, Meeting, Series
from barnraise.what.meetings.services import add_series, cancel_meeting, plan_meeting, write_minutes
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
HEAD = "meeting,series,date,from,until,place,owner,agenda,notes,decisions,organisations,state,why\n"


@pytest.fixture
def take(tmp_path, capsys):
    """`take(text)`: the import of a file of that text, as the command line says it."""

    def run(text):
        file = write(tmp_path / "meetings.csv", text)
        return command(capsys, "import", file, "--kind", "meetings", "--date-order", "ymd")

    return run


def counted(done):
    refused = sorted((one["row"], one["column"]) for one in done["refused"])
    return done["created"]["meetings"], done["updated"]["meetings"], refused


def told():
    rows = Meeting.objects.order_by("pk")
    fields = (
        "title",
        "starts_at",
        "ends_at",
        "place",
        "notes",
        "owner",
        "held_at",
        "cancelled_at",
        "cancel_reason",
        "series",
    )
    items = AgendaItem.objects.order_by("meeting", "position").values_list(
        "title", "minutes", "note", "decided"
    )
    came = [
        [(one.organisation_id, one.state, one.people) for one in selectors.attendances_of(row)]
        for row in rows
    ]
    return list(rows.values_list(*fields)), list(items), came, list(Series.objects.values_list("last_held_on"))  # fmt: skip


def test_a_second_file_changes_closes_and_cancels_and_its_undo_gives_back(take, pantry, library, alice, bob, capsys):  # fmt: skip
    add_series(by=alice, name="Table", starts_on=date(2025, 1, 1))
    take(
        f"{HEAD}Budget night,Table,2025-03-03,17:30,19:00,Hall,,Numbers 20; Chairs,,,,,\n"
        "Roof,,2999-03-03,,,,,,,,Oak Hill Pantry,,\n"
    )
    night, roof = Meeting.objects.order_by("pk")
    first, _chairs = selectors.items_of(night)
    write_minutes(night, by=alice, said={first.pk: ("We counted", "Enough")})
    before = told()
    second = take(
        f"{HEAD}budget NIGHT,,2025-03-03,6 pm,,Library,Bob,Numbers 30; Roof,All said,One key,Oak Hill Pantry,held,\n"
        "Roof,,2999-03-03,,,,,,,,Riverbend Library,cancelled,Snow\nNew one,,2999-04-04,,,,,,,,,,\n"
    )
    assert counted(second) == (1, 2, [])
    night.refresh_from_db()
    begins, ends = timezone.localtime(night.starts_at), timezone.localtime(night.ends_at)
    assert (f"{begins:%H:%M}", f"{ends:%H:%M}", night.place, night.owner, night.notes) == ("18:00", "19:30", "Library", bob, "All said")  # fmt: skip
    items = [(one.title, one.minutes, one.note, one.decided) for one in selectors.items_of(night)]
    assert items == [("Numbers", 30, "We counted", "Enough"), ("Roof", None, "", ""), ("Decisions", None, "", "One key")]  # fmt: skip
    assert (night.held_at is not None, selectors.turnout([night])) == (True, {night.pk: (1, 1)})
    assert Series.objects.get().last_held_on == date(2025, 3, 3)
    roof.refresh_from_db()
    assert (roof.cancel_reason, roof.attendances.count()) == ("Snow", 2)
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 3
    assert told() == before


def test_what_the_page_would_refuse_is_refused_by_row_and_field(take, pantry, alice):
    today = timezone.localdate()
    past = plan_meeting(by=alice, title="Past", starts_at=timezone.now() - timedelta(days=9))
    over = plan_meeting(by=alice, title="Over", starts_at=past.starts_at)
    cancel_meeting(over, by=alice, reason="Snow")
    plan_meeting(
        by=alice, title="Ahead", starts_at=timezone.now() + timedelta(days=9), organisations=[pantry]
    )
    before, ahead = told(), today + timedelta(days=9)
    found = {
        f"Over,,{past.on},,,Hall,,,,,,,": "place", f"Over,,{past.on},,,,,,,,,held,": "state",
        f"Past,,{past.on},,,,,,,,,held,": "organisations",
        f"Past,,{past.on},,,,,,,,,cancelled,": "reason", f"Past,,{past.on},,,,,,,,,,Snow": "state",
        f"Ahead,,{ahead},,,,,,,,Oak Hill Pantry,held,": "state",
        f"Past,,{past.on},12:00,11:00,,,,,,,,": "until", f"Past,,{past.on},,,,eve@example.org,,,,,,": "owner",
        f"Past,Nothing,{past.on},,,,,,,,,,": "series", f"Past,,{past.on},,,,,,,,Nobody Known,,": "organisations",
    }  # fmt: skip
    refused = [take(f"{HEAD}{line}\n")["refused"] for line in found]
    assert [(len(some), some[0]["row"], some[0]["column"]) for some in refused] == [(1, 2, name) for name in found.values()]  # fmt: skip
    assert refused[0][0]["reason"] == "It is over here. Open it again on its page first, or leave this empty."
    assert told() == before


def test_what_the_list_hands_out_is_worked_on_and_given_again(take, pantry, alice, bob, logged_in, capsys):
    row = plan_meeting(by=alice, title="Ahead", starts_at=timezone.now() + timedelta(days=9), owner=bob, organisations=[pantry])  # fmt: skip
    cancel_meeting(plan_meeting(by=alice, title="Off", starts_at=row.starts_at), by=alice, reason="Snow")
    columns = (
        "title",
        "starts",
        "state",
        "series",
        "place",
        "owner",
        "ends",
        "on",
        "from",
        "until",
        "notes",
        "why",
        "updated",
        "uuid",
    )
    browser = logged_in(alice)
    browser.post("/what/meetings/", {"keep": "columns", "column": columns, "query": ""})
    text = browser.get("/what/meetings/?export=csv").getvalue().decode()
    assert counted(take(text)) == (0, 0, [])
    rows = list(csv.DictReader(StringIO(text)))
    one = next(one for one in rows if one["Id"] == str(row.uuid))
    one |= {
        "Title": "Further ahead",
        "On which day": f"{row.on + timedelta(days=1)}",
        "From (time of day)": "8:15",
    }
    out = StringIO()
    writer = csv.DictWriter(out, list(one))
    writer.writeheader()
    writer.writerows([*rows, one | {"Id": "7b0d4e0e-0000-4000-8000-000000000000"}])
    second = take(out.getvalue())
    assert counted(second) == (0, 1, [(4, "uuid")])
    row.refresh_from_db()
    assert (row.title, row.place, f"{timezone.localtime(row.starts_at):%H:%M}") == (
        "Further ahead",
        "",
        "08:15",
    )
    command(capsys, "imports", "undo", second["import"])
    assert Meeting.objects.get(pk=row.pk).title == "Ahead"


def test_of_two_meetings_of_a_title_and_day_none_is_changed_without_its_id(take, alice):
    at = timezone.now() + timedelta(days=9)
    early, late = (plan_meeting(by=alice, title="Table", starts_at=at) for _one in range(2))
    before = told()
    refused = take(f"{HEAD}table,,{early.on},,,Hall,,,,,,,\n")["refused"]
    assert [(one["column"], one["reason"][:21]) for one in refused] == [("title", "Several say “table”. ")]
    assert told() == before
    done = take(f"id,meeting,date,place\n{early.uuid},Table,{early.on},Hall\n")
    assert counted(done) == (0, 1, [])
    early.refresh_from_db(), late.refresh_from_db()
    assert (early.place, late.place) == ("Hall", "")
