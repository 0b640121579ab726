"""Who signs for an organisation is a person: exported and erased with them, and with nobody else."""

from __future__ import annotations

import pytest

from barnraise.plumbing.journal.models import Entry
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.documents import PersonDocument, Post
from barnraise.who.people.services import erase_person, export_person, register_person
from barnraise.why.goals.services import answer, ask

pytestmark = pytest.mark.django_db


def test_a_signature_is_exported_and_erased_but_not_that_of_a_namesake(fed, mill, alice, logged_in):
    library = register_organisation(OrganisationDocument(name="Library"), by=alice)
    rosa = register_person(
        PersonDocument(given_name="Rosa", family_name="Vega", roles=(Post(organisation=mill.pk),)), by=alice
    )
    register_person(
        PersonDocument(given_name="Rosa", family_name="Vega", roles=(Post(organisation=library.pk),)),
        by=alice,
    )
    hers, other = (ask(fed, organisation=one, by=alice) for one in (mill, library))
    answer(hers, state="endorsed", signed_by="rosa  VEGA", words="With our ovens.")
    answer(other, state="endorsed", signed_by="Rosa Vega")
    told = export_person(rosa, by=alice)["goals"]["signed"]
    assert [(one["goal"], one["organisation"], one["words"]) for one in told] == [
        (fed.name, mill.name, "With our ovens.")
    ]
    erase_person(rosa, by=alice)
    for row in (hers, other):
        row.refresh_from_db()
    assert (hers.state, hers.words, hers.signed_by) == ("endorsed", "With our ovens.", "")
    assert other.signed_by == "Rosa Vega"
    said = Entry.objects.filter(verb="goals.endorsement_endorsed").order_by("pk")
    assert [entry.data.get("name") for entry in said] == [None, "Rosa Vega"]
    assert logged_in(alice).get(fed.get_absolute_url()).status_code == 200
