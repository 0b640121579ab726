"""What holds of meetings whatever door is used: the cadence, files, merge and its undo, export, the sample town."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from barnraise.config.commands import main
from barnraise.foundation.belongings import belonging_to
from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import open_change_set
from barnraise.what.commitments.models import Commitment
from barnraise.what.meetings import selectors
from barnraise.what.meetings.cadence import due_on, state
from barnraise.what.meetings.models import Attendance, Meeting, Member, Series
from barnraise.what.meetings.services import (
    add_action,
    add_series,
    cancel_meeting,
    hand_back,
    hand_on,
    hold,
    let_go,
    note_attendance,
    plan_meeting,
    reopen,
)
from barnraise.what.meetings.sourcing import SOURCES
from barnraise.who.interactions.selectors import address_of
from barnraise.who.interactions.services import open_feed
from barnraise.who.organisations.services import remove_organisation
from barnraise.who.people.tests.importing import command, write

HEAD = "meeting,series,date,from,place,agenda,notes,decisions,organisations\n"


def at(days):
    return timezone.now() + timedelta(days=days)


def held(by, days, came, **more):
    row = plan_meeting(by=by, starts_at=at(days), **more)
    note_attendance(row, by=by, came=came)
    return hold(row, by=by)


def test_when_a_series_is_due():
    first = date(2026, 1, 31)
    assert due_on(None, first, 30) == first
    assert due_on(date(2026, 2, 28), first, 30) == date(2026, 3, 30)
    assert due_on(date(2026, 2, 28), first, None) is None


def test_how_a_meeting_stands():
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert state(now + timedelta(minutes=1), None, None, now) == "planned"
    assert state(now, None, None, now) == "passed"
    assert state(now, now, None, now) == "held"
    assert state(now, None, now, now) == "cancelled"


@pytest.mark.django_db
def test_the_database_itself_refuses_what_cannot_be(pantry, alice):
    made, now = plan_meeting(by=alice, title="x", starts_at=at(1), organisations=[pantry]), timezone.now()
    for wrong in (
        {"held_at": now, "cancelled_at": now, "cancel_reason": "x"},
        {"cancelled_at": now},
        {"ends_at": made.starts_at},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.filter(pk=made.pk).update(**wrong)
    for wrong in ({"state": "came", "people": 0}, {"state": "excused", "people": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.update(**wrong)
    assert (Meeting.objects.get().is_open, Attendance.objects.get().state) == (True, "invited")


@pytest.mark.django_db
def test_a_held_meeting_moves_its_series_and_an_opened_one_moves_it_back(pantry, alice):
    series = add_series(by=alice, name="Table", cadence_days=30)
    first = series.next_due_on
    held(alice, -40, {pantry: ("came", 1)}, series=series)
    last = held(alice, -10, {pantry: ("came", 1)}, series=series)
    series.refresh_from_db()
    assert series.next_due_on == last.on + timedelta(days=30)
    reopen(last, by=alice)
    series.refresh_from_db()
    assert series.next_due_on == timezone.localdate(at(-40)) + timedelta(days=30)
    assert first == timezone.localdate()


@pytest.mark.django_db
def test_what_indicators_count(pantry, library, alice):
    period = Period(timezone.localdate() - timedelta(days=30), timezone.localdate())
    series = add_series(by=alice, name="Table", cadence_days=30)
    held(alice, -9, {pantry: ("came", 2), library: ("excused", 1)}, series=series)
    held(alice, -5, {pantry: ("came", 1), library: ("came", 3)}, title="Once")
    held(alice, -40, {pantry: ("came", 9)}, title="Before")
    plan_meeting(by=alice, title="Not closed", starts_at=at(-2))
    assert len(list(SOURCES["meetings.held"].rows({}, period))) == 2
    assert len(list(SOURCES["meetings.held"].rows({"series": [str(series.pk)]}, period))) == 1
    rows = list(SOURCES["meetings.organisations"].rows({}, period))
    assert (len(rows), len({row.counts for row in rows})) == (3, 2)
    assert sum(row.value for row in SOURCES["meetings.people"].rows({}, period)) == 6
    before = SOURCES["meetings.people"].stamp({}, period)
    reopen(Meeting.objects.get(title="Once"), by=alice)
    assert SOURCES["meetings.people"].stamp({}, period) != before


@pytest.mark.django_db
def test_a_list_comes_in_once_and_says_what_it_cannot_take(pantry, library, alice, tmp_path, capsys):
    add_series(by=alice, name="Food table", cadence_days=30)
    lines = (
        ",food TABLE,2025-03-03,5:30 pm,Library,Numbers; Budget,Soup,Shared kitchen; More chairs,OAK HILL PANTRY; Riverbend Library\n"
        "Once,,2999-03-04,9:00,,,,,Oak Hill Pantry\n"
        "Food table,Food table,2025-03-03,,,,,,\n"
        ",,2025-03-05,,,,,,\n"
        "Once,No such table,2025-03-05,,,,,,\n"
        "Twice,,2025-03-05,25:00,,,,,\n"
        "Twice,,2025-03-05,,,,,,Nobody Known\n"
        "Never,,,,,,,,\n"
    )
    file = write(tmp_path / "meetings.csv", HEAD + lines)
    done = command(capsys, "import", file, "--kind", "meetings", "--date-order", "ymd")
    assert (done["rows"], done["created"]) == (8, {"meetings": 2})
    refused = sorted(done["refused"], key=lambda one: one["row"])
    assert [(one["row"], one["column"]) for one in refused] == [
        (4, ""), (5, "meeting"), (6, "series"), (7, "from"), (8, "organisations"), (9, "date"),
    ]  # fmt: skip
    table = Meeting.objects.get(title="food TABLE")
    assert timezone.localtime(table.starts_at).strftime("%Y-%m-%d %H:%M") == "2025-03-03 17:30"
    assert (table.held_at is not None, selectors.turnout([table])) == (True, {table.pk: (2, 2)})
    items = [(one.title, one.decided) for one in selectors.items_of(table)]
    assert items == [("Numbers", ""), ("Budget", ""), ("Decisions", "Shared kitchen\nMore chairs")]
    assert Series.objects.get().last_held_on == date(2025, 3, 3)
    once = Meeting.objects.get(title="Once")
    assert (once.is_open, once.attendances.get().state) == (True, "invited")
    again = command(capsys, "import", file, "--kind", "meetings", "--date-order", "ymd")
    assert again["created"] == {"meetings": 0}
    add_action(table, by=alice, what="Keys", due_on=timezone.localdate())
    undone = command(capsys, "imports", "undo", done["import"])
    assert undone["undone"] == 1
    assert Meeting.objects.get() == table


@pytest.mark.django_db
def test_follows_a_merge_is_exported_and_hinders_a_removal(pantry, library, alice):
    series = add_series(by=alice, name="Table", cadence_days=30, organisations=[pantry, library])
    both = held(alice, -3, {pantry: ("excused", 1), library: ("came", 4)}, series=series)
    lone = plan_meeting(by=alice, title="Once", starts_at=at(1), organisations=[library])
    change_set = open_change_set(by=alice, verb="meetings.changed")
    hand_on(Ref.to(pantry), Ref.to(library), change_set=change_set)
    assert (both.attendances.get().organisation, both.attendances.get().people) == (pantry, 4)
    assert lone.attendances.get().organisation == pantry
    assert [one.organisation for one in selectors.members_of(series)] == [pantry]
    hand_back(list(change_set.changes.all()), by=alice)
    states = {one.organisation: (one.state, one.people) for one in selectors.attendances_of(both)}
    assert states == {pantry: ("excused", 0), library: ("came", 4)}
    assert Member.objects.filter(series=series).count() == 2
    plug = dict(belonging_to("organisations.organisation"))["meetings.organisations"]
    (told, _other) = plug.export(Ref.to(library))["meetings"]
    assert (told["meeting"], told["attendance"], told["people"]) == ("Table", "came", 4)
    with pytest.raises(ValidationError, match="meetings"):
        remove_organisation(library, by=alice)
    let_go(Ref.to(library), by=alice)
    assert not Attendance.objects.filter(organisation=library).exists()
    assert Attendance.objects.filter(organisation=pantry).exists()


@pytest.mark.django_db
def test_stands_in_the_calendar_of_whoever_sees_to_it(alice, bob):
    plan_meeting(by=alice, title="Food table", starts_at=at(3), owner=bob)
    plan_meeting(by=alice, title="Not his", starts_at=at(3))
    address = urlsplit(address_of(open_feed(account=bob, by=bob))).path
    feed = Client().get(address).content.decode()
    assert "SUMMARY:Food table" in feed
    assert "Not his" not in feed


@pytest.mark.django_db
def test_the_town_has_meetings_and_loses_them(sample_town, capsys, alice, pantry):
    kept = plan_meeting(by=alice, title="Kept", starts_at=at(1), organisations=[pantry])
    rows, now = Meeting.objects.filter(is_sample=True), timezone.now()
    assert (Series.objects.filter(is_sample=True).count(), rows.count() > 40) == (3, True)
    assert rows.filter(selectors.in_state("planned", now)).exists()
    assert rows.filter(selectors.in_state("held", now)).count() > 30
    made = Commitment.objects.filter(is_sample=True, made_at__startswith="meetings.meeting:")
    assert made.count() > 30
    assert made.filter(settled="").exists()
    assert Attendance.objects.filter(meeting__in=rows, state="came").exists()
    assert main(["sample", "remove", "--json"]) == 0
    assert Meeting.objects.get() == kept
    assert not Series.objects.exists()


def test_a_meeting_ends_within_a_week(alice):
    assert plan_meeting(by=alice, title="Retreat", starts_at=at(1), ends_at=at(7)).title == "Retreat"
    with pytest.raises(ValidationError, match="a week at most"):
        plan_meeting(by=alice, title="For ever", starts_at=at(1), ends_at=at(9))


def test_nobody_promises_anything_at_a_meeting_that_is_cancelled(alice):
    row = plan_meeting(by=alice, title="Retreat", starts_at=at(1))
    cancel_meeting(row, by=alice, reason="Snow")
    with pytest.raises(ValidationError, match="It is cancelled"):
        add_action(row, by=alice, what="Bring bread", due_on=date(2999, 1, 1))
    assert not Commitment.objects.exists()
    reopen(row, by=alice)
    assert add_action(row, by=alice, what="Bring bread", due_on=date(2999, 1, 1)).what == "Bring bread"
