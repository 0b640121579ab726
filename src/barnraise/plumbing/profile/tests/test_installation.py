"""The facts of the installation: who changes them, what is refused, what pages make of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from barnraise.foundation.policy import Refused
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.profile import services
from barnraise.plumbing.profile.models import Installation
from barnraise.plumbing.profile.selectors import held, installation

pytestmark = pytest.mark.django_db


def test_a_fresh_installation_has_safe_facts():
    row = installation()
    assert (row.network_name, row.default_language, row.languages) == ("", "en", ["en"])
    assert (row.time_zone, row.currency, row.fiscal_year_start_month, row.disclosure_threshold) == (
        "UTC",
        "USD",
        1,
        5,
    )
    assert Installation.objects.count() == 0


def test_an_admin_changes_facts_and_the_journal_says_which(ada):
    services.change_installation(by=ada, network_name=" Riverbend  Together ", time_zone="America/Denver")
    assert installation().network_name == "Riverbend Together"
    entry = Entry.objects.get(verb="profile.changed")
    assert entry.by == ada
    assert entry.data == {
        "changes": {"network_name": ["", "Riverbend Together"], "time_zone": ["UTC", "America/Denver"]}
    }


def test_stating_what_stands_writes_nothing(ada):
    services.change_installation(by=ada, currency="EUR")
    services.change_installation(by=ada, currency="EUR")
    assert Entry.objects.filter(verb="profile.changed").count() == 1


@pytest.mark.parametrize(
    ("fact", "value", "reason"),
    [
        ("disclosure_threshold", 2, "The threshold must be at least 3."),
        ("currency", "ADP", "This is not a currency in use; write its three letters, like USD."),
        ("time_zone", "Mars/Olympus", "This is not a time zone; write it like America/Denver."),
        ("default_language", "xx", "This language is not one the interface speaks."),
    ],
)
def test_a_fact_that_is_not_allowed_changes_nothing(ada, fact, value, reason):
    services.change_installation(by=ada, network_name="Riverbend")
    with pytest.raises(ValidationError) as wrong:
        services.change_installation(by=ada, **{"place": "Elsewhere", fact: value})
    assert wrong.value.message_dict[fact] == [reason]
    assert Installation.objects.get().place == ""
    assert Entry.objects.filter(verb="profile.changed").count() == 1


def test_only_admins_change_facts(alice, bob, vera, petra):
    for actor in (alice, bob, vera, petra):
        with pytest.raises(Refused):
            services.change_installation(by=actor, network_name="Taken over")
    assert Installation.objects.count() == 0
    assert Entry.objects.count() == 0


def test_the_database_holds_one_installation_only(ada):
    services.change_installation(by=ada, place="Riverbend")
    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.create(id=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.filter(id=1).update(disclosure_threshold=2)


def test_one_request_asks_once(ada, django_assert_num_queries):
    services.change_installation(by=ada, place="Riverbend")
    with held(), django_assert_num_queries(1):
        assert installation().place == "Riverbend"
        assert installation().place == "Riverbend"


def test_pages_show_dates_in_the_time_zone_of_the_installation(ada, logged_in):
    services.change_installation(by=ada, time_zone="America/Denver")
    seen = []

    def remember(request):
        seen.append(
            (timezone.localtime(datetime(2026, 1, 1, 12, tzinfo=UTC)).hour, translation.get_language())
        )

    from django.http import HttpResponse
    from django.test import RequestFactory

    from barnraise.plumbing.profile.middleware import InstallationFacts

    request = RequestFactory().get("/")
    request.user = ada
    InstallationFacts(lambda r: remember(r) or HttpResponse())(request)
    assert seen == [(5, "en")]


@pytest.mark.parametrize(("asked", "spoken"), [("", "es"), ("fr-FR", "es"), ("en-GB,en;q=0.8", "en")])
def test_strangers_without_a_language_read_the_main_one(ada, asked, spoken):
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpResponse
    from django.test import RequestFactory

    from barnraise.plumbing.profile.middleware import InstallationFacts

    services.change_installation(by=ada, default_language="es")
    headers = {"HTTP_ACCEPT_LANGUAGE": asked} if asked else {}
    request = RequestFactory().get("/", **headers)
    request.user = AnonymousUser()
    seen = []
    with translation.override("en"):
        InstallationFacts(lambda r: seen.append(translation.get_language()) or HttpResponse())(request)
    assert seen == [spoken]
    assert installation().languages == ["es", "en"]


def test_the_wizard_remembers_where_it_stands(ada, alice):
    services.take_step(by=ada, done="name", following="place", is_skipped=True)
    services.take_step(by=ada, done="place", following="language")
    row = installation()
    assert (row.wizard_step, row.wizard_skipped, row.wizard_done_at) == ("language", ["name"], None)
    with pytest.raises(Refused):
        services.finish_wizard(by=alice)
    assert installation().wizard_done_at is None
    services.finish_wizard(by=ada)
    services.finish_wizard(by=ada)
    assert installation().wizard_done_at is not None
    assert Entry.objects.filter(verb="profile.set_up").count() == 1
