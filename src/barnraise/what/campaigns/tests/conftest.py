"""An audience with people who agreed and people who did not, a mail server on loopback, and campaigns to write."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import override_settings

from barnraise.plumbing.mail.tests.posting import mail_server
from barnraise.what.campaigns.services import add_block, make_campaign
from barnraise.who.audiences.services import Given, make_audience
from barnraise.who.consent.services import add_purpose, record_consent
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person


def someone(name, by, address=None):
    contacts = (Reach("email", address or f"{name.lower()}@example.org"),)
    return register_person(PersonDocument(given_name=name, kind="resident", contacts=contacts), by=by)


@pytest.fixture
def newsletter(alice):
    """What people agree to."""
    return add_purpose(name="Newsletter", channels=["email"], texts={"en": "Monthly."}, by=alice)


@pytest.fixture
def people(alice, newsletter):
    """Ana and Ben agreed, Cleo did not, Dora withdrew."""
    found = {name: someone(name, alice) for name in ("Ana", "Ben", "Cleo", "Dora")}
    for name in ("Ana", "Ben", "Dora"):
        agree(found[name], newsletter, alice)
    agree(found["Dora"], newsletter, alice, is_given=False)
    return found


def agree(person, purpose, by, is_given=True):
    record_consent(person, by=by, purpose=purpose, channels=["email"], is_given=is_given, source="paper")


@pytest.fixture
def audience(alice, people):
    """All of them."""
    return make_audience(by=alice, name="Residents", rules=[Given("kind", ["resident"])])


@pytest.fixture
def campaign(bob, audience, newsletter):
    """A draft that bob wrote."""
    row = make_campaign(
        name="Spring",
        subject="Spring, {{given_name}}",
        preview="What grew",
        audience=audience,
        purpose=newsletter,
        by=bob,
    )
    row = add_block(
        row,
        kind="text",
        values={"text": "Dear {{given_name|friend}},\n\n[read on](https://example.org/garden?a=1&b=2)."},
        by=bob,
    )
    return add_block(
        row,
        kind="button",
        values={"text": "The garden", "address": "https://example.org/garden?a=1&b=2"},
        by=bob,
    )


@pytest.fixture
def server():
    """The mail server, without a throttle, and addresses that begin with https."""
    environment = settings.ENVIRONMENT.model_copy(update={"mails_per_minute": 0, "url": "https://testserver"})
    with override_settings(ENVIRONMENT=environment), mail_server() as found:
        yield found
