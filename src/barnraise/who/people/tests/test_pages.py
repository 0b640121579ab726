"""Pages of people: who may see them and what stands there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from barnraise.who.organisations.services import OrganisationDocument, register_organisation
from barnraise.who.people import services
from barnraise.who.people.documents import PersonDocument, Reach

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(alice):
    row = services.register_person(
        PersonDocument(given_name="Ana", family_name="Ruiz", contacts=(Reach("phone", "+17405550100"),)),
        by=alice,
    )
    bakery = register_organisation(OrganisationDocument(name="Rosa's Bakery"), by=alice)
    services.add_role(row, organisation=bakery, title="Baker", by=alice)
    return row


def test_the_list_and_the_page(logged_in, vera, ana):
    browser = logged_in(vera)
    shown = browser.get(reverse("people:list")).content.decode()
    for words in ("Ana Ruiz", "Baker", "Rosa&#x27;s Bakery", "+1 740-555-0100"):
        assert words in shown
    page = browser.get(ana.get_absolute_url()).content.decode()
    assert 'href="tel:+17405550100"' in page
    assert browser.get(reverse("people:by_key", args=[ana.pk])).url == ana.get_absolute_url()


def test_strangers_and_partners_see_nothing(logged_in, petra, ana):
    assert logged_in(None).get(ana.get_absolute_url()).status_code in {302, 403}
    assert logged_in(petra).get(ana.get_absolute_url()).status_code == 403
    assert logged_in(petra).get(reverse("people:list")).status_code == 403
