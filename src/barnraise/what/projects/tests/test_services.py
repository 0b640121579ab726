"""What contributions count as, which step follows which, and people who are merged or erased."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from barnraise.foundation.periods import parse
from barnraise.plumbing.journal.services import undo
from barnraise.sowhat.indicators.services import compute
from barnraise.what.projects import sample
from barnraise.what.projects.models import BudgetLine, Contribution, Placement, Project
from barnraise.what.projects.selectors import budget_of, totals_of
from barnraise.what.projects.services import (
    add_contribution,
    add_part,
    apply,
    change_contribution,
    follow_up,
    move_placement,
    remove_part,
    remove_placement,
    remove_project,
    set_state,
)
from barnraise.what.projects.states import PLACEMENT, PROJECT
from barnraise.what.projects.valuation import value
from barnraise.who.people.services import erase_person, export_person, merge_people
from barnraise.why.goals import sample as goals_sample
from barnraise.why.goals.services import add_indicator

DAY = date(2026, 5, 4)


def test_one_service_of_each_kind_worked_by_hand():
    """METHODS 1.4."""
    plan = {"quantity": Decimal(3), "unit_value": 40_000}
    assert value("service", **plan, is_recognised=True) == 120_000, "three days of an architect at $400"
    assert value("service", **plan, is_recognised=False) == 0, "serving soup adds hours, never money"
    assert value("hours", **plan, is_recognised=True) == 0
    assert value("goods", quantity=Decimal("2.5"), unit_value=333, is_recognised=False) == 832
    assert value("money", quantity=None, unit_value=1_234_567, is_recognised=False) == 1_234_567


@given(
    st.sampled_from(["money", "goods", "service", "hours"]),
    st.decimals(0, 9999, places=2),
    st.integers(0, 10**9),
    st.booleans(),
)
def test_what_counts_is_at_most_quantity_times_unit_value(kind, quantity, unit_value, is_recognised):
    found = value(kind, quantity=quantity, unit_value=unit_value, is_recognised=is_recognised)
    whole = quantity * unit_value
    if kind == "service":
        assert abs(found - whole) <= Decimal("0.5") if is_recognised else found == 0
    assert found >= 0
    assert kind == "money" or found <= whole + Decimal("0.5")


def test_every_state_leads_somewhere_or_is_an_end():
    for steps, ends in ((PROJECT, set()), (PLACEMENT, {"finished", "left"})):
        assert {code for code, following in steps.items() if not following} == ends
        assert {one for following in steps.values() for one in following} <= set(steps)


@pytest.mark.django_db
def test_what_cannot_be_is_refused_and_nothing_is_written(kitchens, mill, people, alice):
    money = {"organisation": mill, "kind": "money", "on": DAY, "unit_value": 5000}
    for wrong, field in [
        ({"organisation": None}, "organisation"),
        ({"person": people[0]}, "organisation"),
        ({"unit_value": None}, "unit_value"),
        ({"unit_value": -1}, "unit_value"),
        ({"kind": "hours", "unit_value": None}, "hours"),
        ({"kind": "hours", "unit_value": None, "hours": Decimal(-1)}, "hours"),
        ({"kind": "goods", "technique": "price"}, "quantity"),
        ({"kind": "goods", "quantity": Decimal(2)}, "technique"),
        ({"kind": "service", "technique": "wage"}, "recognised"),
        ({"kind": "pigeons"}, "kind"),
        ({"what": "x\x00"}, "what"),
    ]:
        with pytest.raises(ValidationError) as no:
            add_contribution(kitchens, by=alice, **{**money, **wrong})
        assert field in no.value.error_dict, wrong
    assert not Contribution.objects.exists()
    for part, wrong, field in [
        ("budget", {"name": "Stoves", "planned": -1}, "planned"),
        ("budget", {"name": "", "planned": 1}, "name"),
        ("partners", {"organisation": mill, "role": "rules"}, "role"),
        ("openings", {"name": "Cook", "kind": "volunteer", "places": 0}, "places"),
        ("milestones", {"name": "Open", "due_on": None}, "due_on"),
    ]:
        with pytest.raises(ValidationError) as no:
            add_part(kitchens, part, by=alice, **wrong)
        assert list(no.value.error_dict) == [field], (part, wrong)
    add_part(kitchens, "partners", organisation=mill, role="leads", by=alice)
    with pytest.raises(ValidationError, match="has this role already"):
        add_part(kitchens, "partners", organisation=mill, role="leads", by=alice)
    assert kitchens.partners.count() == 1


@pytest.mark.django_db
def test_money_is_counted_in_minor_units_and_never_lost(kitchens, mill, people, alice):
    stoves = add_part(kitchens, "budget", name="Stoves", planned=100_000, by=alice)
    grant = add_part(kitchens, "budget", name="Grant", planned=90_000, is_income=True, by=alice)
    for amount in (10, 20, 33_333):
        add_part(kitchens, "amounts", line=stoves, on=DAY, amount=amount, by=alice)
    add_part(kitchens, "amounts", line=grant, on=DAY, amount=50_000, by=alice)
    budget = budget_of(kitchens)
    assert (budget.planned_cost, budget.actual_cost, budget.planned_income, budget.actual_income) == (
        100_000,
        33_363,
        90_000,
        50_000,
    )
    assert [(line.row.name, line.left) for line in budget.costs] == [("Stoves", 66_637)]
    with pytest.raises(ValidationError, match="hangs on it"):
        remove_part("budget", stoves, by=alice)
    service = add_contribution(
        kitchens, organisation=mill, kind="service", on=DAY, hours=Decimal(8), what="Soup", by=alice
    )
    assert (service.value, totals_of(kitchens)) == (0, (0, Decimal(8)))
    change_contribution(service, by=alice, unit_value=30_000, technique="wage", recognised="skill")
    assert totals_of(kitchens) == (30_000, Decimal(8))
    with pytest.raises(ValidationError, match="Something was given"):
        remove_project(kitchens, by=alice)


@pytest.mark.django_db
def test_from_applying_to_the_follow_up(helper, people, alice):
    ana, ben, cleo = people
    first, second = apply(helper, person=ana, by=alice), apply(helper, person=ben, by=alice)
    with pytest.raises(ValidationError, match="applied or are in it already"):
        apply(helper, person=ana, by=alice)
    with pytest.raises(ValidationError, match="does not follow"):
        move_placement(first, state="finished", by=alice)
    with pytest.raises(ValidationError, match="own mentor"):
        move_placement(first, state="matched", mentor=ana, by=alice)
    move_placement(first, state="matched", mentor=cleo, on=date(2026, 1, 10), by=alice)
    with pytest.raises(ValidationError, match="All places are taken"):
        move_placement(second, state="matched", by=alice)
    move_placement(first, state="started", on=date(2026, 1, 31), by=alice)
    with pytest.raises(ValidationError, match="They have started"):
        remove_placement(Placement.objects.get(pk=first.pk), by=alice)
    row = move_placement(first, state="finished", on=date(2025, 11, 30), by=alice)
    assert (row.follow_up_on, row.mentor) == (date(2026, 2, 28), cleo), (
        "three months on, where there is no 30 February"
    )
    assert move_placement(second, state="matched", by=alice).state == "matched", "the place is free again"
    with pytest.raises(ValidationError, match="what became of it"):
        follow_up(row, outcome=" ", by=alice)
    assert follow_up(row, outcome="Cooks in town", by=alice).followed_up_on is not None
    set_state(helper.project, state="running", by=alice)
    with pytest.raises(ValidationError, match="Write the reason"):
        set_state(helper.project, state="finished", by=alice)
    set_state(helper.project, state="finished", reason="All kitchens run.", by=alice)
    with pytest.raises(ValidationError, match="has ended"):
        add_part(helper.project, "openings", kind="volunteer", name="More", places=1, by=alice)


@pytest.mark.django_db
def test_people_are_merged_told_and_erased(kitchens, helper, people, alice):
    ana, ben, _cleo = people
    placement = apply(helper, person=ben, by=alice)
    gift = add_contribution(
        kitchens, person=ben, kind="hours", hours=Decimal(4), on=DAY, note="his own", by=alice
    )
    merge = merge_people(keep=ana, absorb=ben, by=alice)
    assert (Placement.objects.get().person, Contribution.objects.get().person) == (ana, ana)
    undo(change_set=merge, by=alice)
    assert (Placement.objects.get().person_id, Contribution.objects.get().person_id) == (ben.pk, ben.pk)
    told = export_person(ben, by=alice)["projects"]
    assert [(one["project"], one["hours"]) for one in told["contributions"]] == [("Kitchens", "4.00")]
    assert [(one["role"], one["as"]) for one in told["placements"]] == [("Kitchen helper", "volunteer")]
    move_placement(placement, state="matched", by=alice)
    erase_person(ben, by=alice)
    placement.refresh_from_db()
    gift.refresh_from_db()
    assert (placement.person, placement.state) == (None, "matched")
    assert (gift.person, gift.note, gift.hours) == (None, "", 4)


@pytest.mark.django_db
def test_indicators_count_hours_value_and_starts(kitchens, helper, mill, people, alice):
    spring = parse("2026 Q2")
    add_contribution(kitchens, person=people[0], kind="hours", hours=Decimal("2.5"), on=DAY, by=alice)
    add_contribution(kitchens, organisation=mill, kind="money", unit_value=12_345, on=DAY, by=alice)
    row = apply(helper, person=people[0], by=alice)
    for state in ("matched", "started"):
        move_placement(row, state=state, on=DAY, by=alice)
    found = {}
    for source, rule in (
        ("projects.hours", "sum"),
        ("projects.value", "sum"),
        ("projects.started", "distinct"),
    ):
        indicator = add_indicator(
            name=source, rule=rule, source=source, source_options={"project": kitchens.pk}, by=alice
        )
        found[source] = compute(indicator, spring).value
    assert found == {
        "projects.hours": Decimal("2.5"),
        "projects.value": Decimal("123.45"),
        "projects.started": Decimal(1),
    }


@pytest.mark.django_db
def test_the_town_builds_something(ada, mill, people):
    goals_sample.load(by=ada)
    for row in (mill, *people):
        type(row).objects.filter(pk=row.pk).update(is_sample=True)
    told = sample.load(by=ada)
    assert told == {"projects": 3, "contributions": 3, "placements": 3}
    assert set(sample.load(by=ada).values()) == {0}
    planned = BudgetLine.objects.values_list("planned", flat=True)
    assert len(set(planned)) == len(planned) == 6, "each project has figures of its own"
    assert sample.remove(by=ada)["projects"] == 3
    assert not any(model.objects.exists() for model in (Project, Contribution, Placement))
