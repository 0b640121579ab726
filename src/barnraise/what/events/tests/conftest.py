"""An event to come, people, and requests of programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from barnraise.what.events.services import plan_event
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person


@pytest.fixture(autouse=True)
def _fresh_limits():
    """No test counts another's requests."""
    cache.clear()


@pytest.fixture
def supper(alice):
    """A gathering tomorrow with two places, on its own page."""
    begin = timezone.now() + timedelta(days=1)
    return plan_event(
        by=alice,
        title="Supper",
        kind="gathering",
        starts_at=begin,
        ends_at=begin + timedelta(hours=2),
        place="Elm Street 4",
        is_public=True,
        capacity=2,
        owner=alice,
    )


@pytest.fixture
def ana(alice):
    """Somebody of the directory."""
    contacts = (Reach("email", "ana@example.org"),)
    return register_person(PersonDocument(given_name="Ana", family_name="Ruiz", contacts=contacts), by=alice)
