"""A sign-in sheet comes in as a file, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.plumbing.mail.models import Message
from barnraise.what.events import selectors
from barnraise.what.events.models import Registration
from barnraise.what.events.services import Newcomer, close_event, plan_event, register
from barnraise.who.people.models import Person
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
HEAD = "event,date,name,email,state,hours\n"


def test_a_sheet_comes_in_once_and_says_what_it_cannot_take(supper, ana, alice, tmp_path, capsys):
    begin = timezone.now() - timedelta(days=30)
    days = [plan_event(
        by=alice, title="Clean-up", kind="volunteer", starts_at=begin + timedelta(days=7 * at),
        ends_at=begin + timedelta(days=7 * at, hours=3),
    ) for at in range(3)]  # fmt: skip
    close_event(days[2], by=alice, outcome="Done")
    there = register(days[0], Newcomer("Ben Oak"), by=alice)
    first, second, third = (timezone.localdate(one.starts_at).isoformat() for one in days)
    people = Person.objects.count()
    lines = (
        f"clean-up,{first},Ana Ruiz,ANA@example.org,came,\n"
        f"Clean-up,{first},Ben Oak,,came,\n"
        f"Clean-up,{first},Cai Elm,,came,2.5\n"
        "Clean-up,,Dov Ash,,came,\n"
        f"Clean-up,{third},Dov Ash,,came,\n"
        "Picnic,,Dov Ash,,came,\n"
        f"Clean-up,{second},Dov Ash,,came,-1\n"
        f"Clean-up,{second},Dov Ash,nowhere,came,\n"
        "Supper,,One,,registered,\nSupper,,Two,,registered,\nSupper,,Three,,registered,\n"
    )
    file = write(tmp_path / "sheet.csv", HEAD + lines)
    done = command(capsys, "import", file, "--kind", "attendances", "--date-order", "ymd")
    assert (done["rows"], done["created"]) == (11, {"attendances": 5})
    refused = sorted(done["refused"], key=lambda one: one["row"])
    assert [(one["row"], one["column"]) for one in refused] == [
        (5, "event"), (6, "event"), (7, "event"), (8, "hours"), (9, "email"),
    ]  # fmt: skip
    row = Registration.objects.get(event=days[0], person=ana)
    assert (row.minutes, row.came_at, row.way) == (180, days[0].starts_at, "file")
    assert Registration.objects.get(name="Cai Elm").minutes == 150
    there.refresh_from_db()
    assert there.came_at is None, "who is registered already is left as they are"
    states = Registration.objects.filter(event=supper).order_by("pk").values_list("name", "state")
    assert list(states) == [("One", "place"), ("Two", "place"), ("Three", "waiting")]
    assert (Person.objects.count(), Message.objects.count()) == (people, 0), "nobody is added or written to"
    again = command(capsys, "import", file, "--kind", "attendances", "--date-order", "ymd")
    assert again["created"] == {"attendances": 0}
    assert selectors.counts_of([days[0].pk])[days[0].pk].came == 2
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 5
    assert list(Registration.objects.all()) == [there]
