"""People, roles, leaders, notes and custom fields for programs."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from barnraise.plumbing.accounts.services.tokens import add_token
from barnraise.who.organisations.services import OrganisationDocument, register_organisation
from barnraise.who.people.api import people as door
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.models import Person, Role
from barnraise.who.people.services import register_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asks(db):
    """`asks(account)(method, path, body)`: one request with a fresh token of that account; (status, JSON)."""

    def by(account):
        _token, secret = add_token(account=account, scope="write", name="test", by=None)

        def send(method, path, body=None):
            sent = json.dumps(body) if body is not None else ""
            headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
            answer = Client().generic(method, f"/api/v1{path}", sent, "application/json", **headers)
            return answer.status_code, json.loads(answer.content) if answer.content else None

        return send

    return by


ANA = {
    "given_name": "Ana",
    "family_name": "Ruiz",
    "language": "es",
    "contacts": [{"kind": "phone", "value": "307-555-0100"}, {"kind": "email", "value": "ana@example.org", "label": "work"}],
    "identifiers": [{"scheme": "own", "value": " 7 "}],
    "addresses": [{"city": "Casper", "country": "US"}],
    "tags": ["Food"],
}  # fmt: skip


def test_a_person_is_added_read_changed_listed_and_removed(asks, bob, alice):
    send = asks(bob)
    status, ana = send("POST", "/people", ANA)
    assert (status, ana["display_name"], ana["contacts"][0]["value"]) == (201, "Ana Ruiz", "+13075550100")
    assert ana["identifiers"] == [{"scheme": "OWN", "value": "7"}]
    status, changed = send("PATCH", f"/people/{ana['id']}", {"family_name": "Vega", "owner": str(bob.uuid)})
    assert (status, changed["display_name"], changed["owner"]) == (200, "Ana Vega", str(bob.uuid))
    assert changed["tags"] == ["Food"]
    assert send("PATCH", f"/people/{ana['id']}", {"owner": None})[1]["owner"] is None
    assert send("GET", "/people?identifier=OWN:7")[1]["items"][0]["id"] == ana["id"]
    assert send("GET", "/people?address=ANA@example.org")[1]["items"][0]["id"] == ana["id"]
    assert send("GET", "/people?kind=staff")[1] == {"items": [], "next": None}
    since = changed["updated_at"].replace("+00:00", "Z")
    assert len(send("GET", f"/people?updated_since={since}")[1]["items"]) == 1
    assert send("DELETE", f"/people/{ana['id']}")[0] == 403
    assert Person.objects.count() == 1
    assert asks(alice)("DELETE", f"/people/{ana['id']}") == (204, None)
    assert send("GET", f"/people/{ana['id']}")[0] == 404


@pytest.mark.parametrize(
    ("body", "field", "reason"),
    [
        ({}, "given_name", "Write a name: given, family or the one to be shown."),
        ({"given_name": "A", "contacts": [{"kind": "email", "value": "x"}]}, "contacts",
         "This is not an e-mail address; it needs a name, an @ and a domain."),
        ({"given_name": "A", "community": "00000000-0000-4000-8000-000000000000"}, "community",
         "There is no community with this id."),
        ({"given_name": "A", "custom": {"shoe": "42"}}, "custom", "There is no custom field “shoe”."),
        ({"given_name": "A", "language": "xx"}, "language", "Choose one of the languages."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_field_and_nothing_is_kept(asks, bob, body, field, reason):
    status, problem = asks(bob)("POST", "/people", body)
    assert (status, problem["errors"]) == (422, [{"field": field, "reason": reason}])
    assert not Person.objects.exists()


def test_roles_have_addresses_of_their_own(asks, bob):
    send = asks(bob)
    bakery = register_organisation(OrganisationDocument(name="Rosa's Bakery"), by=bob)
    ana = send("POST", "/people", ANA)[1]["id"]
    status, role = send(
        "POST",
        "/roles",
        {"person": ana, "organisation": str(bakery.uuid), "title": "Baker", "started_on": "2024-01-01"},
    )
    assert (status, role["kind"], role["person"]) == (201, "employee", ana)
    status, no = send("PATCH", f"/roles/{role['id']}", {"ended_on": "2023-01-01"})
    assert (status, no["errors"][0]) == (
        422,
        {"field": "roles", "reason": "A role cannot end before it began."},
    )
    assert Role.objects.get().ended_on is None
    assert send("PATCH", f"/roles/{role['id']}", {"ended_on": "2025-01-01"})[1]["ended_on"] == "2025-01-01"
    assert send("GET", f"/roles?person={ana}")[1]["items"][0]["id"] == role["id"]
    assert send("GET", f"/people/{ana}")[1]["roles"][0]["id"] == role["id"]
    assert send("PATCH", f"/people/{ana}", {"about": "x"})[1]["roles"][0]["id"] == role["id"]
    wrong = send("POST", "/roles", {"person": ana, "organisation": ana})
    assert (wrong[0], wrong[1]["errors"][0]["field"]) == (422, "organisation")
    assert send("DELETE", f"/roles/{role['id']}") == (204, None)
    assert not Role.objects.exists()


def test_leaders_and_notes_about_them(asks, bob, vera):
    send = asks(bob)
    ana = send("POST", "/people", ANA)[1]["id"]
    status, one = send("POST", "/leaderships", {"person": ana, "kind": "faith", "constituency": "Choir"})
    assert (status, one["community"]) == (201, None)
    assert (
        send("PATCH", f"/leaderships/{one['id']}", {"term_ends_on": "2027-01-01"})[1]["term_ends_on"]
        == "2027-01-01"
    )
    status, note = send("POST", "/leader-notes", {"leadership": one["id"], "aspect": "reach", "level": 4})
    assert (status, note["by"], note["level"]) == (201, str(bob.uuid), 4)
    status, no = send("PATCH", f"/leader-notes/{note['id']}", {"level": None})
    assert (status, no["errors"]) == (422, [{"field": "note", "reason": "Choose a level, or write a note."}])
    assert send("PATCH", f"/leader-notes/{note['id']}", {"note": "Well known"})[1]["level"] == 4
    assert (
        asks(vera)("POST", "/leader-notes", {"leadership": one["id"], "aspect": "reach", "level": 1})[0]
        == 403
    )
    assert len(send("GET", f"/leader-notes?leadership={one['id']}")[1]["items"]) == 1
    assert send("GET", "/leaderships?kind=faith")[1]["items"][0]["person"] == ana
    assert send("DELETE", f"/leader-notes/{note['id']}")[0] == 204
    assert send("DELETE", f"/leaderships/{one['id']}")[0] == 204
    assert send("GET", "/leaderships")[1]["items"] == []


def test_custom_fields(asks, alice, bob):
    send = asks(alice)
    assert asks(bob)("POST", "/custom-fields", {"label": "Shirt"})[0] == 403
    status, field = send(
        "POST", "/custom-fields", {"label": "Shirt", "type": "choice", "options": ["S", "M"]}
    )
    assert (status, field["key"], field["position"]) == (201, "shirt", 0)
    ana = send("POST", "/people", {**ANA, "custom": {"shirt": "m"}})[1]
    assert ana["custom"] == {"shirt": "M"}
    assert send("DELETE", f"/custom-fields/{field['id']}")[0] == 409
    assert send("PATCH", f"/custom-fields/{field['id']}", {"is_retired": True})[1]["is_retired"] is True
    assert send("GET", "/custom-fields")[1]["items"][0]["id"] == field["id"]


def test_merge_duplicates_export_and_erase(asks, alice, bob):
    send = asks(alice)
    ana = send("POST", "/people", ANA)[1]["id"]
    twin = send("POST", "/people", {**ANA, "identifiers": [], "given_name": "Ana M."})[1]["id"]
    pair = send("GET", "/duplicates")[1]["items"][0]
    assert (pair["first"], pair["second"]) == (ana, twin)
    assert pair["score"] == min(100, sum(term["points"] for term in pair["terms"]))
    assert asks(bob)("POST", f"/people/{ana}/merge", {"absorb": twin})[0] == 403
    assert send("POST", f"/people/{ana}/merge", {"absorb": twin, "take": ["shoe"]})[0] == 422
    assert send("POST", f"/people/{ana}/merge", {"absorb": ana})[0] == 422
    assert Person.objects.count() == 2
    assert (
        send("POST", f"/people/{ana}/merge", {"absorb": twin, "take": ["given_name"]})[1]["given_name"]
        == "Ana M."
    )
    status, told = send("POST", f"/people/{ana}/export")
    assert (status, told["people"]["uuid"]) == (200, ana)
    assert asks(bob)("POST", f"/people/{ana}/erase")[0] == 403
    assert send("POST", f"/people/{ana}/erase") == (204, None)
    assert not Person.objects.exists()


def test_a_page_of_rows_costs_the_same_for_2_and_20(bob, django_assert_num_queries):
    for number in range(20):
        register_person(
            PersonDocument(given_name=f"No {number}", contacts=(Reach("email", f"n{number}@example.org"),)),
            by=bob,
        )
    rows = list(Person.objects.select_related("source").order_by("pk"))
    for size in (2, 20):
        shaper = door._Shaper()
        with django_assert_num_queries(7):
            shaper.prepare(rows[:size])
            assert [shaper.shape(row)["given_name"] for row in rows[:size]] == [
                f"No {n}" for n in range(size)
            ]
