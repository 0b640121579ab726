"""Organisations and communities for programs: create, read, change, list, refuse, remove."""

from __future__ import annotations

import json

import pytest

from barnraise.who.communities.services import register_community
from barnraise.who.organisations.api import organisations as door
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
    rows = list(Organisation.objects.select_related("source").order_by("pk"))
    for size in (2, 20):
        shaper = door._Shaper()
        with django_assert_num_queries(10):
            shaper.prepare(rows[:size])
            assert [shaper.shape(row)["name"] for row in rows[:size]] == [f"No {n}" for n in range(size)]


@pytest.fixture
def asks(db):
    """`asks(account)(method, path, body)`: one request with a fresh token of that account; (status, JSON)."""
    from django.test import Client

    from barnraise.plumbing.accounts.services.tokens import add_token

    def by(account):
        _token, secret = add_token(account=account, scope="write", name="test", by=None)
        headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}

        def send(method, path, body=None):
            answer = Client().generic(
                method,
                f"/api/v1{path}",
                json.dumps(body) if body is not None else "",
                "application/json",
                **headers,
            )
            return answer.status_code, answer.json() if answer.content else None

        return send

    return by


def test_every_verb_of_both_rooms(asks, alice):
    send = asks(alice)
    status, place = send("POST", "/communities", {"name": "Old Mill"})
    assert status == 201
    status, made = send(
        "POST", "/organisations", {"name": "Pantry", "communities": [place["id"]], "tags": ["Food"]}
    )
    assert (status, made["communities"], made["tags"]) == (201, [place["id"]], ["Food"])
    status, read = send("PATCH", f"/organisations/{made['id']}", {"mission": "Food for every door."})
    assert (status, read["mission"], read["communities"]) == (200, "Food for every door.", [place["id"]])
    status, page = send("GET", "/organisations?limit=1")
    assert (status, [one["id"] for one in page["items"]], page["next"]) == (200, [made["id"]], None)
    assert send("DELETE", f"/communities/{place['id']}")[0] == 409
    status, count = send(
        "POST", "/headcounts", {"community": place["id"], "count": 5, "year": 2024, "source": "Census"}
    )
    assert (status, count["group"]) == (201, "")
    assert send("DELETE", f"/headcounts/{count['id']}")[0] == 204
    assert send("DELETE", f"/organisations/{made['id']}")[0] == 204
    assert send("GET", f"/organisations/{made['id']}")[0] == 404
    assert send("DELETE", f"/communities/{place['id']}")[0] == 204


def test_a_viewer_and_bad_values_are_refused(asks, vera, alice):
    assert asks(vera)("POST", "/organisations", {"name": "New"})[0] == 403
    status, problem = asks(alice)(
        "POST", "/organisations", {"name": "New", "identifiers": [{"scheme": "EIN", "value": "x"}]}
    )
    assert (status, problem["errors"][0]["field"]) == (422, "identifiers")
    assert Organisation.objects.count() == 0
