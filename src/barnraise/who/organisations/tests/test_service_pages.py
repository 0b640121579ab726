"""Services and hours by hand: forms, pages, list, files and API."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from barnraise.foundation.refs import Ref
from barnraise.plumbing.accounts.services.tokens import add_token
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.journal.selectors import timeline
from barnraise.who.communities.services import register_community
from barnraise.who.organisations import service_words
from barnraise.who.organisations.documents import Contact, Offered, OrganisationDocument
from barnraise.who.organisations.exporting import COLUMNS
from barnraise.who.organisations.exporting import flat as flat_organisations
from barnraise.who.organisations.models import Organisation, Service
from barnraise.who.organisations.offering import language, language_code
from barnraise.who.organisations.selectors import documents
from barnraise.who.organisations.service_exporting import flat, whole
from barnraise.who.organisations.services import add_service, register_organisation, remove_service

LIST = reverse("organisations:services")


@pytest.fixture
def library(bob):
    return register_organisation(OrganisationDocument(name="Library"), by=bob)


def _form(**given):
    return {"name": "Help with forms", "status": "active", "free": "yes", **given}


def _said(row):
    return documents([row.pk])[row.pk].services


def test_a_service_is_added_shown_and_told(logged_in, bob, library):
    given = _form(
        description="Somebody sits down with you.", eligibility="Anyone", minimum_age="16", areas="Old Mill\n South  Bank\n",
        hours_0="10-18", hours_1="9:00–12:00, 14–17", languages="Spanish, EN, Urdu", fees="Free", phone="(740) 555-0100",
        url="example.org/forms", email="Forms@Example.org", assured_on="2026-02-03", accessibility="Ramp",
    )  # fmt: skip
    answer = logged_in(bob).post(reverse("organisations:add_service", args=[library.uuid]), given)
    row = Service.objects.get()
    assert answer.url == f"{library.get_absolute_url()}#service-{row.pk}"
    (said,) = _said(library)
    assert said == Offered(
        ref=row.ref, name="Help with forms", description="Somebody sits down with you.", eligibility="Anyone", minimum_age=16,
        fees="Free", is_free=True, areas=("Old Mill", "South Bank"), languages=("es", "en", "ur"),
        hours=((0, "10:00", "18:00"), (1, "09:00", "12:00"), (1, "14:00", "17:00")), accessibility="Ramp",
        url="https://example.org/forms", email="Forms@example.org", phone="+17405550100", assured_on=date(2026, 2, 3),
    )  # fmt: skip
    page = logged_in(bob).get(library.get_absolute_url()).content.decode()
    for words in (
        "Help with forms",
        "from 16 years on",
        "Spanish, English, Urdu",
        "Tuesday",
        "09:00–12:00, 14:00–17:00",
        "Feb. 3, 2026",
    ):
        assert words in page
    assert (
        timeline(Ref.to(library), actor=bob).entries[0].plain
        == "Bob added a service of Library: Help with forms"
    )


def test_opening_and_keeping_the_form_changes_nothing(logged_in, bob, library):
    made = add_service(
        library,
        Offered(
            "", "Night", hours=((5, "22:00", "02:00"),), languages=("es", "tlh-x"), is_free=False, minimum_age=0,
            maximum_age=99, areas=("A", "B"), status="temporarily closed", assured_by="desk@example.org",
        ),
        by=bob,
    )  # fmt: skip
    before, count = _said(library), Entry.objects.count()
    url = reverse("organisations:change_service", args=[made.pk])
    form = logged_in(bob).get(url).context["form"]
    posted = {name: value for name in form.fields if (value := form[name].value()) is not None}
    assert logged_in(bob).post(url, posted).status_code == 302
    assert (_said(library), Entry.objects.count()) == (before, count)


@pytest.mark.parametrize(
    ("given", "field", "reason"),
    [
        ({"name": ""}, "name", "required"),
        ({"hours_2": "all day"}, "hours_2", "“all day”: write hours like"),
        ({"minimum_age": "40", "maximum_age": "20"}, "maximum_age", "younger than the youngest"),
        ({"phone": "12"}, "phone", "phone number"),
        ({"url": "nowhere"}, "url", "web address"),
        ({"assured_by": "x"}, "assured_by", "e-mail address"),
        ({"status": "away"}, "status", "not one of the available choices"),
    ],
)
def test_the_form_refuses_at_the_field_and_writes_nothing(logged_in, bob, library, given, field, reason):
    before = Entry.objects.count()
    answer = logged_in(bob).post(reverse("organisations:add_service", args=[library.uuid]), _form(**given))
    assert answer.status_code == 422
    assert any(reason in text for text in answer.context["form"].errors[field])
    assert (Service.objects.count(), Entry.objects.count()) == (0, before)


def test_a_service_is_changed_and_removed_each_with_its_sentence(logged_in, bob, vera, library):
    made = add_service(library, Offered("", "Printing", fees="10 cents"), by=bob)
    url = reverse("organisations:change_service", args=[made.pk])
    assert logged_in(vera).post(url, _form()).status_code == 403
    assert logged_in(bob).post(url, _form(name="Printing", free="no", fees="20 cents")).status_code == 302
    (told, _added) = timeline(Ref.to(made), actor=bob).entries
    assert told.verb == "organisations.service_changed"
    rows = {row.field: (row.before, row.after) for row in told.rows}
    assert rows == {"cost": ("10 cents", "20 cents"), "free": ("", "no")}
    assert Service.objects.get().pk == made.pk
    assert logged_in(bob).post(reverse("organisations:remove_service", args=[made.pk])).status_code == 302
    assert (Service.objects.count(), _said(library)) == (0, ())
    with pytest.raises(Service.DoesNotExist):
        remove_service(made, by=bob)


def test_hours_capacity_and_profiles_of_an_organisation(logged_in, bob, monkeypatch):
    given = {
        "name": "Bakery", "kind": "business", "hours_0": "4-14", "hours_5": "4-12", "hours_note": "Closed in August",
        "capacity": "40", "capacity_per": "day", "contacts": "https://www.instagram.com/rosas_bakery/\n@rosa@mastodon.example",
    }  # fmt: skip
    assert logged_in(bob).post(reverse("organisations:create"), given).status_code == 302
    row = Organisation.objects.get()
    said = documents([row.pk])[row.pk]
    assert (said.hours, said.capacity, said.capacity_per) == (
        ((0, "04:00", "14:00"), (5, "04:00", "12:00")),
        40,
        "day",
    )
    assert said.contacts == (
        Contact("social", "https://www.instagram.com/rosas_bakery/"), Contact("social", "@rosa@mastodon.example"),
    )  # fmt: skip
    page = logged_in(bob).get(row.get_absolute_url()).content.decode().replace("\xa0", " ")
    for words in (
        "Monday",
        "04:00–14:00",
        "Closed in August",
        "40 people",
        "each day",
        "Instagram",
        "@rosas_bakery",
        "Mastodon",
    ):
        assert words in page
    assert 'href="https://mastodon.example/@rosa"' in page
    told = timeline(Ref.to(row), actor=bob).entries
    assert len(told) == 1
    assert (
        logged_in(bob)
        .post(reverse("organisations:change", args=[row.uuid]), {**given, "hours_5": ""})
        .status_code
        == 302
    )
    changed = timeline(Ref.to(row), actor=bob).entries[0].rows
    assert [(one.field, one.before, one.after) for one in changed] == [
        ("opening hours", "mo 04:00–14:00; sa 04:00–12:00", "mo 04:00–14:00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"hours_3": "x"}, "hours_3"),
        ({"capacity": "40"}, "capacity_per"),
        ({"capacity_per": "day"}, "capacity_per"),
        ({"capacity": "0"}, "capacity"),
    ],
)
def test_half_a_capacity_and_no_hours_are_refused(logged_in, bob, given, field):
    answer = logged_in(bob).post(reverse("organisations:create"), {"name": "A", "kind": "other", **given})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Organisation.objects.count() == 0


def test_open_now_is_said_for_the_hour():
    hours = [[4, "09:00", "17:00"]]
    friday = datetime(2026, 11, 27, 10, 30)
    assert "Open now" in service_words.open_now(hours, friday)
    assert "Closed now" in service_words.open_now(hours, friday.replace(hour=18))
    assert service_words.open_now([], friday) == ""


def test_languages_are_told_by_code_and_by_name():
    assert [language_code(text) for text in ("Spanish", "español", "ES", "Klingonish", "x9")] == [
        "es",
        "es",
        "es",
        "Klingonish",
        "x9",
    ]
    with override("es"):
        assert language("en") == "inglés"
    assert language("Klingonish") == "Klingonish"


def test_the_list_narrows_and_gives_itself_out(logged_in, vera, bob, library):
    town = register_community(name="Riverbend", by=bob)
    mill = register_community(name="Old Mill", parent=town, by=bob)
    other = register_organisation(OrganisationDocument(name="Clinic", communities=(mill.pk,)), by=bob)
    first = add_service(
        library, Offered("", "Printing", fees="10 cents", is_free=False, languages=("es",)), by=bob
    )
    second = add_service(
        other,
        Offered("", "Doctor", is_free=True, hours=((0, "09:00", "17:00"),), assured_on=date(2026, 1, 1)),
        by=bob,
    )
    browser = logged_in(vera)
    for query, rows in (
        ({"words": "spanish"}, {first}),
        ({"free": "True"}, {second}),
        ({"community": town.pk}, {second}),
        ({"status": "defunct"}, set()),
        ({"checked_from": "2025-12-31"}, {second}),
        ({}, {first, second}),
    ):
        page = (
            browser.get(LIST, query).content.decode()
            if query
            else browser.get(LIST, {"sort": "name_folded"}).content.decode()
        )
        assert {row for row in (first, second) if f'id="row-{row.pk}"' in page} == rows, query
    sheet = b"".join(browser.get(LIST, {"export": "csv"}).streaming_content).decode()
    assert "Doctor,Clinic,,Monday 09:00–17:00" in sheet


def test_exports_hold_every_word(bob, library):
    add_service(
        library,
        Offered("r1", "Printing", hours=((0, "09:00", "17:00"), (1, "09:00", "17:00")), is_free=False),
        by=bob,
    )
    (row,) = flat()
    assert (row[0], row[2], row[3], row[10], row[13]) == (
        "Library",
        "r1",
        "Printing",
        "no",
        "mo-tu 09:00–17:00",
    )
    (one,) = json.loads(json.dumps(list(whole())))
    assert (one["organisation_name"], one["hours"], one["is_free"]) == (
        "Library",
        [[0, "09:00", "17:00"], [1, "09:00", "17:00"]],
        False,
    )
    (line,) = flat_organisations()
    assert dict(zip(COLUMNS, line, strict=True))["Services"] == "Printing"


def test_programs_give_and_get_services_hours_and_capacity(alice):
    _token, secret = add_token(account=alice, scope="write", name="test", by=None)

    def send(method, path, body=None):
        answer = Client().generic(
            method, f"/api/v1{path}", json.dumps(body) if body is not None else "", "application/json",
            HTTP_AUTHORIZATION=f"Bearer {secret}",
        )  # fmt: skip
        return answer.status_code, json.loads(answer.content) if answer.content else None

    hours = [{"day": "mo", "opens": "09:00", "closes": "17:00"}]
    service = {
        "name": "Doctor",
        "languages": ["Spanish"],
        "hours": hours,
        "is_free": True,
        "url": "example.org",
    }
    status, made = send(
        "POST",
        "/organisations",
        {"name": "Clinic", "services": [service], "hours": hours, "capacity": 55, "capacity_per": "day"},
    )
    assert (status, made["hours"], made["capacity"], made["capacity_per"]) == (201, hours, 55, "day")
    (told,) = made["services"]
    assert (told["languages"], told["hours"], told["url"], told["is_free"]) == (
        ["es"],
        hours,
        "https://example.org/",
        True,
    )
    assert told["ref"].startswith("own:")
    path = f"/organisations/{made['id']}"
    status, read = send("PATCH", path, {"services": [{**told, "fees": "Free"}, {"name": "Nurse"}]})
    assert (status, [one["name"] for one in read["services"]], read["services"][0]["fees"]) == (
        200,
        ["Doctor", "Nurse"],
        "Free",
    )
    assert Service.objects.order_by("pk")[0].ref == told["ref"]
    for bad, field in (
        ({"hours": [{"day": "xx", "opens": "09:00", "closes": "17:00"}]}, "hours"),
        ({"services": [{**told, "hours": [{"day": "mo", "opens": "9", "closes": "17:00"}]}]}, "services"),
        ({"services": [{"name": "A", "email": "x"}]}, "services"),
        ({"capacity_per": "sometimes"}, "capacity_per"),
    ):
        status, problem = send("PATCH", path, bad)
        assert (status, problem["errors"][0]["field"].rpartition(".")[2]) == (422, field)
    assert send("GET", path)[1]["services"] == read["services"]
