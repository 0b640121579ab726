"""The sample town: what it brings, in which language, and that it goes without touching anything real."""

from __future__ import annotations

import pytest

from barnraise.plumbing.profile.models import Installation
from barnraise.plumbing.ui.sockets import sample
from barnraise.who.communities.models import Community, Headcount
from barnraise.who.communities.services import register_community
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.faults import faults
from barnraise.who.organisations.models import Identifier, Organisation
from barnraise.who.organisations.selectors import documents
from barnraise.who.organisations.services import change_organisation, register_organisation

PARTS = ("communities", "organisations")


def _load(by):
    counts = {}
    for name in PARTS:
        counts |= sample.get(name).load(by=by)
    return counts


def _remove(by):
    for name in reversed(PARTS):
        sample.get(name).remove(by=by)


def test_it_brings_sixty_organisations_in_six_communities(ada):
    found = {
        "communities": 6,
        "headcounts": 19,
        "figures": 141,
        "organisations": 60,
        "services": 20,
        "exchanges": 104,
    }
    assert _load(ada) == found
    assert _load(ada) == dict.fromkeys(found, 0)
    assert Organisation.objects.filter(is_own=True).get().name == "Riverbend Together"
    assert Organisation.objects.filter(lat=None).count() == 8
    assert Organisation.objects.exclude(parent=None).count() == 3
    assert not any(
        faults(said) for said in documents(Organisation.objects.values_list("pk", flat=True)).values()
    )
    assert all(i.value.startswith("00") for i in Identifier.objects.filter(scheme="EIN"))


def test_it_speaks_spanish_where_the_installation_does(ada):
    Installation.objects.create(default_language="es")
    _load(ada)
    assert Organisation.objects.filter(name="Despensa de la Calle del Molino").exists()
    assert Community.objects.filter(name="Ribera Sur").exists()


def test_it_goes_and_leaves_what_is_real(ada, bob):
    _load(ada)
    town = Community.objects.get(name="Riverbend")
    library = Organisation.objects.get(name="Riverbend Public Library")
    place = register_community(name="Real street", parent=town, by=bob)
    real = register_organisation(
        OrganisationDocument(name="Real", parent=library.pk, communities=(town.pk, place.pk)), by=bob
    )
    change_organisation(library, by=bob, mission="Changed by hand")
    _remove(ada)
    assert list(Organisation.objects.values_list("name", "parent")) == [("Real", None)]
    assert documents([real.pk])[real.pk].communities == (place.pk,)
    assert list(Community.objects.values_list("name", "parent")) == [("Real street", None)]
    assert Headcount.objects.count() == 0


@pytest.mark.django_db
def test_removing_nothing_is_no_error(ada):
    _remove(ada)
    assert Organisation.objects.count() == 0
