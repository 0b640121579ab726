"""What holds of events whatever door is used: merge and its undo, export, erasure, calendars, the API, the sample town."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from barnraise.config.commands import main
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.journal.services import undo
from barnraise.what.events import selectors
from barnraise.what.events.calendar import events_in_calendar
from barnraise.what.events.models import CoHost, Event, Output, Registration
from barnraise.what.events.services import Newcomer, check_in, register, set_made, walk_in
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation, remove_organisation
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import erase_person, export_person, merge_people, register_person

pytestmark = pytest.mark.django_db


def test_the_database_itself_refuses_twice_and_hours_of_who_did_not_come(supper, ana, alice):
    seat = register(supper, Newcomer("Ana Ruiz", person=ana), by=alice)
    now = timezone.now()
    values = {
        "event": supper,
        "name": "Ana",
        "name_folded": "ana",
        "way": "team",
        "created_at": now,
        "updated_at": now,
    }
    for wrong in (
        {"person": ana, "state": "place"},
        {"state": "place", "minutes": 5},
        {"state": "waiting", "came_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.bulk_create([Registration(**values, **wrong)])
    assert Registration.objects.get() == seat


def test_a_merge_keeps_who_came_and_its_undo_parts_them(supper, ana, alice):
    other = register_person(PersonDocument(given_name="Anna", family_name="Ruiz"), by=alice)
    kept = register(supper, Newcomer("Ana Ruiz", person=ana), by=alice)
    came = check_in(register(supper, Newcomer("Anna Ruiz", person=other), by=alice), by=alice)
    done = merge_people(keep=ana, absorb=other, by=alice)
    told = {row.pk: row.person_id for row in Registration.objects.all()}
    assert told == {kept.pk: None, came.pk: ana.pk}
    assert set(selectors.people_who_came(["any"]).values_list("person_id", flat=True)) == {ana.pk}
    undo(change_set=done, by=alice)
    told = {row.pk: row.person_id for row in Registration.objects.all()}
    assert told == {kept.pk: ana.pk, came.pk: other.pk}


def test_exported_erased_without_a_trace_and_still_counted(supper, ana, alice):
    walk_in(supper, Newcomer("Ana Ruiz", "ana@example.org", ana, note="Gluten"), by=alice)
    assert "Gluten" in str(export_person(ana, by=alice))
    erase_person(ana, by=alice)
    row = Registration.objects.get()
    assert (row.person, row.name, row.email, row.note, row.came_at is None) == (None, "…", "", "", False)
    assert selectors.counts_of([supper.pk])[supper.pk].came == 1
    assert not [entry for entry in Entry.objects.all() if "Ruiz" in str(entry.data)]


def test_who_hosts_is_not_removed_and_hosts_of_merged_bodies_keep_all_credit(supper, alice):
    pantry = register_organisation(OrganisationDocument(name="Pantry"), by=alice)
    set_made(supper, by=alice, hosts=[(pantry, 100)])
    with pytest.raises(ValidationError, match="1 event"):
        remove_organisation(pantry, by=alice)
    assert CoHost.objects.get().organisation == pantry


def test_in_the_calendar_of_whoever_sees_to_it(supper, alice, bob):
    (item,) = events_in_calendar(alice, timezone.localdate())
    assert (item.summary, item.starts_at, item.is_over) == ("Supper", supper.starts_at, False)
    assert events_in_calendar(bob, timezone.localdate()) == []


def test_events_and_registrations_by_api(asks, ana, alice, bob, vera):
    send, begin = asks(bob), timezone.now() - timedelta(hours=2)
    given = {
        "title": "Workshop", "kind": "workshop", "starts_at": begin.isoformat(),
        "ends_at": (begin + timedelta(hours=1)).isoformat(), "capacity": 1, "owner": "bob@example.org",
    }  # fmt: skip
    assert asks(vera)("POST", "/events", given)[0] == 403
    for wrong, field in (
        ({"kind": "party"}, "kind"),
        ({"ends_at": begin.isoformat()}, "ends_at"),
        ({"owner": "nobody@example.org"}, "owner"),
        ({"serves": "people.person:1"}, "cites"),
        ({"capacity": 0}, "capacity"),
    ):
        status, problem = send("POST", "/events", {**given, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Event.objects.exists()
    status, made = send("POST", "/events", {**given, "outputs": [{"quantity": 12, "unit": "recipes"}]})
    assert (status, made["state"], made["outputs"]) == (201, "over", [{"quantity": 12, "unit": "recipes"}])
    where = f"/events/{made['id']}"
    assert send("PATCH", where, {"hosts": [{"organisation": made["id"], "share": 100}]})[0] == 422
    assert (
        send("PATCH", where, {"about": "Soup.", "costs": [{"what": "Pots", "amount": 4550}]})[1]["about"]
        == "Soup."
    )
    status, seat = send("POST", "/event-registrations", {"event": made["id"], "person": str(ana.uuid)})
    assert (status, seat["state"], seat["name"]) == (201, "place", "Ana Ruiz")
    assert send("POST", "/event-registrations", {"event": made["id"], "person": str(ana.uuid)})[0] == 422
    status, waits = send("POST", "/event-registrations", {"event": made["id"], "name": "Ben"})
    assert waits["state"] == "waiting"
    one = f"/event-registrations/{seat['id']}"
    assert send("PATCH", one, {"minutes": 30})[0] == 422
    status, came = send("PATCH", one, {"has_come": True, "minutes": 30})
    assert (status, came["minutes"], came["came_at"] is None) == (200, 30, False)
    assert send("GET", f"/event-registrations?event={made['id']}&has_come=true")[1]["items"] == [came]
    assert send("PATCH", one, {"is_cancelled": True})[0] == 422
    assert send("POST", f"{where}/end", {"cancel_reason": "Flood"})[0] == 422
    status, closed = send("POST", f"{where}/end", {"outcome": "Full."})
    assert (closed["state"], closed["came"], closed["minutes"]) == ("closed", 1, 30)
    assert send("GET", "/events?kind=booth")[1]["items"] == []
    assert send("GET", "/events")[1]["items"] == [closed]
    assert asks(alice)("DELETE", where)[0] == 409
    assert Event.objects.count() == 1


def test_the_town_meets_and_goes(sample_town, ada):
    rows = list(Event.objects.all())
    counts = selectors.counts_of([row.pk for row in rows])
    now = timezone.now()
    assert {row.state(now) for row in rows} == {"planned", "over", "closed"}
    assert {row.kind for row in rows} == {"workshop", "booth", "volunteer", "gathering"}
    assert all(row.capacity is None or counts[row.pk].places <= row.capacity for row in rows)
    assert sum(one.came for one in counts.values()) > 200
    units = {(row.title, one.unit) for row in rows for one in Output.objects.filter(event=row)}
    assert ("Cooking for a week", "recipes handed out") in units
    assert ("First aid at home", "recipes handed out") not in units
    for row in rows:
        shares = [host.share for host in selectors.hosts_of(row)]
        assert sum(shares) in {0, 100}
    assert main(["sample", "remove"]) == 0
    assert (Event.objects.count(), Registration.objects.count(), CoHost.objects.count()) == (0, 0, 0)
