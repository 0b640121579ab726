"""What a partner gave, to whom it is written, and an indicator of hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from barnraise.sowhat.indicators.services import write_value
from barnraise.what.commitments.services import make_commitment, settle
from barnraise.what.events.models import CoHost, Registration
from barnraise.what.events.services import plan_event
from barnraise.what.projects.services import add_contribution, add_project
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import add_role, register_person
from barnraise.why.goals.services import add_goal, add_indicator, add_objective


@pytest.fixture
def boxes(pantry, alice):
    """Rosa works there and has a mailbox."""
    rosa = register_person(
        PersonDocument(given_name="Rosa", family_name="Vega", contacts=(Reach("email", "rosa@example.org"),)),
        by=alice,
    )
    add_role(rosa, organisation=pantry, title="Baker", by=alice)
    return rosa


@pytest.fixture
def given(pantry, alice):
    """12.5 hours in two rows, 500 of money, goods of 80, an event to which two came, a promise kept."""
    project = add_project(by=alice, name="Breakfast", kind="empowerment")
    day = date(2025, 3, 1)
    for kind, more in (
        ("hours", {"hours": Decimal(10)}),
        ("hours", {"hours": Decimal("2.5")}),
        ("money", {"quantity": Decimal(1), "unit_value": 50000}),
        ("goods", {"quantity": Decimal(8), "unit": "boxes", "unit_value": 1000, "technique": "price"}),
    ):
        add_contribution(
            project, by=alice, organisation=pantry, kind=kind, on=day, what=f"Some {kind}", **more
        )
    event = plan_event(
        by=alice, title="Open kitchen", kind="workshop",
        starts_at=datetime(2025, 4, 1, 15, tzinfo=UTC), ends_at=datetime(2025, 4, 1, 17, tzinfo=UTC),
    )  # fmt: skip
    CoHost.objects.create(event=event, organisation=pantry, share=100)
    now = timezone.now()
    Registration.objects.bulk_create(
        [
            Registration(
                event=event, name=name, name_folded=name.casefold(), state="place", way="team",
                came_at=came, created_at=now, updated_at=now,
            )
            for name, came in (("Ana", now), ("Ben", now), ("Cleo", None))
        ]
    )  # fmt: skip
    row = make_commitment(
        by=alice,
        direction="theirs",
        partner=pantry,
        what="Forty boxes",
        due_on=date(2025, 5, 1),
        promised_on=day,
    )
    settle(row, by=alice, settled="kept", settled_on=date(2025, 4, 30))
    return project


@pytest.fixture
def hours(alice):
    """An indicator whose sum is 2,340 so far."""
    objective = add_objective(add_goal(name="Everybody helps", by=alice), name="Hours", by=alice)
    row = add_indicator(
        name="Hours", objective=objective, unit="hours", rule="sum", frequency="quarter", by=alice
    )
    today = timezone.localdate()
    for ago, value in ((300, 900), (200, 1200), (100, 240)):
        write_value(row, on=today - timedelta(days=ago), value=Decimal(value), by=alice)
    return row
