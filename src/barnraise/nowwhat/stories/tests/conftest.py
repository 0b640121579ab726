"""Somebody to tell of, what they are asked, a number to cite, a story."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from PIL import Image

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.stories.services import cite, make_story, name_person
from barnraise.plumbing.files.services import keep
from barnraise.sowhat.indicators.services import write_value
from barnraise.who.consent.services import add_purpose, record_consent
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person
from barnraise.why.goals.services import add_goal, add_indicator, add_objective


@pytest.fixture
def ana(alice):
    """Somebody to tell of."""
    contacts = (Reach("email", "ana@example.org"),)
    return register_person(PersonDocument(given_name="Ana", family_name="Ruiz", contacts=contacts), by=alice)


@pytest.fixture
def telling(alice):
    """What people are asked before they are shown in public."""
    texts = {"en": "You may tell my story.", "es": "Pueden contar mi historia."}
    return add_purpose(name="Stories", channels=["email", "public"], texts=texts, by=alice)


@pytest.fixture
def agrees(telling, alice):
    """`agrees(person, days=None, is_given=True)`: what they say about being shown in public."""

    def say(person, days=None, is_given=True, channels=("public",)):
        until = timezone.localdate() + timedelta(days=days) if days is not None else None
        return record_consent(
            person,
            by=alice,
            purpose=telling,
            channels=channels,
            is_given=is_given,
            source="paper",
            expires_on=until,
        )

    return say


@pytest.fixture
def bags(alice):
    """A number: 340 bags."""
    objective = add_objective(add_goal(name="Every child eats", by=alice), name="Breakfast", by=alice)
    row = add_indicator(
        name="Bags handed out", objective=objective, unit="bags", rule="sum", frequency="quarter", by=alice
    )
    return write_value(row, on=timezone.localdate() - timedelta(days=100), value=Decimal(340), by=alice)


@pytest.fixture
def story(ana, telling, bags, alice):
    """A story that cites the bags and names Ana; a draft."""
    row = make_story(
        by=alice, title="A shelf for all", language="en", summary="It is never empty.", text="Ana says so.\n\nWe gave {1}."
    )  # fmt: skip
    cite(row, by=alice, observation=bags, words="bags of groceries")
    name_person(row, by=alice, person=ana, purpose=telling, named_as="Ana")
    return row


@pytest.fixture
def photo(story, alice):
    """A picture of it."""
    octets = io.BytesIO()
    Image.new("RGB", (4, 3), "green").save(octets, "PNG")
    octets.name = "ana.png"
    return keep(octets, by=alice, about=Ref.to(story), alt_text="Ana beside the shelf")
