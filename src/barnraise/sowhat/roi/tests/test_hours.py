"""Hours of volunteer days count among the costs, METHODS 1.3: against a table worked by hand."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.sowhat.roi.selectors import cost_rows, reckon
from barnraise.sowhat.roi.services import assume, begin_valuation
from barnraise.what.events.models import Registration
from barnraise.what.events.services import plan_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(alice):
    """`day(title, kind, on, cites, stayed)`: an event, and how many minutes each stayed who came; None came not."""

    def plan(title, kind, on, cites, stayed):
        begin = datetime(on.year, on.month, on.day, 15, tzinfo=UTC)
        row = plan_event(
            by=alice, title=title, kind=kind, starts_at=begin, ends_at=begin + timedelta(hours=4), cites=cites
        )
        now = timezone.now()
        Registration.objects.bulk_create(
            Registration(
                event=row, name=f"N {at}", name_folded=f"n {at}", state="place", way="team", minutes=minutes,
                came_at=now if minutes is not None else None, created_at=now, updated_at=now,
            )
            for at, minutes in enumerate(stayed)
        )  # fmt: skip
        return row

    return plan


def test_hours_of_volunteer_days_are_counted_and_valued(valued, kitchens, day, bob, logged_in):
    serves = str(Ref.to(kitchens))
    first = day("Paint the kitchen", "volunteer", date(2025, 5, 1), serves, [90, 45, None])
    second = day("Plant herbs", "volunteer", date(2025, 6, 1), serves, [50, 50])
    day("Learn to cook", "workshop", date(2025, 6, 2), serves, [120, 120])
    day("Too early", "volunteer", date(2024, 12, 30), serves, [240])
    day("Another thing", "volunteer", date(2025, 6, 3), "", [240])
    rows = [(row.ref, row.what, str(row.hours)) for row in cost_rows(valued) if row.part == "hours"]
    given = [one for one in rows if one[0].model == "contribution"]
    assert [one[2] for one in given] == ["10.00"]
    assert [one for one in rows if one not in given] == [
        (Ref.to(first), "Paint the kitchen", "2.25"),
        (Ref.to(second), "Plant herbs", "1.67"),
    ]
    found = reckon(valued)
    assert found.costs.hours == Decimal("13.92")
    assert set(found.inputs.values()) == {Decimal(1550)}, "nothing says yet what an hour is worth"
    ends = {"low": Decimal(20), "base": Decimal("31.80"), "high": Decimal(40)}
    assume(valued, by=bob, kind="hour_value", source="Independent Sector, 2022", **ends)
    by_hand = {
        case: float(Fraction(1550) + Fraction(1392, 100) * Fraction(worth))
        for case, worth in (("low", "40"), ("base", "31.80"), ("high", "20"))
    }
    assert {case: float(value) for case, value in reckon(valued).inputs.items()} == pytest.approx(by_hand)
    assert by_hand["base"] == pytest.approx(1992.656)
    page = logged_in(bob).get(f"{valued.get_absolute_url()}costs/").content.decode()
    values = re.findall(r'data-value="([^"]+)"', page[page.index('id="hours"') :])
    assert sum(Decimal(one) for one in values[:3]) == Decimal("13.92")
    assert f"/events/key/{first.pk}/" in page or first.get_absolute_url() in page


def test_an_event_is_valued_with_its_own_hours(day, bob):
    clean_up = day("Clean-up", "volunteer", date(2025, 5, 1), "", [180, 180, 60])
    day("Other", "volunteer", date(2025, 5, 1), "", [600])
    row = begin_valuation(
        by=bob,
        name="Clean-up",
        cites=str(Ref.to(clean_up)),
        begins_on=date(2025, 5, 1),
        ends_on=date(2025, 5, 1),
    )
    assert reckon(row).costs.hours == Decimal(7)
