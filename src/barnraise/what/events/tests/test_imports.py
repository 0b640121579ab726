"""A sign-in sheet comes in as a file, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.plumbing.mail.models import Message
from barnraise.what.events import selectors
from barnraise.what.events.models import Registration
from barnraise.what.events.services import Newcomer, check_in, close_event, plan_event, register
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
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
    assert (done["rows"], done["created"], done["updated"]) == (11, {"attendances": 5}, {"attendances": 1})
    refused = sorted(done["refused"], key=lambda one: one["row"])
    assert [(one["row"], one["column"]) for one in refused] == [
        (5, "event"), (6, "event"), (7, "event"), (8, "hours"), (9, "email"),
    ]  # fmt: skip
    row = Registration.objects.get(event=days[0], person=ana)
    assert (row.minutes, row.came_at, row.way) == (180, days[0].starts_at, "file")
    assert Registration.objects.get(name="Cai Elm").minutes == 150
    there.refresh_from_db()
    assert (there.came_at, there.minutes) == (days[0].starts_at, 180), "who is registered is checked in"
    states = Registration.objects.filter(event=supper).order_by("pk").values_list("name", "state")
    assert list(states) == [("One", "place"), ("Two", "place"), ("Three", "waiting")]
    assert (Person.objects.count(), Message.objects.count()) == (people, 0), "nobody is added or written to"
    again = command(capsys, "import", file, "--kind", "attendances", "--date-order", "ymd")
    assert again["created"] == {"attendances": 0}
    assert selectors.counts_of([days[0].pk])[days[0].pk].came == 3
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 6
    assert list(Registration.objects.all()) == [there]
    there.refresh_from_db()
    assert (there.came_at, there.minutes, there.state) == (None, None, "place")


def test_a_sheet_cancels_those_registered_for_whose_place_nobody_waits(supper, alice, tmp_path, capsys):
    for name in ("One", "Two"):
        register(supper, Newcomer(name), by=alice)

    def take(lines):
        file = write(tmp_path / "sheet.csv", "event,name,state,note,hours\n" + lines)
        return command(capsys, "import", file, "--kind", "attendances")

    done = take("Supper,One,Cancelled,Ill,\nSupper,Two,registered,By car,\nSupper,Nobody,cancelled,,\n")
    assert (done["created"], done["updated"]) == ({"attendances": 0}, {"attendances": 2})
    assert [(said["row"], said["column"]) for said in done["refused"]] == [(4, "state")]
    rows = Registration.objects.order_by("pk").values_list("name", "state", "note")
    assert list(rows.all()) == [("One", "cancelled", "Ill"), ("Two", "place", "By car")]
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    assert list(rows.all()) == [("One", "place", ""), ("Two", "place", "")]
    three = register(supper, Newcomer("Three"), by=alice)
    held = take("Supper,Two,cancelled,,\n")
    assert "Others wait for this place" in held["refused"][0]["reason"]
    came = take("Supper,Three,came,,1.5\n")
    three.refresh_from_db()
    assert (came["updated"], three.minutes, three.state) == ({"attendances": 1}, 90, "place")
    assert take("Supper,Three,cancelled,,\n")["refused"][0]["reason"].startswith("They have been checked in")
    assert Message.objects.count() == 0


def test_the_team_cancels_a_registration_by_page_and_api_and_programs_name_hosts(
    supper, asks, alice, bob, vera, logged_in
):
    one, two, three = (register(supper, Newcomer(name), by=alice) for name in ("One", "Two", "Three"))
    page = f"/what/events/registrations/{one.uuid}/cancel/"
    assert logged_in(vera).post(page).status_code == 403
    logged_in(bob).post(page)
    states = Registration.objects.order_by("pk").values_list("state", flat=True)
    assert list(states.all()) == ["cancelled", "place", "place"], "the first who waits moves up"
    there = f"/event-registrations/{two.uuid}"
    assert asks(vera)("PATCH", there, {"is_cancelled": True})[0] == 403
    assert asks(bob)("PATCH", there, {"is_cancelled": True})[1]["state"] == "cancelled"
    check_in(three, by=alice)
    assert asks(bob)("PATCH", f"/event-registrations/{three.uuid}", {"is_cancelled": True})[0] == 422
    mill, elm = (register_organisation(OrganisationDocument(name=name), by=alice) for name in ("Mill", "Elm"))
    shares = [{"organisation": str(body.uuid), "share": share} for body, share in ((mill, 60), (elm, 40))]
    here = f"/events/{supper.uuid}"
    assert asks(bob)("PATCH", here, {"hosts": shares[:1]})[0] == 422, "shares make 100 together"
    assert asks(bob)("PATCH", here, {"hosts": shares})[1]["hosts"] == shares
    assert asks(bob)("PATCH", here, {"hosts": [{**shares[0], "share": 100}]})[1]["hosts"][0]["share"] == 100
    assert asks(bob)("PATCH", here, {"hosts": []})[1]["hosts"] == []
