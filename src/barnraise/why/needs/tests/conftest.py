"""A place, a survey, an assessment, and requests of programs."""

from __future__ import annotations

from datetime import date

import pytest

from barnraise.plumbing.questionnaires.questions import Option, Question
from barnraise.plumbing.questionnaires.selectors import published
from barnraise.plumbing.questionnaires.services import add_questionnaire, publish, respond
from barnraise.who.communities.services import register_community
from barnraise.why.needs.services import add_cycle


@pytest.fixture
def riverbend(alice):
    """A town."""
    return register_community(name="Riverbend", kind="town", by=alice)


@pytest.fixture
def cycle(riverbend, alice):
    """An assessment of it."""
    return add_cycle(
        name="CHNA 2025",
        community=riverbend,
        starts_on=date(2025, 1, 1),
        next_due_on=date(2028, 1, 1),
        by=alice,
    )


@pytest.fixture
def survey(alice):
    """A survey with one answer."""
    options = (Option("bus", {"en": "Buses"}), Option("food", {"en": "Food"}))
    row = add_questionnaire(
        name="Street survey",
        texts={"en": {"title": "Your street"}},
        questions=[Question("lacks", "single", {"en": "What is lacking?"}, options=options)],
        by=alice,
    )
    publish(row, by=alice)
    respond(row, version=published(row), given={"lacks": ["bus"]}, way="public")
    return row
