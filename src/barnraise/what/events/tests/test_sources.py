"""Who is checked in moves an indicator by itself; a late check-in is a visible restatement of a locked period."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from barnraise.foundation.periods import parse
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import kinds
from barnraise.sowhat.indicators.models import Observation, Restatement
from barnraise.sowhat.indicators.services import compute, lock
from barnraise.what.events.services import (
    Newcomer,
    cancel_event,
    change_event,
    check_in,
    plan_event,
    register,
    set_made,
    set_minutes,
    undo_check_in,
    walk_in,
)
from barnraise.what.projects.services import add_project
from barnraise.why.goals.services import add_goal, add_indicator, add_objective
from barnraise.why.goals.sockets import sources

pytestmark = pytest.mark.django_db
SPRING = parse("2026 Q2")


@pytest.fixture
def workshop(alice):
    """In April."""
    begin = datetime(2026, 4, 9, 15, tzinfo=UTC)
    return plan_event(
        by=alice, title="Cooking", kind="workshop", starts_at=begin, ends_at=begin + timedelta(hours=2)
    )


def read(source, options=None):
    """(rows, sum of the values, different people)"""
    rows = list(sources.get(source).rows(options or {}, SPRING))
    return (
        len(rows),
        sum((row.value for row in rows), Decimal(0)),
        len({row.counts or row.ref for row in rows}),
    )


def test_a_check_in_moves_the_number_which_opens_to_who_came(workshop, ana, alice, logged_in):
    objective = add_objective(add_goal(name="Families eat well", by=alice), name="Cook", by=alice)
    indicator = add_indicator(
        name="People at workshops", objective=objective, unit="people", rule="distinct", frequency="quarter",
        source="events.people", source_options={"kinds": ["workshop"], "serves": ""}, by=alice,
    )  # fmt: skip

    def value():
        compute(indicator, SPRING)
        return Observation.objects.get(indicator=indicator, begins_on=SPRING.begins).value

    first = register(workshop, Newcomer("Ana Ruiz", person=ana), by=alice)
    register(workshop, Newcomer("Ben"), by=alice)
    assert value() == 0, "registered is not come"
    check_in(first, by=alice)
    assert value() == 1
    other = plan_event(
        by=alice, title="Second", kind="workshop", starts_at=workshop.starts_at + timedelta(days=9),
        ends_at=workshop.ends_at + timedelta(days=9),
    )  # fmt: skip
    walk_in(other, Newcomer("Ana Ruiz", person=ana), by=alice)
    assert value() == 1, "of different people each counts once"
    row = Observation.objects.get(indicator=indicator, begins_on=SPRING.begins)
    assert {one.counts for one in row.rows.all()} == {Ref.to(ana)}
    ref = row.rows.order_by("pk")[0].ref
    described = kinds.get(ref.kind)
    assert described.titles([ref.id]) == {ref.id: "Ana Ruiz, Cooking"}
    assert logged_in(alice).get(described.url(ref.id)).url == ana.get_absolute_url()
    assert Client().get(described.url(ref.id)).status_code == 302
    lock(row, by=alice)
    late = walk_in(workshop, Newcomer("Cai"), by=alice)
    assert value() == 2
    assert Restatement.objects.filter(observation=row).count() == 1, "a locked number tells that it changed"
    undo_check_in(late, by=alice)
    assert value() == 1


def test_hours_outputs_and_events_held(workshop, ana, alice):
    rivers = add_project(name="Clean rivers", kind="environment", by=alice)
    ref = str(Ref.to(rivers))
    change_event(workshop, by=alice, cites=ref)
    set_minutes(walk_in(workshop, Newcomer("Ana Ruiz", person=ana), by=alice), by=alice, minutes=90)
    set_minutes(walk_in(workshop, Newcomer("Ben"), by=alice), by=alice, minutes=30)
    walk_in(workshop, Newcomer("Cai"), by=alice)
    set_made(workshop, by=alice, outputs=[(Decimal(12), "meals"), (Decimal(3), "recipes")])
    assert read("events.people") == (3, 3, 3)
    assert read("events.hours") == (2, 2, 2)
    assert read("events.outputs", {"unit": "meals"}) == (1, 12, 1)
    assert read("events.held") == (1, 1, 1)
    assert read("events.held", {"kinds": ["booth"]}) == (0, 0, 0)
    assert read("events.people", {"serves": ref})[0] == 3
    assert read("events.people", {"serves": f"projects.project:{rivers.pk + 1}"})[0] == 0
    source = sources.get("events.people")
    before = source.stamp({}, SPRING)
    walk_in(workshop, Newcomer("Dov"), by=alice)
    assert source.stamp({}, SPRING) != before
    form = source.form({"kinds": ["workshop"], "serves": ref})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"kinds": ["workshop"], "serves": ref}
    assert "Workshop" in source.words(form.cleaned_data)
    begin = workshop.starts_at + timedelta(days=1)
    ghost = plan_event(
        by=alice, title="Ghost", kind="booth", starts_at=begin, ends_at=begin + timedelta(hours=1)
    )
    assert read("events.held") == (2, 2, 2)
    cancel_event(ghost, by=alice, reason="Rain")
    assert read("events.held") == (1, 1, 1)
