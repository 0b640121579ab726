"""People carried away as address cards."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from barnraise.foundation.vcards import Card, Marked, Name
from barnraise.foundation.vcards import card as read_card
from barnraise.who.organisations.services import OrganisationDocument, register_organisation
from barnraise.who.people.documents import PersonDocument, Place, Post, Reach
from barnraise.who.people.models import Person
from barnraise.who.people.services import register_person

from .importing import command, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(alice) -> Person:
    """A baker with a former role, an address and a mailbox that wants no mail."""
    bakery = register_organisation(OrganisationDocument(name="Rosa's Bakery"), by=alice)
    library = register_organisation(OrganisationDocument(name="River; Library"), by=alice)
    return register_person(
        PersonDocument(
            given_name="Ana",
            family_name="Ruiz",
            about="Private words",
            contacts=(
                Reach("email", "ana@example.org", "work"),
                Reach("email", "left@example.org", "unsubscribed"),
                Reach("phone", "+13075550100", "mobile"),
            ),
            addresses=(Place("home", "1 Mill Street", "Casper", "WY", "82601", "US"),),
            roles=(
                Post(library.pk, "Reader", ended_on=date(2020, 1, 1)),
                Post(bakery.pk, "Baker", is_main_contact=True),
            ),
            tags=("Food, drink", "garden"),
        ),
        by=alice,
    )


def _cards(content: bytes) -> list[Card]:
    texts = content.decode().split("BEGIN:VCARD")[1:]
    return [read_card(f"BEGIN:VCARD{text}".replace("\r\n", "\n")) for text in texts]


def test_one_person_as_a_card(ana, alice, logged_in):
    answer = logged_in(alice).get(reverse("people:card", args=[ana.uuid]))
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="ana-ruiz.vcf"'
    (found,) = _cards(answer.content)
    assert (found.uid, found.shown_name, found.name) == (str(ana.uuid), "Ana Ruiz", Name("Ruiz", "Ana"))
    assert (found.organisation, found.title) == (("Rosa's Bakery",), "Baker")
    assert found.emails == (Marked("ana@example.org", ("work",)),)
    assert found.phones == (Marked("+1 307-555-0100", ("cell",)),)
    assert (found.addresses[0].street, found.addresses[0].city, found.addresses[0].country) == (
        "1 Mill Street",
        "Casper",
        "US",
    )
    assert "Private words" not in answer.content.decode()
    assert "vCard" in logged_in(alice).get(ana.get_absolute_url()).content.decode()


def test_who_may_not_see_people_gets_no_card(ana, client, petra, logged_in):
    address = reverse("people:card", args=[ana.uuid])
    assert client.get(address).status_code == 302
    assert b"VCARD" not in logged_in(petra).get(address).content


def test_all_that_match_and_the_ticked_ones(ana, alice, bob, logged_in):
    luis = register_person(PersonDocument(given_name="Luis", family_name="Vega"), by=alice)
    browser = logged_in(bob)
    address = reverse("people:list")
    every = browser.get(f"{address}?export=vcf").getvalue()
    assert [card.shown_name for card in _cards(every)] == ["Ana Ruiz", "Luis Vega"]
    some = browser.get(f"{address}?name=luis&export=vcf").getvalue()
    assert [card.shown_name for card in _cards(some)] == ["Luis Vega"]
    ticked = browser.post(address, {"download": "vcf", "key": [str(luis.pk)], "query": ""})
    assert ticked["Content-Disposition"].endswith('.vcf"')
    assert [card.shown_name for card in _cards(ticked.getvalue())] == ["Luis Vega"]
    nothing = browser.post(address, {"download": "vcf", "query": ""})
    assert (nothing.status_code, nothing["Location"]) == (302, f"{address}?")
    wrong = browser.post(address, {"download": "vcf", "all": "1", "query": "nonsense=1"})
    assert wrong.status_code == 302


def test_what_goes_out_comes_back_as_the_same_people(ana, alice, logged_in, tmp_path, capsys):
    content = logged_in(alice).get(reverse("people:list") + "?export=vcf").getvalue().decode()
    changed = content.replace("TITLE:Baker", "TITLE:Head baker")
    found = command(capsys, "import", write(tmp_path / "back.vcf", changed))
    assert (found["created"], found["updated"], found["refused"]) == ({"people": 0}, {"people": 1}, [])
    ana.refresh_from_db()
    assert (Person.objects.get(), ana.display_name, ana.city) == (ana, "Ana Ruiz", "Casper")
    assert sorted(ana.roles.values_list("title", flat=True)) == ["Baker", "Head baker", "Reader"]
