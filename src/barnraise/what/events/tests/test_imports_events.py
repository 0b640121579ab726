"""A calendar kept as a spreadsheet comes in, once, with what cannot be taken named, and goes again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.profile.models import Installation
from barnraise.what.events.models import Event
from barnraise.what.events.services import Newcomer, register
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
HEAD = "title,kind,date,from,until,last day,place,places,public\n"


def test_events_come_in_once_and_are_refused_by_row_and_field(supper, alice, tmp_path, capsys):
    day = timezone.localdate(supper.starts_at).isoformat()
    lines = (
        "River clean-up,volunteer day,2026-04-09,9:00,12:30,,Mill bridge,20,yes\n"
        "Spring fair,booth,2026-05-02,2 pm,4:30 pm,2026-05-03,,,no\n"
        f"supper,gathering,{day},18:00,20:00,,,,\n"
        "No time,workshop,2026-04-09,soon,12:30,,,,\n"
        "Backwards,workshop,2026-04-09,14:00,12:30,,,,\n"
        "No kind,party,2026-04-09,14:00,15:00,,,,\n"
        "Half a place,workshop,2026-04-09,14:00,15:00,,,2.5,\n"
    )
    file = write(tmp_path / "calendar.csv", HEAD + lines)
    tried = command(capsys, "import", file, "--kind", "events", "--date-order", "ymd", "--dry-run")
    assert (tried["created"], Event.objects.count()) == ({"events": 2}, 1)
    done = command(capsys, "import", file, "--kind", "events", "--date-order", "ymd")
    assert (done["rows"], done["created"], done["updated"]) == (7, {"events": 2}, {"events": 1})
    refused = sorted(done["refused"], key=lambda one: one["row"])
    assert [(one["row"], one["column"]) for one in refused] == [
        (5, "from"),
        (6, "until"),
        (7, "kind"),
        (8, "places"),
    ]
    assert refused[1]["reason"] == "It would end before it begins."
    river, fair = Event.objects.exclude(pk=supper.pk).order_by("pk")
    aware = timezone.make_aware
    assert (river.starts_at, river.ends_at) == (
        aware(datetime(2026, 4, 9, 9, 0)),
        aware(datetime(2026, 4, 9, 12, 30)),
    )
    assert (river.kind, river.place, river.capacity, river.is_public) == (
        "volunteer",
        "Mill bridge",
        20,
        True,
    )
    assert (fair.starts_at, fair.ends_at) == (
        aware(datetime(2026, 5, 2, 14, 0)),
        aware(datetime(2026, 5, 3, 16, 30)),
    )
    assert fair.is_public is False
    again = command(capsys, "import", file, "--kind", "events", "--date-order", "ymd")
    assert again["created"] == {"events": 0}
    register(fair, Newcomer("Ben Oak"), by=alice)
    begin = supper.starts_at
    assert timezone.localtime(Event.objects.get(pk=supper.pk).starts_at).hour == 18
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    supper.refresh_from_db()
    assert abs((supper.starts_at - begin).total_seconds()) < 0.001
    assert set(Event.objects.all()) == {supper, fair}, "what somebody registered for stays"


def test_a_second_file_changes_and_ends_events_but_not_behind_the_back_of_those_registered(
    supper, alice, tmp_path, capsys
):
    head = "title,kind,date,from,until,place,places,public,how it ended,why\n"

    def take(lines):
        file = write(tmp_path / "calendar.csv", head + lines)
        return command(capsys, "import", file, "--kind", "events", "--date-order", "ymd")

    take(
        "Clean-up,volunteer day,2026-04-09,9:00,12:30,Mill bridge,20,yes,,\nFair,booth,2999-05-02,14:00,16:00,,,,,\n"
    )
    second = take(
        "clean-up,volunteer day,2026-04-09,9:30,12:30,,25,no,closed,Forty bags of rubbish\n"
        "Fair,booth,2999-05-02,14:00,16:00,,,,cancelled,Flood\n"
    )
    assert (second["created"], second["updated"]) == ({"events": 0}, {"events": 2})
    river, fair = Event.objects.exclude(pk=supper.pk).order_by("starts_at")
    assert timezone.localtime(river.starts_at).hour * 60 + timezone.localtime(river.starts_at).minute == 570
    assert (river.place, river.capacity, river.is_public) == ("Mill bridge", 25, False), (
        "a blank changes nothing"
    )
    assert (river.state(timezone.now()), river.outcome) == ("closed", "Forty bags of rubbish")
    assert (fair.state(timezone.now()), fair.cancel_reason) == ("cancelled", "Flood")
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 2
    assert {one.state(timezone.now()) for one in (*Event.objects.filter(pk__in=[river.pk, fair.pk]),)} == {
        "over",
        "planned",
    }
    register(supper, Newcomer("Ben Oak", "ben@example.org"), by=alice)
    day, mails = timezone.localdate(supper.starts_at).isoformat(), Message.objects.count()
    begin, end = (timezone.localtime(one) for one in (supper.starts_at, supper.ends_at))
    last = f"{begin:%H:%M},{end:%H:%M}"
    for cells in (
        f"{last},Elsewhere,,,,",
        f"{last},,,,cancelled,Flood",
        f"{last},,1,,,",
        f"{last},,,,closed,Done",
    ):
        assert [one["row"] for one in take(f"Supper,gathering,{day},{cells}\n")["refused"]] == [2]
    supper.refresh_from_db()
    assert (supper.place, supper.state(timezone.now()), supper.capacity) == ("Elm Street 4", "planned", 2)
    assert Message.objects.count() == mails


def test_times_of_a_file_are_those_of_the_house(db, tmp_path, capsys):
    Installation.objects.update_or_create(pk=1, defaults={"time_zone": "America/New_York"})
    file = write(tmp_path / "calendar.csv", f"{HEAD}Fair,booth,2026-01-12,9:00,17:00,,,,\n")
    command(capsys, "import", file, "--kind", "events", "--date-order", "ymd")
    assert Event.objects.get().starts_at == datetime(2026, 1, 12, 14, 0, tzinfo=UTC)
