"""A survey, people who answer it, and requests of programs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache

from barnraise.plumbing.questionnaires.questions import Option, Question
from barnraise.plumbing.questionnaires.services import add_questionnaire, publish
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person

TEXTS = {
    "en": {"title": "Your street", "intro": "Tell us.", "thanks": "We will write what came of it."},
    "es": {"title": "Su calle"},
}


def options(*names):
    return tuple(Option(name, {"en": name.title(), "es": f"{name} es"}) for name in names)


QUESTIONS = (
    Question(
        "lives",
        "single",
        {"en": "Do you live here?", "es": "¿Vive aquí?"},
        is_required=True,
        options=options("yes", "no"),
    ),
    Question(
        "years",
        "number",
        {"en": "How long?"},
        lowest=Decimal(0),
        highest=Decimal(110),
        unit="years",
        is_required=True,
        asked_if=("lives", ("yes",)),
    ),
    Question("lacks", "multiple", {"en": "What is lacking?"}, options=options("food", "bus", "jobs")),
    Question("safe", "scale", {"en": "How safe?"}, lowest=Decimal(1), highest=Decimal(5)),
    Question("since", "date", {"en": "Since when?"}),
    Question("wish", "text", {"en": "Your wish?"}),
    Question("agree", "consent", {"en": "You may quote me."}),
)


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def draft(alice):
    """A survey that nobody can answer yet."""
    return add_questionnaire(name="Street survey", code="street", texts=TEXTS, questions=QUESTIONS, by=alice)


@pytest.fixture
def survey(draft, alice):
    """The same, published."""
    publish(draft, by=alice)
    return draft


@pytest.fixture
def ana(alice):
    """Somebody with a mailbox."""
    document = PersonDocument(
        given_name="Ana", family_name="Ruiz", contacts=(Reach("email", "ana@example.org"),)
    )
    return register_person(document, by=alice)


@pytest.fixture
def ben(alice):
    """Somebody else."""
    return register_person(PersonDocument(given_name="Ben", family_name="Oak"), by=alice)
