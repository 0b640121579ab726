"""Who answered for a partner is erased: the answers stay, the name goes."""

from __future__ import annotations

import pytest

from barnraise.plumbing.journal.models import Entry
from barnraise.sowhat.network.models import Member, Tie
from barnraise.sowhat.network.services import answer
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import add_role, erase_person, export_person, register_person

pytestmark = pytest.mark.django_db


def _named(name):
    return sum(name in str(one.data) for one in Entry.objects.filter(verb="network.answered"))


def test_the_name_of_an_erased_signer_goes_from_waves_and_journal(wave, bodies, alice):
    bea = register_person(PersonDocument(given_name="Bea", family_name="Stone"), by=alice)
    add_role(bea, organisation=bodies[0], title="Baker", by=alice)
    member = Member.objects.get(organisation=bodies[0])
    other = Member.objects.get(organisation=bodies[1])
    answer(member, {other.pk: {}}, signed_by="Bea Stone")
    assert "answered_waves" in str(export_person(bea, by=alice))
    assert _named("Bea Stone") == 1
    erase_person(bea, by=alice)
    member.refresh_from_db()
    assert (member.signed_by, member.answered_at is not None) == ("", True)
    assert Tie.objects.filter(giver=member).exists()
    assert _named("Bea Stone") == 0
