"""Numbers of attendances move by the difference, and are what a count of everything says."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barnraise.config.commands import main
from barnraise.foundation.periods import parse
from barnraise.sowhat.indicators.models import Observation, ObservationPart, ObservationRow
from barnraise.sowhat.indicators.services import compute, count_whole, recount
from barnraise.what.events.models import Event, Registration
from barnraise.what.events.services import (
    Newcomer,
    change_event,
    check_in,
    plan_event,
    set_minutes,
    undo_check_in,
    walk_in,
)
from barnraise.what.events.services.take_in import Incoming, take_in
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import erase_person, merge_people, register_person
from barnraise.why.goals.selectors import aggregate
from barnraise.why.goals.services import add_indicator, change_indicator
from barnraise.why.goals.sockets import sources

pytestmark = pytest.mark.django_db
SPRING, SUMMER = parse("2026 Q2"), parse("2026 Q3")
SEED = 20261127


@pytest.fixture
def crowd(alice):
    """Twelve people."""
    return [register_person(PersonDocument(display_name=f"Guest {at}"), by=alice) for at in range(12)]


@pytest.fixture
def suppers(alice):
    """Six gatherings and volunteer days from April to September."""
    return [
        plan_event(
            by=alice,
            title=f"Supper {at}",
            kind=("gathering", "volunteer")[at % 2],
            starts_at=datetime(2026, 4 + at, 10, 18, tzinfo=UTC),
            ends_at=datetime(2026, 4 + at, 10, 20, tzinfo=UTC),
        )
        for at in range(6)
    ]


@pytest.fixture
def numbers(objective, alice):
    """Different people, attendances of volunteer days, and hours."""
    given = {
        "people": {"source": "events.people", "rule": "distinct"},
        "days": {"source": "events.people", "rule": "count", "source_options": {"kinds": ["volunteer"]}},
        "hours": {"source": "events.hours", "rule": "sum"},
    }
    return {
        name: add_indicator(
            name=f"Number of {name}", objective=objective, unit="x", frequency="quarter", by=alice, **values
        )
        for name, values in given.items()
    }


def everything(indicator, period):
    """The rule over all that the source has, read on its own."""
    rows = [
        (
            row.counts or row.ref if indicator.rule == "distinct" else row.ref,
            row.on,
            row.value.quantize(Decimal("0.0001")),
        )
        for row in sources.get(indicator.source).rows(indicator.source_options, period)
    ]
    return aggregate(indicator.rule, rows), len(rows)


def holds(numbers):
    """Every number is its rule over the source and over its kept rows."""
    for indicator in numbers.values():
        for period in (SPRING, SUMMER):
            found = compute(indicator, period)
            assert (found.value, found.row_count) == everything(indicator, period), (indicator.name, period)
            assert recount(found, indicator) == found.value
            assert found.row_count == found.rows.count()


def one_act(dice, by, events, people):
    """Something that happens at an event, or to who came; refused acts change nothing."""
    event, person = dice.choice(events), dice.choice(people)
    here = list(Registration.objects.filter(came_at__isnull=False).order_by("pk"))
    act = dice.choice(("comes", "comes", "comes", "listed", "goes", "stays", "moves", "turns"))
    if act == "comes":
        walk_in(event, Newcomer(person.display_name, "", person), by=by)
    elif act == "listed":
        name, now = f"Stranger {dice.randrange(10**6)}", timezone.now()
        take_in(
            [Incoming(event.pk, name, "", None, dice.random() < 0.7, dice.choice((None, 50)))], by=by, at=now
        )
    elif act == "goes" and here:
        undo_check_in(dice.choice(here), by=by)
    elif act == "stays" and here:
        set_minutes(dice.choice(here), by=by, minutes=dice.choice((None, 0, 45, 100)))
    elif act == "moves":
        begins = datetime(2026, dice.randrange(4, 10), 10, 18, tzinfo=UTC)
        change_event(event, by=by, starts_at=begins, ends_at=begins + timedelta(hours=2))
    elif act == "turns":
        change_event(event, by=by, kind=dice.choice(("gathering", "volunteer")))


def test_what_moves_by_the_difference_is_what_a_count_of_everything_says(numbers, suppers, crowd, alice):
    dice, done = random.Random(SEED), 0
    for turn in range(7):
        for _ in range(14):
            try:
                one_act(dice, alice, suppers, crowd)
                done += 1
            except ValidationError:
                continue
        if turn in {2, 5}:
            kept, absorbed = crowd[turn], crowd.pop()
            merge_people(keep=kept, absorb=absorbed, by=alice)
        holds(numbers)
    assert done > 70
    assert ObservationPart.objects.count() >= len(suppers)
    Event.objects.filter(pk=suppers[0].pk).delete()
    holds(numbers)
    before = list(Observation.objects.order_by("pk").values("value", "row_count"))
    for indicator in numbers.values():
        for period in (SPRING, SUMMER):
            compute(indicator, period, is_whole=True)
    assert list(Observation.objects.order_by("pk").values("value", "row_count")) == before


def test_one_check_in_reads_the_rows_of_its_event_alone(numbers, suppers, crowd, alice):
    take_in(
        [Incoming(suppers[at % 3].pk, f"Stranger {at}", "", None, True) for at in range(300)],
        by=alice,
        at=timezone.now(),
    )
    number = numbers["people"]
    compute(number, SPRING)
    rows = set(ObservationRow.objects.values_list("pk", flat=True))
    walk_in(suppers[0], Newcomer("Ana", "", crowd[0]), by=alice)
    with CaptureQueriesContext(connection) as asked:
        assert compute(number, SPRING).value == 301
    reads = [one["sql"] for one in asked if '"events_registration"' in one["sql"]]
    assert len(reads) == 1
    assert f'"events_registration"."event_id" IN ({suppers[0].pk})' in reads[0]
    assert len(asked) <= 18
    assert len(set(ObservationRow.objects.values_list("pk", flat=True)) - rows) == 1
    with CaptureQueriesContext(connection) as asked:
        compute(number, SPRING)
    assert not [one for one in asked if '"events_registration"' in one["sql"]]


def test_an_erased_person_stays_counted_once(numbers, suppers, crowd, alice):
    for event in suppers[:2]:
        walk_in(event, Newcomer("Guest 0", "", crowd[0]), by=alice)
    assert compute(numbers["people"], SPRING).value == 1
    erase_person(crowd[0], by=alice)
    found = compute(numbers["people"], SPRING)
    assert (found.value, found.row_count) == (1, 2)
    found = compute(numbers["people"], SPRING, is_whole=True)
    assert (found.value, found.row_count) == (1, 2)


def test_another_rule_counts_anew(numbers, suppers, crowd, alice):
    for event in suppers[:3]:
        check_in(walk_in(event, Newcomer("Guest 0", "", crowd[0]), by=alice), by=alice)
    assert compute(numbers["people"], SPRING).value == 1
    change_indicator(numbers["people"], rule="count", by=alice)
    numbers["people"].refresh_from_db()
    assert compute(numbers["people"], SPRING).value == 3


def test_recounting_finds_what_is_not_what_its_rows_say(numbers, suppers, crowd, alice, capsys):
    for at in range(4):
        walk_in(suppers[0], Newcomer(f"Guest {at}", "", crowd[at]), by=alice)
    compute(numbers["people"], SPRING)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    many, differed = count_whole(now=now)
    assert many == 3 * 9
    assert differed == []
    row = Observation.objects.get(indicator=numbers["people"], begins_on=SPRING.begins)
    Observation.objects.filter(pk=row.pk).update(value=9)
    many, differed = count_whole(now=now)
    assert [(one.observation.pk, one.before, one.after) for one in differed] == [(row.pk, 9, 4)]
    ObservationRow.objects.filter(observation=row).order_by("pk").first().delete()
    Observation.objects.filter(pk=row.pk).update(row_count=3)
    assert main(["recount", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["indicator"] for one in told["differed"]] == ["Number of people"]
    assert main(["recount"]) == 0
    assert capsys.readouterr().out.endswith("numbers counted, 0 of them differed.\n")
    row.refresh_from_db()
    assert (row.value, row.row_count) == (4, 4)
