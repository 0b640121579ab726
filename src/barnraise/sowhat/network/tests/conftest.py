"""Four partners with a mailbox each, but one, and a wave in which they are asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.sowhat.network.models import Member
from barnraise.sowhat.network.services import begin_wave
from barnraise.who.organisations.documents import Contact, OrganisationDocument
from barnraise.who.organisations.services import register_organisation

NAMES = ("Bakery", "Clinic", "School", "Church")


@pytest.fixture
def bodies(alice):
    """Bakery, Clinic and School have an address."""
    found = []
    for name in NAMES:
        contacts = (Contact("email", f"{name.lower()}@example.org"),) if name != "Church" else ()
        found.append(register_organisation(OrganisationDocument(name=name, contacts=contacts), by=alice))
    return found


@pytest.fixture
def wave(bodies, alice):
    """It began a week ago and is due in three."""
    today = timezone.localdate()
    return begin_wave(
        by=alice, name="Spring", begins_on=today - timedelta(days=7), due_on=today + timedelta(days=21), organisations=bodies
    )  # fmt: skip


@pytest.fixture
def member(wave):
    """`member("Bakery")`: its place in the wave."""
    return lambda name, where=wave: Member.objects.get(wave=where, organisation__name=name)
