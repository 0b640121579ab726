"""Organisations and communities for programs: create, read, change, list, refuse, remove."""

from __future__ import annotations

from barnraise.who.communities.services import register_community
from barnraise.who.organisations import api as door
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.services import register_organisation


def test_values_are_normalised_and_unknown_things_refused(bob):
    place = register_community(name="Old Mill", by=bob)
    said = door._values(
        {
            "name": "Pantry",
            "mission": None,
            "identifiers": [{"scheme": "ein", "value": "1-2345678"}],
            "communities": [place.uuid],
        }
    )
    assert "mission" not in said
    assert [(p.scheme, p.value) for p in said["identifiers"]] == [("EIN", "012345678")]
    assert said["communities"] == (place.pk,)


def test_a_page_of_rows_costs_the_same_for_2_and_20(bob, django_assert_num_queries):
    for number in range(20):
        register_organisation(OrganisationDocument(name=f"No {number}"), by=bob)
    rows = list(Organisation.objects.select_related("source"))
    for size in (2, 20):
        shaper = door._Shaper()
        with django_assert_num_queries(9):
            shaper.prepare(rows[:size])
            assert [shaper.shape(row)["name"] for row in rows[:size]] == [f"No {n}" for n in range(size)]
