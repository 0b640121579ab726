"""A resident of the directory."""

from __future__ import annotations

import pytest

from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person


@pytest.fixture
def ana(alice):
    """A resident who reads Spanish."""
    contacts = (Reach("email", "ana@example.net", ""),)
    document = PersonDocument(given_name="Ana", family_name="Lopez", contacts=contacts, language="es")
    return register_person(document, by=alice)
