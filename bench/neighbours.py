"""What stands beside a million organisations: communities and figures about them, services, gives and seeks, people with roles.

Written as `million.py` writes, after it and from the same seed. The shares are those of a large state's directory: three
services for ten organisations, six gives or seeks for ten, three people for ten.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from million import SEED, START, _first, _point, _write

COMMUNITIES = 300
MEASURES = 300
YEARS = range(2021, 2026)
PER_TEN = 3
"""Services, and people, for ten organisations."""
EXCHANGED = 6
"""Gives for ten organisations; one seek beside ten gives."""

KINDS = (("money", "money", "USD"), ("in_kind", "meals", ""), ("volunteers", "people", ""), ("space", "places", ""),
         ("expertise", "hours", ""), ("reach", "people", ""))  # fmt: skip
WORDS = ("Warm meals", "Volunteers", "Hall", "Bookkeeping", "Newsletter", "Grant", "Laptops", "Interpreters")

TOPICS = (
    "Adults with diabetes",
    "Homes that cost too much",
    "Children in poverty",
    "Graduation",
    "Walkable streets",
)
OFFERS = ("Food pantry", "Legal clinic", "Tutoring", "Dental care", "Rides", "Shelter", "Job training")
GIVEN = ("Ana", "Ben", "Carla", "Dan", "Eva", "Finn", "Gita", "Hugo", "Ines", "Jo")

SPAN = timedelta(days=700)
"""Records were changed last some time in these days after START."""

Table = tuple[str, str, Iterator[tuple[Any, ...]]]


def are_there(count: int, people: int = 0) -> bool:
    """Whether `fill` has nothing left to do."""
    return not any(missing for missing, _tables in _wanted(count, people))


def fill(count: int, people: int = 0) -> None:
    """Everything that is missing yet."""
    from django.db import transaction

    for missing, tables in _wanted(count, people):
        if missing:
            with transaction.atomic():
                for table in tables:
                    _write(*table)


def _wanted(count: int, people: int) -> Iterator[tuple[bool, Iterator[Table]]]:
    from barnraise.plumbing.search.models import SearchDocument
    from barnraise.who.communities.models import Figure
    from barnraise.who.organisations.models import Exchange, Service
    from barnraise.who.people.models import Person

    many, gives = count * PER_TEN // 10, count * EXCHANGED // 10
    yield Figure.objects.count() < MEASURES * COMMUNITIES, _about_communities()
    yield Service.objects.count() < many, _services(many)
    yield Exchange.objects.count() < gives, _exchanges(gives)
    people = people or many
    yield Person.objects.count() < people, _people(people)
    for kind, model, title in (
        ("organisations.service", Service, "name"),
        ("organisations.exchange", Exchange, "what"),
    ):
        found = SearchDocument.objects.filter(kind=kind).count()
        yield found < model._default_manager.count(), _documents(kind, model, title)


def _uuid(number: int, salt: int) -> str:
    return f"{number * 0x9E3779B97F4A7C15 + salt:032x}"[-32:]


def _documents(kind: str, model: Any, title: str) -> Iterator[Table]:
    """What search knows of services, or of gives and seeks, as the product writes it."""
    from barnraise.plumbing.search.folding import indexed_words
    from barnraise.plumbing.search.models import SearchDocument

    held = SearchDocument.objects.filter(kind=kind).values("key")
    rows = model._default_manager.exclude(pk__in=held).order_by("pk")
    said = list(rows.values_list("pk", title, "organisation__name"))
    yield (
        "search_document",
        "kind, key, title, title_folded, excerpt, words, visibility, updated_at",
        (
            (kind, key, name, name.lower(), offering, indexed_words(kind=kind, visibility="team", title=name, text=offering,
             identifiers=()), "team", START)
            for key, name, offering in said
        ),
    )  # fmt: skip


def _draw(number: int, salt: int, among: int) -> int:
    """One of `among` for each number and salt: what one salt draws says nothing about another's."""
    mixed = (number * 0x9E3779B97F4A7C15 + salt * 0xD1B54A32D192ED03) & 0xFFFFFFFFFFFFFFFF
    mixed = ((mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93) & 0xFFFFFFFFFFFFFFFF
    return (mixed >> 32) % among


def _moment(number: int, salt: int) -> datetime:
    return START + SPAN * (_draw(number, salt, 1_000_000) / 1_000_000)


def _about_communities() -> Iterator[Table]:
    from barnraise.who.communities.models import Community, Figure, Measure

    first, measure, figure = _first(Community), _first(Measure), _first(Figure)
    yield (
        "communities_community",
        "id, uuid, name, name_folded, kind, description, boundary_source, min_lat, max_lat, min_lon, max_lon, centre_lat,"
        " centre_lon, boundary, is_sample, created_at, updated_at",
        (
            (first + at, _uuid(at + 1, 11), f"County {at}", f"county {at}", "county", "", "", *_box(at), False, START, START)
            for at in range(COMMUNITIES)
        ),
    )  # fmt: skip
    yield (
        "communities_measure",
        "id, uuid, publisher, code, name, name_folded, unit, direction, category, description, is_sample, created_at, updated_at",
        (
            (measure + at, _uuid(at + 1, 12), "Bench", f"m{at}", f"{TOPICS[at % 5]} {at}", f"{TOPICS[at % 5]} {at}".lower(), "%",
             ("lower", "higher", "neutral")[at % 3], TOPICS[at % 5], "", False, START, START)
            for at in range(MEASURES)
        ),
    )  # fmt: skip
    cells = (
        (community, place, year)
        for community in range(COMMUNITIES)
        for place in range(MEASURES)
        for year in YEARS
    )
    yield (
        "communities_figure",
        "id, uuid, community_id, area, measure_id, begins_on, ends_on, value, reason, is_unreliable, benchmark_name, source,"
        " edition, note, is_sample, created_at, updated_at",
        (
            (figure + at, _uuid(at + 1, 13), first + community, "", measure + place, date(year, 1, 1), date(year, 12, 31),
             (at * 37 % 1000) / 10, "", False, "", "Bench", str(year), "", False, START, START)
            for at, (community, place, year) in enumerate(cells)
        ),
    )  # fmt: skip


def _box(at: int) -> tuple[Any, ...]:
    south, west = 41 + at % 20 * 0.2, -111 + at // 20 * 0.4
    ring = [[west, south], [west + 0.4, south], [west + 0.4, south + 0.2], [west, south + 0.2], [west, south]]
    drawn = json.dumps({"type": "MultiPolygon", "coordinates": [[ring]]})
    return (south, south + 0.2, west, west + 0.4, south + 0.1, west + 0.2, drawn)


def _owners(count: int) -> list[int]:
    """As many organisations, spread over all."""
    from barnraise.who.organisations.models import Organisation

    keys = list(Organisation.objects.filter(is_own=False).order_by("pk").values_list("pk", flat=True))
    return random.Random(SEED + 2).choices(keys, k=count)


def _services(count: int) -> Iterator[Table]:
    from barnraise.who.organisations.models import Service

    first = _first(Service)
    yield (
        "organisations_service",
        "uuid, id, organisation_id, ref, name, name_folded, description, status, eligibility, application, fees, is_free, areas, hours,"
        " hours_note, languages, interpretation, accessibility, url, email, phone, assured_on, assured_by, position",
        (
            (_uuid(at + 1, 17), first + at, owner, f"bench-{at}", f"{OFFERS[at % 7]} {at % 5000}", f"{OFFERS[at % 7]} {at % 5000}".lower(), "",
             "active" if at % 10 else "inactive", "", "", "", at % 3 > 0, "[]", '[[0, "09:00", "17:00"]]', "", '["en"]', "", "", "",
             "", "", date(2025, 1 + at % 12, 1 + at % 28), "", 0)
            for at, owner in enumerate(_owners(count))
        ),
    )  # fmt: skip


def _exchanges(gives: int) -> Iterator[Table]:
    from barnraise.who.organisations.models import Organisation

    rows = Organisation.objects.filter(is_own=False).order_by("pk").values_list("pk", "lat", "lon")
    owners = list(rows.iterator(chunk_size=10_000))
    yield (
        "organisations_exchange",
        "uuid, organisation_id, direction, kind, what, what_folded, condition, amount, unit, currency, per, months, season_from,"
        " season_until, status, sectors, lat, lon, created_at, updated_at",
        _exchanged(owners, gives),
    )


def _exchanged(owners: list[tuple[int, float | None, float | None]], gives: int) -> Iterator[tuple[Any, ...]]:
    dice = random.Random(3)
    for number in range(gives + gives // 10):
        key, lat, lon = owners[dice.randrange(len(owners))]
        kind, unit, currency = dice.choice(KINDS)
        what = f"{dice.choice(WORDS)} {number % 1000}"
        months = dice.choice((0, 0, 0, 0b111000000111))
        yield (
            _uuid(number, 1), key, "seeks" if dice.randrange(11) == 0 else "gives", kind, what, what.lower(), "",
            dice.randint(1, 10_000), unit, currency, dice.choice(("", "week", "month", "year")), months, "", "",
            "open" if dice.randrange(7) else "ended", "[]", lat, lon, START, _moment(number, 20),
        )  # fmt: skip


def _same(at: int) -> int:
    """One in a thousand is there twice: the same name and mailbox as the one before the last."""
    return at - 2 if at % 1000 == 2 else at


def _people(count: int) -> Iterator[Table]:
    from million import _names

    from barnraise.plumbing.accounts.models import Account
    from barnraise.plumbing.search.folding import indexed_words
    from barnraise.plumbing.tags.models import Tag, Tagging
    from barnraise.who.communities.models import Community
    from barnraise.who.organisations.models import Source
    from barnraise.who.people.models import Person

    first, source = _first(Person), Source.objects.order_by("pk")[0].pk
    towns = [name.split()[0] for name in _names(2_000)]
    families = [name.split()[1] for name in _names(5_000)]
    places = list(Community.objects.order_by("pk").values_list("pk", flat=True))
    team = list(Account.objects.order_by("pk").values_list("pk", flat=True))
    tags = list(Tag.objects.order_by("pk").values_list("pk", flat=True))

    def name(at: int) -> tuple[str, str]:
        return GIVEN[_draw(_same(at), 1, 10)], families[_draw(_same(at), 2, 5000)]

    yield (
        "people_person",
        "id, uuid, given_name, family_name, display_name, name_folded, family_folded, pronunciation, pronouns, kind, status,"
        " language, community_id, owner_id, about, custom, facts, city, region, country, lat, lon, is_approximate, has_email,"
        " has_phone, is_sample, source_id, source_at, created_at, updated_at",
        (
            (first + at, _uuid(at + 1, 14), *name(at), " ".join(name(at)), " ".join(name(at)).lower(), name(at)[1].lower(), "", "",
             ("resident", "representative", "volunteer", "other")[_draw(at, 3, 4)], "inactive" if _draw(at, 4, 25) == 0 else "active",
             ("en", "es", "")[_draw(at, 5, 3)], places[_draw(at, 6, len(places))] if _draw(at, 7, 2) else None,
             team[_draw(at, 8, len(team))] if _draw(at, 9, 5) == 0 else None, "", "{}", "{}", towns[_draw(at, 10, 2000)], "WY", "US",
             *_point(at), False, at % 2 == 0, at % 3 == 0, False, source, START, START, _moment(at, 21))
            for at in range(count)
        ),
    )  # fmt: skip
    yield (
        "people_personcontact",
        "person_id, kind, value, value_folded, label, position",
        (
            (first + at, "email", f"p{_same(at)}@example.net", f"p{_same(at)}@example.net", "", 0)
            for at in range(0, count, 2)
        ),
    )
    yield (
        "people_role",
        "uuid, person_id, organisation_id, title, kind, is_main_contact, ended_on, note, created_at, updated_at",
        (
            (_uuid(at + 1, 15), first + at, owner, "Director" if _draw(at, 11, 9) == 0 else "",
             ("employee", "board", "member")[_draw(at, 12, 3)], _draw(at, 13, 4) == 0,
             date(2024, 1, 1) if _draw(at, 14, 10) == 0 else None, "", START, START)
            for at, owner in enumerate(_owners(count))
        ),
    )  # fmt: skip
    yield (
        "people_leadership",
        "uuid, person_id, kind, constituency, term_ends_on, ended_reason, created_at, updated_at",
        (
            (_uuid(at + 1, 16), first + at, ("elected", "faith", "educator")[_draw(at, 15, 3)], f"Ward {_draw(at, 16, 50)}",
             date(2024 + _draw(at, 17, 8), 6, 30), "", START, START)
            for at in range(0, count, 20)
        ),
    )  # fmt: skip
    tagging = _first(Tagging)
    yield (
        "tags_tagging",
        "id, tag_id, kind, key",
        (
            (tagging + at, tags[_draw(at, 18, len(tags))], "people.person", first + at)
            for at in range(count)
            if _draw(at, 19, 3) == 0
        ),
    )
    yield (
        "search_document",
        "kind, key, title, title_folded, excerpt, words, visibility, updated_at",
        (
            ("people.person", first + at, " ".join(name(at)), " ".join(name(at)).lower(), "",
             indexed_words(kind="people.person", visibility="team", title=" ".join(name(at)), text=towns[_draw(at, 10, 2000)],
             identifiers=()), "team", START)
            for at in range(count)
        ),
    )  # fmt: skip
