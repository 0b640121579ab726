"""A questionnaire with a text question, and who answers it."""

from __future__ import annotations

import pytest

from barnraise.foundation.refs import Ref
from barnraise.plumbing.questionnaires.answering import Said
from barnraise.plumbing.questionnaires.questions import Question
from barnraise.plumbing.questionnaires.services import add_questionnaire, publish
from barnraise.plumbing.questionnaires.services.respond import write_response
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import register_person


@pytest.fixture
def ana(alice):
    """She answers."""
    return register_person(PersonDocument(given_name="Ana", family_name="Flores"), by=alice)


@pytest.fixture
def survey(alice):
    """One open question."""
    question = Question(code="wish", kind="text", texts={"en": "What do you wish?"})
    row = add_questionnaire(
        by=alice, name="Spring survey", code="spring", texts={"en": {"title": "Spring"}}, questions=[question]
    )
    publish(row, by=alice)
    return row


@pytest.fixture
def answered(survey):
    """`answered(text, by)`: somebody filled it in."""
    from django.utils import timezone

    def answer(text, by=None, language="en"):
        return write_response(
            survey.versions.get(),
            [Said(question="wish", text=text)],
            way="public",
            at=timezone.now(),
            respondent=Ref.to(by) if by else None,
            language=language,
        )

    return answer
