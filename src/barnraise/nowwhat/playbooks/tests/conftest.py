"""A goal with a project that went well, and everything a playbook tells of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation.services import add_review
from barnraise.plumbing.questionnaires.questions import Question
from barnraise.plumbing.questionnaires.services import add_questionnaire
from barnraise.what.events.services import plan_event
from barnraise.what.projects.services import add_part, add_project
from barnraise.why.goals.services import add_goal, add_indicator, add_objective

FIRST = date(2025, 1, 6)


@pytest.fixture
def goal(alice):
    """Every child eats: one objective with two indicators, a questionnaire, a project with a budget in thirds, events, lessons."""
    row = add_goal(
        name="Every child eats", about="Ask rosa@example.org or +1 740 555 0199.", by=alice, owner=alice, starts_on=FIRST
    )  # fmt: skip
    step = add_objective(
        row,
        name="Breakfast before school",
        about="Hot",
        due_on=FIRST + timedelta(days=180),
        by=alice,
        owner=alice,
    )
    asked = add_questionnaire(
        name="How was breakfast?",
        texts={"en": {"title": "Breakfast"}, "es": {"title": "Desayuno"}},
        questions=[
            Question("liked", "scale", {"en": "Did you like it?"}, lowest=Decimal(1), highest=Decimal(5))
        ],
        by=alice,
    )
    add_indicator(
        name="Liking of breakfast", objective=step, rule="mean", unit="points", source="questionnaires.numbers",
        source_options={"question": f"{asked.pk}:liked"}, by=alice,
    )  # fmt: skip
    add_indicator(
        name="Breakfasts served",
        objective=step,
        target_value=Decimal(900),
        target_on=date(2026, 1, 1),
        by=alice,
    )
    project = add_project(
        name="Breakfast club", objective=step, kind="health", about="At eight", by=alice, starts_on=FIRST
    )
    add_part(project, "milestones", by=alice, name="Kitchen ready", due_on=FIRST + timedelta(days=20))
    for name, is_income, planned in (
        ("Food", False, 100_00),
        ("Staff", False, 100_00),
        ("Pans", False, 100_00),
        ("Grant", True, 250_00),
    ):
        add_part(project, "budget", by=alice, name=name, is_income=is_income, planned=planned)
    add_part(project, "openings", by=alice, kind="volunteer", name="Cook", about="Two mornings", places=3)
    for day in (14, 21):
        begins = timezone.make_aware(datetime(2025, 1, 6, 7, 30)) + timedelta(days=day)
        event = plan_event(
            title="Breakfast morning", kind="gathering", about="Porridge", capacity=40, cites=str(Ref.to(project)),
            starts_at=begins, ends_at=begins + timedelta(minutes=90), by=alice,
        )  # fmt: skip
    add_review(
        by=alice, about=str(Ref.to(event)), title="After a month", held_on=FIRST, happened="It went well",
        lessons=["Porridge beats cereal", "Call bob@example.org first"],
    )  # fmt: skip
    return row
