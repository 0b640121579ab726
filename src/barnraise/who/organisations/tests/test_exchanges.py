"""What organisations give and seek: noted, changed, ended, found, listed, undone, handed to another community."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.accounts.services.tokens import add_token
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.journal.selectors import timeline
from barnraise.plumbing.journal.services import close_change_set, open_change_set, undo
from barnraise.plumbing.search.selectors import find
from barnraise.who.communities.services import register_community, remove_community
from barnraise.who.organisations.documents import OrganisationDocument, Place
from barnraise.who.organisations.exchange_exporting import flat, whole
from barnraise.who.organisations.exchanges import ExchangeDocument
from barnraise.who.organisations.models import Concerns, Exchange, Organisation
from barnraise.who.organisations.selectors import exchange_documents, holding_now, snapshot
from barnraise.who.organisations.services import (
    change_exchange,
    change_organisation,
    register_exchange,
    register_organisation,
    remove_exchange,
    remove_many,
    set_exchange_status,
    set_own,
)

HALL = ExchangeDocument("gives", "space", "Parish hall", amount=110, unit="places", per="week")
MONEY = ExchangeDocument("seeks", "money", "A freezer", amount=280_000, unit="money", currency="USD")


@pytest.fixture
def church(bob):
    at = Place(city="Riverbend", country="US", lat=40.06, lon=-82.42)
    return register_organisation(OrganisationDocument(name="St Mark's", addresses=(at,)), by=bob)


@pytest.fixture
def hall(church, bob):
    return register_exchange(church, HALL, by=bob)


def _form(**given):
    return {
        "kind": "space",
        "what": "Parish hall",
        "amount": "110",
        "unit": "places",
        "per": "week",
        "currency": "USD",
        **given,
    }


def test_the_form_notes_it_and_the_page_and_the_timeline_tell_it(logged_in, bob, church):
    place = register_community(name="Old Mill", by=bob)
    given = _form(
        communities=[str(place.pk)], condition="evenings only", season_from="15 November", season_until="31 March",
        valid_until="2030-05-01", sectors="SDG 2\nNTEE K31",
    )  # fmt: skip
    answer = logged_in(bob).post(reverse("organisations:add_give", args=[church.uuid]), given)
    row = Exchange.objects.get()
    assert answer.url == f"{church.get_absolute_url()}#exchange-{row.pk}"
    assert exchange_documents([row.pk])[row.pk] == ExchangeDocument(
        "gives", "space", "Parish hall", "evenings only", 110, "places", "", "week", 0b110000000111, "11-15", "03-31",
        None, date(2030, 5, 1), "open", (("NTEE", "K31"), ("SDG", "2")), (place.pk,),
    )  # fmt: skip
    assert (row.lat, row.lon) == (40.06, -82.42)
    page = logged_in(bob).get(church.get_absolute_url()).content.decode()
    for words in (
        "Parish hall",
        "110",
        "seats or places",
        "each week",
        "15 November to 31 March",
        "evenings only",
        "Old Mill",
    ):
        assert words in page
    told = timeline(Ref.to(church), actor=bob).entries[0]
    assert told.plain == "Bob noted what St Mark's gives: Parish hall"


def test_money_is_kept_in_minor_units_and_shown_with_its_currency(logged_in, bob, church):
    given = _form(kind="money", what="A freezer", amount="2800.50", unit="", per="", currency="usd")
    assert (
        logged_in(bob).post(reverse("organisations:add_seek", args=[church.uuid]), given).status_code == 302
    )
    row = Exchange.objects.get()
    assert (row.direction, row.amount, row.unit, row.currency) == ("seeks", 280_050, "money", "USD")
    assert "$2,800.50" in logged_in(bob).get(church.get_absolute_url()).content.decode()


def test_opening_and_keeping_the_form_changes_nothing(logged_in, bob, church):
    said = ExchangeDocument(
        "seeks", "money", "A freezer", "new", 280_050, "money", "USD", "year", 0, "11-15", "03-31",
        date(2026, 1, 1), date(2030, 1, 1), "paused", (("SDG", "2"),), (),
    )  # fmt: skip
    row = register_exchange(church, said, by=bob)
    before = exchange_documents([row.pk])[row.pk]
    url = reverse("organisations:change_exchange", args=[row.uuid])
    form = logged_in(bob).get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    posted = {name: value for name, value in values.items() if value is not None}
    assert logged_in(bob).post(url, posted).status_code == 302
    assert exchange_documents([row.pk])[row.pk] == before
    assert Exchange.objects.get().updated_at == row.updated_at


@pytest.mark.parametrize(
    ("given", "field", "reason"),
    [
        ({"what": " "}, "what", "required"),
        ({"kind": "gold"}, "kind", "not one of the available choices"),
        ({"amount": "0"}, "amount", "greater than or equal"),
        ({"amount": "1.5"}, "amount", "only money has decimals"),
        ({"kind": "money", "unit": "people"}, "unit", "Money is counted in money"),
        ({"kind": "money", "unit": "", "currency": "dollars"}, "currency", "at most 3"),
        ({"season_from": "15 November"}, "season_until", "both the first and the last day"),
        ({"season_from": "31 April", "season_until": "1 May"}, "season_from", "15 November"),
        ({"valid_from": "2026-05-02", "valid_until": "2026-05-01"}, "valid_until", "ends before it begins"),
        ({"sectors": "SDG 18"}, "sectors", "no such code"),
        ({"communities": ["999999"]}, "communities", "not one of the available choices"),
    ],
)
def test_the_form_refuses_at_the_field_and_writes_nothing(logged_in, bob, church, given, field, reason):
    before = Entry.objects.count()
    answer = logged_in(bob).post(reverse("organisations:add_give", args=[church.uuid]), _form(**given))
    assert answer.status_code == 422
    assert any(reason in text for text in answer.context["form"].errors[field])
    assert (Exchange.objects.count(), Entry.objects.count()) == (0, before)


def test_a_viewer_reads_and_a_partner_sees_nothing(logged_in, vera, petra, hall):
    assert logged_in(vera).get(reverse("organisations:exchanges")).status_code == 200
    assert logged_in(petra).get(reverse("organisations:exchanges")).status_code == 403
    for name in ("change_exchange", "remove_exchange", "open_exchange", "pause_exchange", "end_exchange"):
        assert logged_in(vera).post(reverse(f"organisations:{name}", args=[hall.uuid]), {}).status_code == 403
    assert Exchange.objects.get().status == "open"


def test_it_is_paused_ended_and_opened_again_each_with_its_sentence(logged_in, bob, church, hall):
    for name, status in (("pause", "paused"), ("end", "ended"), ("open", "open")):
        answer = logged_in(bob).post(reverse(f"organisations:{name}_exchange", args=[hall.uuid]))
        assert (answer.status_code, Exchange.objects.get().status) == (302, status)
    verbs = [entry.verb for entry in timeline(Ref.to(hall), actor=bob).entries]
    assert verbs == [f"organisations.gives_{verb}" for verb in ("reopened", "ended", "paused", "added")]
    before = Entry.objects.count()
    assert set_exchange_status(hall, status="open", by=bob) is False
    assert Entry.objects.count() == before


def test_changes_are_told_with_their_unit_and_by_name(bob, hall):
    place = register_community(name="Old Mill", by=bob)
    changes = change_exchange(hall, by=bob, amount=80, communities=(place.pk,))
    assert changes == {"amount": ("110 places week", "80 places week"), "communities": ([], ["Old Mill"])}
    with pytest.raises(ValidationError) as no:
        change_exchange(hall, by=bob, unit="money")
    assert set(no.value.message_dict) == {"currency"}
    assert Exchange.objects.get().unit == "places"


def test_search_finds_the_organisation_by_what_it_gives_until_that_ends(bob, church, hall):
    def found():
        return [
            hit.ref.id
            for hit in find("parish hall", actor=bob)
            if hit.ref.kind == "organisations.organisation"
        ]

    assert found() == [church.pk]
    set_exchange_status(hall, status="ended", by=bob)
    assert found() == []
    set_exchange_status(hall, status="open", by=bob)
    assert found() == [church.pk]
    remove_exchange(hall, by=bob)
    assert found() == []


def test_it_follows_where_its_organisation_is(bob, church, hall):
    change_organisation(church, by=bob, addresses=(Place(city="Willow", country="US", lat=40.5, lon=-82.0),))
    assert list(Exchange.objects.values_list("lat", "lon")) == [(40.5, -82.0)]
    change_organisation(church, by=bob, addresses=())
    assert list(Exchange.objects.values_list("lat", "lon")) == [(None, None)]


def test_an_organisation_that_is_removed_comes_back_with_what_it_gave(alice, bob, church, hall):
    place = register_community(name="Old Mill", by=bob)
    change_exchange(hall, by=bob, communities=(place.pk,))
    before = snapshot([church.pk])[church.pk]["exchanges"]
    change_set = open_change_set(by=alice, verb="organisations.removed_many")
    assert remove_many([church.pk], by=alice, change_set=change_set) == {}
    close_change_set(change_set=change_set)
    assert Exchange.objects.count() == 0
    undo(change_set=change_set, by=alice)
    assert snapshot([church.pk])[church.pk]["exchanges"] == before
    assert Exchange.objects.get().uuid == hall.uuid


def _ticked(rows, action, **more):
    return {"action": action, "key": [str(row.pk) for row in rows], "query": "", **more}


def test_many_are_ended_and_that_is_undone_but_for_what_changed_since(logged_in, alice, bob, church, hall):
    freezer = register_exchange(church, MONEY, by=bob)
    url = reverse("organisations:exchanges")
    logged_in(alice).post(url, _ticked([hall, freezer], "end", answered="1"))
    assert set(Exchange.objects.values_list("status", flat=True)) == {"ended"}
    change_exchange(freezer, by=bob, what="A bigger freezer")
    entry = Entry.objects.get(verb="organisations.exchanges_ended")
    assert entry.data["count"] == 2
    undo(change_set=entry.change_set, by=alice)
    assert dict(Exchange.objects.values_list("what", "status")) == {
        "Parish hall": "open",
        "A bigger freezer": "ended",
    }
    assert logged_in(bob).post(url, _ticked([hall], "end", answered="1")).status_code == 403


def test_many_are_removed_and_come_back(logged_in, alice, bob, church, hall):
    place = register_community(name="Old Mill", by=bob)
    change_exchange(hall, by=bob, communities=(place.pk,), months=7)
    before = exchange_documents([hall.pk])
    logged_in(alice).post(reverse("organisations:exchanges"), _ticked([hall], "remove", answered="1"))
    assert Exchange.objects.count() == 0
    undo(change_set=Entry.objects.get(verb="organisations.exchanges_removed").change_set, by=alice)
    assert exchange_documents([hall.pk]) == before


def test_the_list_narrows_by_direction_kind_season_community_and_words(logged_in, vera, bob, church, hall):
    town = register_community(name="Riverbend", by=bob)
    mill = register_community(name="Old Mill", parent=town, by=bob)
    own = register_organisation(OrganisationDocument(name="Riverbend Together", kind="nonprofit"), by=bob)
    set_own(own, by=bob)
    freezer = register_exchange(own, MONEY, by=bob)
    change_exchange(freezer, by=bob, communities=(mill.pk,))
    other_month = timezone.localdate().month % 12 + 1
    later = register_exchange(
        church, ExchangeDocument("gives", "in_kind", "Soup", months=1 << (other_month - 1)), by=bob
    )
    browser = logged_in(vera)
    url = reverse("organisations:exchanges")
    for query, rows in (
        ({"direction": "gives"}, {hall, later}),
        ({"kind": "money"}, {freezer}),
        ({"now": "1"}, {hall, freezer}),
        ({"now": "0"}, {later}),
        ({"community": town.pk}, {freezer}),
        ({"what": "PARISH"}, {hall}),
        ({"ours": "1"}, {freezer}),
        ({"by": "nonprofit"}, {freezer}),
        ({"status": "ended"}, set()),
    ):
        page = browser.get(url, query).content.decode()
        assert {row for row in (hall, freezer, later) if f'id="row-{row.pk}"' in page} == rows, query
    sheet = b"".join(browser.get(url, {"export": "csv"}).streaming_content).decode()
    assert "A freezer,Riverbend Together,Seeks,Money,2800.00 USD,,Open" in sheet


def test_now_agrees_with_the_season_on_every_day_of_a_year(bob, church):
    seasons = {"months": {"months": 0b110000000011}, "over": {"season_from": "11-15", "season_until": "02-10"},
               "within": {"season_from": "05-03", "season_until": "06-20"}, "always": {}}  # fmt: skip
    for name, given in seasons.items():
        register_exchange(church, ExchangeDocument("gives", "space", name, **given), by=bob)
    said = {
        one.what: one.season
        for one in exchange_documents(Exchange.objects.values_list("pk", flat=True)).values()
    }
    for step in range(0, 366, 4):
        on = date(2027, 1, 1) + timedelta(days=step)
        found = set(Exchange.objects.filter(holding_now(on)).values_list("what", flat=True))
        assert found == {name for name, season in said.items() if season.holds(on)}, on


def test_now_heeds_state_and_validity(bob, church):
    on = date(2027, 5, 1)
    for what, given in {
        "open": {},
        "ended": {"status": "ended"},
        "over": {"valid_until": date(2027, 4, 30)},
        "last day": {"valid_until": on},
        "to come": {"valid_from": date(2027, 5, 2)},
    }.items():
        register_exchange(church, ExchangeDocument("gives", "space", what, **given), by=bob)
    assert set(Exchange.objects.filter(holding_now(on)).values_list("what", flat=True)) == {
        "open",
        "last day",
    }


def test_a_community_is_only_removed_by_moving_what_is_for_it(alice, bob, hall):
    old, new = (register_community(name=name, by=bob) for name in ("Old", "New"))
    change_exchange(hall, by=bob, communities=(old.pk, new.pk))
    other = register_exchange(hall.organisation, MONEY, by=bob)
    change_exchange(other, by=bob, communities=(old.pk,))
    with pytest.raises(Exception, match="referred to") as no:
        remove_community(old, by=alice)
    assert no.value.uses == ["2 gives or seeks are for it"]
    remove_community(old, by=alice, move_to=new)
    assert sorted(Concerns.objects.values_list("exchange_id", "community_id")) == [
        (hall.pk, new.pk),
        (other.pk, new.pk),
    ]


def test_exports_hold_every_word(bob, church, hall):
    place = register_community(name="Old Mill", by=bob)
    change_exchange(hall, by=bob, communities=(place.pk,), months=3, sectors=(("SDG", "2"),))
    (row,) = flat()
    assert row[1:9] == [
        "St Mark's",
        str(church.uuid),
        "gives",
        "space",
        "Parish hall",
        "110 places week",
        "",
        "1; 2",
    ]
    assert row[-3:] == ["open", "SDG 2", "Old Mill"]
    (one,) = json.loads(json.dumps(list(whole())))
    assert (one["amount"], one["unit"], one["months"], one["communities"]) == (
        110,
        "places",
        [1, 2],
        ["Old Mill"],
    )


@pytest.fixture
def send(alice):
    _token, secret = add_token(account=alice, scope="write", name="test", by=None)

    def ask(method, path, body=None):
        answer = Client().generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body is not None else "",
            "application/json",
            HTTP_AUTHORIZATION=f"Bearer {secret}",
        )
        return answer.status_code, answer.json() if answer.content else None

    return ask


def test_programs_note_change_list_and_remove(send, bob, church):
    place = register_community(name="Old Mill", by=bob)
    status, made = send(
        "POST",
        "/exchanges",
        {
            "organisation": str(church.uuid), "direction": "gives", "kind": "money", "what": "Collection",
            "amount": 50_000, "unit": "money", "currency": "USD", "per": "year", "months": [12, 1],
            "communities": [str(place.uuid)], "sectors": [{"scheme": "sdg", "code": "02"}],
        },
    )  # fmt: skip
    assert (status, made["months"], made["sectors"]) == (201, [1, 12], [{"scheme": "SDG", "code": "2"}])
    assert (made["communities"], made["is_own"]) == ([str(place.uuid)], False)
    assert send("GET", f"/exchanges?organisation={church.uuid}&direction=seeks")[1]["items"] == []
    listed = send("GET", f"/exchanges?community={place.uuid}&kind=money")[1]["items"]
    assert [one["id"] for one in listed] == [made["id"]]
    status, read = send(
        "PATCH", f"/exchanges/{made['id']}", {"status": "paused", "valid_until": "2030-01-01"}
    )
    assert (status, read["status"], read["valid_until"], read["amount"]) == (
        200,
        "paused",
        "2030-01-01",
        50_000,
    )
    status, problem = send("PATCH", f"/exchanges/{made['id']}", {"unit": "people"})
    assert (status, sorted(error["field"] for error in problem["errors"])) == (422, ["currency", "unit"])
    assert send("GET", "/exchanges?now=true")[1]["items"] == []
    assert send("DELETE", f"/exchanges/{made['id']}")[0] == 204
    assert send("GET", f"/exchanges/{made['id']}")[0] == 404
    assert Organisation.objects.get().pk == church.pk
