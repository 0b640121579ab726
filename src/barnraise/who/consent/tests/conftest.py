"""People, a purpose, and requests of programs."""

from __future__ import annotations

import pytest

from barnraise.who.consent.services import add_purpose
from barnraise.who.people.documents import PersonDocument, Place, Reach
from barnraise.who.people.services import register_person


@pytest.fixture
def ana(alice):
    """Somebody with a mailbox and a phone."""
    contacts = (Reach("email", "ana@example.org"), Reach("phone", "+13075550100"))
    return register_person(PersonDocument(given_name="Ana", family_name="Ruiz", contacts=contacts), by=alice)


@pytest.fixture
def ben(alice):
    """Somebody with an address of the street alone."""
    places = (Place(lines="1 Main St", city="Casper", country="US"),)
    return register_person(PersonDocument(given_name="Ben", family_name="Oak", addresses=places), by=alice)


@pytest.fixture
def newsletter(alice):
    """What people are asked."""
    texts = {"en": "We write once a month.", "es": "Escribimos una vez al mes."}
    return add_purpose(name="Newsletter", channels=["email", "post"], texts=texts, by=alice)
