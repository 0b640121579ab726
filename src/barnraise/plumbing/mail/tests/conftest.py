"""Readers, a mail server on loopback, and requests of programs."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import override_settings

from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person

from .posting import mail_server


@pytest.fixture
def ana(alice):
    """Somebody with a mailbox."""
    contacts = (Reach("email", "ana@example.org"),)
    return register_person(PersonDocument(given_name="Ana", family_name="Ruiz", contacts=contacts), by=alice)


@pytest.fixture
def server():
    """The mail server, without a throttle."""
    environment = settings.ENVIRONMENT.model_copy(update={"mails_per_minute": 0})
    with override_settings(ENVIRONMENT=environment), mail_server() as found:
        yield found
