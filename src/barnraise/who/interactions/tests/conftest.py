"""Somebody to talk to."""

from __future__ import annotations

import pytest

from barnraise.who.communities.services import register_community
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import add_role, register_person


@pytest.fixture
def mill(bob):
    """A community."""
    return register_community(name="Old Mill", by=bob)


@pytest.fixture
def pantry(bob):
    """An organisation."""
    return register_organisation(OrganisationDocument(name="Mill Street Pantry"), by=bob)


@pytest.fixture
def ana(bob, mill, pantry):
    """A person of that community, director of that organisation."""
    document = PersonDocument(
        given_name="Ana",
        family_name="Ruiz",
        community=mill.pk,
        contacts=(Reach("email", "ana@example.org"),),
    )
    person = register_person(document, by=bob)
    add_role(person, organisation=pantry, title="Director", by=bob)
    return person


@pytest.fixture
def bert(bob):
    """Another person."""
    return register_person(PersonDocument(given_name="Bert", family_name="Cole"), by=bob)
