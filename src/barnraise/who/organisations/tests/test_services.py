"""Services offered: taken in from directories, merged, undone, shown, changed by hand, found, by page and by API."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from barnraise.plumbing.accounts.services.tokens import add_token
from barnraise.plumbing.journal.services import close_change_set, open_change_set, undo
from barnraise.plumbing.search.selectors import find
from barnraise.who.organisations.documents import Offered, OrganisationDocument, from_json, to_json
from barnraise.who.organisations.models import Organisation, Service
from barnraise.who.organisations.selectors import documents, snapshot
from barnraise.who.organisations.services import (
    change_organisation,
    register_organisation,
    remove_many,
    source_of,
    write_many,
)

from .importing import command, everything

COUNSEL = "ac148810-d857-441c-9679-408f346de14b"
SCHEDULE = {
    "id": "s1",
    "freq": "WEEKLY",
    "byday": "TH,FR",
    "opens_at": "10:00:00",
    "closes_at": "18:00:00",
    "notes": "Ring twice",
}
SERVICE = {
    "id": COUNSEL, "name": "Counselling", "description": "Talking helps.", "url": "example.com/talk", "email": "talk@example.com",
    "status": "active", "interpretation_services": "By phone", "application_process": "Ring us.", "fees_description": "Free of charge",
    "eligibility_description": "Anyone over 12", "minimum_age": 12, "assured_date": "2026-02-03", "assurer_email": "desk@example.com",
    "schedules": [SCHEDULE], "languages": [{"id": "l1", "code": "es"}, {"id": "l2", "name": "Urdu"}],
    "service_areas": [{"id": "a1", "name": "Fremont County"}], "phones": [{"id": "p1", "number": "307 555 0101"}],
    "required_documents": [{"id": "d1", "document": "An identity card"}],
    "service_at_locations": [{"id": "x", "location": {"id": "3", "accessibility": [{"id": "c", "description": "Ramp", "details": "North door"}]}}],
}  # fmt: skip
DIRECTORY = {
    "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Example Help", "alternate_name": "Help", "description": "Helps",
    "email": "help@example.com", "website": "https://example.com", "year_incorporated": 2011, "legal_status": "Nonprofit",
    "locations": [{"id": "3", "addresses": [{"id": "4", "address_1": "1 Main", "city": "Lander", "country": "US"}]}],
    "services": [SERVICE],
}  # fmt: skip
TAKEN = Offered(
    ref=f"hsds:{COUNSEL}", name="Counselling", description="Talking helps.", eligibility="Anyone over 12", minimum_age=12,
    application="Ring us.\n\nAn identity card", fees="Free of charge", is_free=True, areas=("Fremont County",),
    hours=((3, "10:00", "18:00"), (4, "10:00", "18:00")), hours_note="Ring twice", languages=("es", "Urdu"),
    interpretation="By phone", accessibility="Ramp North door", url="https://example.com/talk", email="talk@example.com",
    phone="+13075550101", assured_on=date(2026, 2, 3), assured_by="desk@example.com",
)  # fmt: skip


def _take(tmp_path, capsys, document, name="hsds.json"):
    file = tmp_path / name
    file.write_text(json.dumps(document))
    return command(capsys, "import", file)


def _services():
    return next(iter(documents(Organisation.objects.values_list("pk", flat=True)).values())).services


@pytest.mark.django_db
def test_a_directory_brings_its_services_and_says_how_many(tmp_path, capsys):
    found = _take(tmp_path, capsys, DIRECTORY)
    assert (found["kind"], found["created"]) == ("hsds", {"organisations": 1, "services": 1})
    assert _services() == (TAKEN,)
    dry = command(capsys, "import", tmp_path / "hsds.json", "--dry-run")
    assert (dry["created"], dry["unchanged"]) == ({"organisations": 0}, 1)


@pytest.mark.django_db
def test_tables_and_the_address_of_services_give_the_same(tmp_path, capsys):
    _take(tmp_path, capsys, DIRECTORY)
    before = everything()["organisations"]
    plain = {name: SERVICE[name] for name in SERVICE if not isinstance(SERVICE[name], list)}
    own = {"organization_id": DIRECTORY["id"]}
    tables = {
        "organization": [{name: value for name, value in DIRECTORY.items() if not isinstance(value, list)}],
        "location": [{"id": "3", **own}],
        "address": [{"id": "4", "location_id": "3", "address_1": "1 Main", "city": "Lander", "country": "US"}],
        "service": [{**plain, **own}],
        "schedule": [{**SCHEDULE, "service_id": COUNSEL}],
        "language": [{"id": "l1", "service_id": COUNSEL, "name": "", "code": "es"}, {"id": "l2", "service_id": COUNSEL, "name": "Urdu", "code": ""}],
        "service_area": [{"id": "a1", "service_id": COUNSEL, "name": "Fremont County"}],
        "phone": [{"id": "p1", "service_id": COUNSEL, "organization_id": "", "number": "307 555 0101"}],
        "required_document": [{"id": "d1", "service_id": COUNSEL, "document": "An identity card"}],
        "service_at_location": [{"id": "x", "service_id": COUNSEL, "location_id": "3"}],
        "accessibility": [{"id": "c", "location_id": "3", "description": "Ramp", "details": "North door"}],
    }  # fmt: skip
    package = {"name": "x", "resources": [{"name": n, "path": f"{n}.csv"} for n in tables]}
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    for name, rows in tables.items():
        cells = [[f'"{value}"' for value in row.values()] for row in rows]
        (tmp_path / f"{name}.csv").write_text(
            ",".join(rows[0]) + "\n" + "\n".join(map(",".join, cells)) + "\n"
        )
    again = command(capsys, "import", tmp_path / "datapackage.json", *sorted(tmp_path.glob("*.csv")))
    assert (again["unchanged"], everything()["organisations"]) == (1, before)
    owner = {name: value for name, value in DIRECTORY.items() if name != "services"}
    page = {"total_items": 1, "contents": [{**SERVICE, "organization": owner}]}
    again = _take(tmp_path, capsys, page, "services.json")
    assert (again["kind"], again["unchanged"], everything()["organisations"]) == ("hsds", 1, before)


@pytest.mark.django_db
def test_services_of_a_page_stand_with_the_one_who_offers_them(tmp_path, capsys):
    one, other = {"id": "o1", "name": "One"}, {"id": "o2", "name": "Other"}
    contents = [
        {"id": "1", "name": "A", "status": "active", "fees": "", "organization": one},
        {"id": "1", "name": "B", "status": "defunct", "fees": "$5", "organization": other},
        {"id": "2", "name": "C", "status": "active", "fees": "No charge", "organization": one},
    ]
    found = _take(tmp_path, capsys, {"contents": contents})
    assert found["created"] == {"organisations": 2, "services": 3}
    rows = Service.objects.order_by("name").values_list(
        "organisation__name", "ref", "name", "status", "is_free"
    )
    assert list(rows) == [
        ("One", "o1|1", "A", "active", None), ("Other", "o2|1", "B", "defunct", False), ("One", "o1|2", "C", "active", True),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_later_edition_changes_what_it_changed_and_keeps_what_a_person_wrote(tmp_path, capsys, bob):
    _take(tmp_path, capsys, DIRECTORY)
    row = Organisation.objects.get()
    service = Service.objects.get()
    by_hand = replace(TAKEN, fees="Free; gifts are welcome")
    change_organisation(row, by=bob, services=(by_hand,))
    new = {**SERVICE, "eligibility_description": "Anyone", "fees_description": "Free", "schedules": []}
    second = {
        "id": "7",
        "name": "Bread",
        "status": "active",
        "fees": "0",
        "cost_options": [{"id": "1", "amount": 0, "currency": "usd"}],
    }
    found = _take(tmp_path, capsys, {**DIRECTORY, "services": [new, second]})
    assert (found["updated"], found["created"]) == ({"organisations": 1}, {"organisations": 0, "services": 1})
    merged, bread = _services()
    assert (merged.eligibility, merged.fees, merged.hours) == ("Anyone", "Free; gifts are welcome", ())
    assert (bread.name, bread.is_free, bread.ref) == ("Bread", True, f"{DIRECTORY['id']}|7")
    assert Service.objects.get(ref=TAKEN.ref).pk == service.pk
    command(capsys, "imports", "undo", found["import"])
    assert _services() == (by_hand,)
    # What a person wrote stays also when the directory drops the service; what nobody touched goes.
    assert _take(tmp_path, capsys, {**DIRECTORY, "services": []})["updated"] == {"organisations": 0}
    assert _services() == (by_hand,)
    change_organisation(row, by=bob, services=(TAKEN,))
    _take(tmp_path, capsys, {**DIRECTORY, "description": "Helps more"})
    assert _take(tmp_path, capsys, {**DIRECTORY, "services": []})["updated"] == {"organisations": 1}
    assert _services() == ()


@pytest.mark.django_db
def test_an_undone_import_takes_its_services_along(tmp_path, capsys):
    found = _take(tmp_path, capsys, DIRECTORY)
    command(capsys, "imports", "undo", found["import"])
    assert (Organisation.objects.count(), Service.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_what_cannot_be_kept_as_it_is_becomes_a_fact_of_the_register(tmp_path, capsys):
    odd = {
        **SERVICE,
        "url": "nowhere",
        "email": "x",
        "minimum_age": "young",
        "status": "??",
        "assured_date": "soon",
    }
    _take(tmp_path, capsys, {**DIRECTORY, "services": [odd]})
    (one,) = _services()
    assert (one.url, one.email, one.minimum_age, one.status, one.assured_on) == ("", "", None, "active", None)
    facts = Organisation.objects.get().facts
    assert (facts["Counselling: website as given"], facts["Counselling: email as given"]) == ("nowhere", "x")


def test_a_document_with_services_and_hours_survives_json():
    document = OrganisationDocument(
        name="A", services=(TAKEN,), hours=((0, "09:00", "12:00"),), capacity=30, capacity_per="day"
    )
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


def test_services_are_written_many_at_once_and_keep_their_rows(alice):
    register = source_of(kind="register", reference="test", name="Test")
    given = [OrganisationDocument(name=f"No {n}", services=(replace(TAKEN, ref=f"r{n}"),)) for n in range(3)]
    keys = write_many(given, by=alice, source=register, change_set=None).keys
    rows = dict(Service.objects.values_list("ref", "pk"))
    there = documents(keys)
    changed = [
        replace(there[key], services=(*there[key].services, replace(TAKEN, ref="more"))) for key in keys
    ]
    change_set = open_change_set(by=alice, verb="organisations.wrote_many")
    write_many(changed, by=alice, source=register, change_set=change_set)
    close_change_set(change_set=change_set)
    assert Service.objects.count() == 6
    assert {ref: pk for ref, pk in Service.objects.values_list("ref", "pk") if ref != "more"} == rows
    undo(change_set=change_set, by=alice)
    assert documents(keys) == there
    before = snapshot(keys)
    change_set = open_change_set(by=alice, verb="organisations.removed_many")
    remove_many(keys, by=alice, change_set=change_set)
    close_change_set(change_set=change_set)
    assert Service.objects.count() == 0
    undo(change_set=change_set, by=alice)
    assert {key: one["document"] for key, one in snapshot(keys).items()} == {
        key: one["document"] for key, one in before.items()
    }


def test_search_finds_the_organisation_by_its_services(bob):
    row = register_organisation(OrganisationDocument(name="Help", services=(TAKEN,)), by=bob)
    for words in ("counselling", "spanish"):
        assert [
            hit.ref.id for hit in find(words, actor=bob) if hit.ref.kind == "organisations.organisation"
        ] == [row.pk]


def test_programs_add_read_change_list_and_remove_services_one_by_one(bob, vera, ada):
    pantry = register_organisation(OrganisationDocument(name="Mill Street Pantry"), by=bob)
    other = register_organisation(OrganisationDocument(name="Oak Library"), by=bob)

    def send(account, method, path, body=None):
        _token, secret = add_token(account=account, scope="write", name="test", by=None)
        answer = Client().generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body is not None else "",
            "application/json",
            HTTP_AUTHORIZATION=f"Bearer {secret}",
        )
        return answer.status_code, answer.json() if answer.content else None

    given = {
        "organisation": str(pantry.uuid),
        "name": "Food on Fridays",
        "is_free": True,
        "hours": [{"day": "fr", "opens": "09:00", "closes": "12:00"}],
        "languages": ["Spanish"],
    }
    status, made = send(bob, "POST", "/services", given)
    assert (status, made["name"], made["languages"], made["hours"]) == (
        201,
        "Food on Fridays",
        ["es"],
        given["hours"],
    )
    path = f"/services/{made['id']}"
    assert send(vera, "GET", path) == (200, made)
    status, changed = send(bob, "PATCH", path, {"fees": "2 dollars", "is_free": False})
    assert (status, changed["fees"], changed["is_free"], changed["name"], changed["ref"]) == (
        200, "2 dollars", False, "Food on Fridays", made["ref"],
    )  # fmt: skip
    assert send(vera, "GET", f"/services?organisation={pantry.uuid}")[1]["items"] == [changed]
    assert send(vera, "GET", f"/services?organisation={other.uuid}")[1]["items"] == []
    assert send(vera, "GET", "/services?is_free=true")[1]["items"] == []
    assert len(send(vera, "GET", "/services?updated_since=2020-01-01T00:00:00Z")[1]["items"]) == 1
    for account, method, where, body, wanted in (
        (vera, "POST", "/services", given, 403),
        (vera, "DELETE", path, None, 403),
        (bob, "PATCH", path, {"name": ""}, 422),
        (bob, "PATCH", path, {"email": "nobody"}, 422),
        (bob, "PATCH", f"/services/{2**70}", {"fees": "x"}, 422),
        (bob, "GET", "/services/00000000-0000-4000-8000-000000000000", None, 404),
    ):
        assert send(account, method, where, body)[0] == wanted, (method, where)
    assert send(ada, "GET", path) == (200, changed)
    assert send(bob, "DELETE", path)[0] == 204
    assert send(bob, "GET", "/services")[1]["items"] == []
