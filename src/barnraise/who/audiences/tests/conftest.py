"""People, a purpose, and requests of programs."""

from __future__ import annotations

import pytest

from barnraise.who.consent.services import add_purpose, record_consent
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person


@pytest.fixture
def newsletter(alice):
    """What people are asked."""
    return add_purpose(name="Newsletter", channels=["email"], texts={"en": "Monthly."}, by=alice)


@pytest.fixture
def folk(alice, newsletter):
    """Ana (resident, consented), Ben (volunteer, nothing said), Cai (resident, no address), Dov (staff), by name."""
    found = {}
    for name, kind, has_email in (
        ("Ana", "resident", 1),
        ("Ben", "volunteer", 1),
        ("Cai", "resident", 0),
        ("Dov", "staff", 1),
    ):
        contacts = (Reach("email", f"{name.lower()}@example.org"),) if has_email else ()
        document = PersonDocument(given_name=name, family_name="Oak", kind=kind, contacts=contacts)
        found[name] = register_person(document, by=alice)
    record_consent(
        found["Ana"], by=alice, purpose=newsletter, channels=["email"], is_given=True, source="paper"
    )
    return found
