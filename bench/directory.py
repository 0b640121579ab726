"""A house of a million people and ten million interactions: the rows that profiles, lists, Today and search read.

    .venv/bin/python bench/directory.py --data FOLDER [--people 1000000] [--interactions 10000000]
    DATABASE_URL=postgresql://... .venv/bin/python bench/directory.py

Because it is a bench world, rows are written below the services, by COPY, prepared INSERTs and INSERT ... SELECT, with indexes
made afterwards (`loading.py`): the same tables, indexes, search documents and journal entries as the product leaves. Before
them stand the organisations of `million.py` with the gives of `fit.py`. Every run writes the same rows, up to the day.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import asking

SEED = 11
ACTIVE_ORGANISATIONS = 100_000
KIND = "people.person"
GIVEN = (
    "Ana Rosa Maria Carmen Lucia Elena Sofia Ines Marta Clara James Mary Robert Patricia John Jennifer Michael "
    "Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Karen Charles Lisa Nancy "
    "Daniel Betty Matthew Sandra Anthony Ashley Mark Emily Donald Donna Steven Michelle Andrew Carol Paul Amanda "
    "Joshua Melissa Kenneth Deborah Kevin Stephanie Brian Rebecca George Laura Timothy Sharon Ronald Cynthia Edward "
    "Kathleen Jason Amy Jeffrey Angela Ryan Shirley Jacob Brenda Gary Emma Nicholas Anna Eric Pamela Jonathan "
    "Nicole Stephen Samantha Larry Katherine Justin Christine Scott Helen Brandon Debra Benjamin Rachel Samuel "
    "Carolyn Gregory Janet Alexander Maryam Fatima Amina Yusuf Omar Ali Hassan Zahra Nguyen Minh Linh Anh Wei Li "
    "Chen Mei Jin Kim Soo Ravi Priya Anil Sunita Raj Divya José Martín Zoë Renée Chloë Björn Åsa Łukasz Zofia Tomáš "
    "Jiří Ngozi Chidi Amara Kwame Ama Kofi "
)


def main() -> None:
    asks = argparse.ArgumentParser()
    asks.add_argument("--data", default="")
    add_sizes(asks)
    given = asks.parse_args()
    asking.begin(given.data)
    fill(given.people, given.interactions, given.organisations)


def add_sizes(asks: argparse.ArgumentParser) -> None:
    """The arguments that say how large the house is."""
    asks.add_argument("--people", type=int, default=1_000_000)
    asks.add_argument("--interactions", type=int, default=10_000_000)
    asks.add_argument("--organisations", type=int, default=1_000_000)


def fill(people: int, interactions: int, organisations: int) -> None:
    """Make the database and fill it, unless it is filled already."""
    import fit
    import loading
    import talks

    from barnraise.who.organisations.models import Identifier
    from barnraise.who.people.models import Person

    fit.fill(organisations)
    started = time.monotonic()
    first_body = Identifier.objects.get(scheme="EIN", value="900000000").organisation_id
    house = House(accounts(), first_body, min(organisations, ACTIVE_ORGANISATIONS))
    with loading.unguarded():
        if Person.objects.count() < people:
            write_people(people, house)
            print(f"{people:,} people written in {time.monotonic() - started:.0f} s", flush=True)
        house.first_person = Person.objects.filter(display_name__endswith=" zz").order_by("pk")[0].pk + 1
        is_new = talks.fill(interactions, people, house)
    if is_new and not loading.is_sqlite():  # autovacuum would; on SQLite the product never gathers statistics
        loading.run("VACUUM ANALYZE")
    print(f"filled in {time.monotonic() - started:.0f} s", flush=True)


class House:
    """What the rows hang on."""

    def __init__(self, accounts: list[int], first_body: int, bodies: int) -> None:
        self.accounts, self.first_body, self.bodies, self.first_person = accounts, first_body, bodies, 0


def accounts() -> list[int]:
    """Ada and nineteen others who work with everybody."""
    from barnraise.plumbing.accounts.models import Account

    found = [Account.objects.get(email="ada@example.org").pk]
    for number in range(19):
        email = f"desk{number}@example.org"
        row = Account.objects.filter(email=email).first()
        found.append(
            (row or Account.objects.create_user(email, None, name=f"Desk {number}", role="contributor")).pk
        )
    return found


def names(count: int) -> list[tuple[str, str]]:
    """(given, family) of that many people: some names are common, many are rare."""
    import million

    chance = random.Random(SEED)
    ends = [
        *million.ENDS,
        "son",
        "sen",
        "ez",
        "ski",
        "ova",
        "ini",
        "escu",
        "yan",
        "oglu",
        "man",
        "er",
        "s",
        "a",
        "o",
    ]
    family: dict[str, None] = {}
    while len(family) < 60_000:
        inner = "".join(chance.choice(million.BEGINS) for _ in range(chance.choice((1, 2, 2, 3))))
        family[(inner + chance.choice(ends)).title()] = None
    surnames, firsts = list(family), GIVEN.split()
    found = []
    for _ in range(count):
        last = surnames[int(chance.random() ** 2 * len(surnames))]
        if chance.random() < 0.06:
            last += f" {surnames[int(chance.random() * len(surnames))]}"
        found.append((firsts[int(chance.random() ** 1.5 * len(firsts))], last))
    return found


def write_people(count: int, house: House) -> None:
    """People with contacts, addresses, roles, leaderships, tags, search documents and journal entries."""
    import loading
    from django.db import transaction
    from django.db.models import Max

    from barnraise.plumbing.search.models import SearchDocument
    from barnraise.who.people.models import Person

    tables = list(_tables(count, house))
    first = (Person.objects.aggregate(top=Max("pk"))["top"] or 0) + 1
    highest = SearchDocument.objects.aggregate(top=Max("pk"))["top"] or 0
    with loading.bare(*(table for table, _columns, _rows in tables)):
        import million

        house.first_person = first + 1
        for table, columns, rows in tables:
            with transaction.atomic():
                million._write(table, columns, rows)
        loading.index_documents(highest)
    loading.count_on(*(table for table, _columns, _rows in tables))


def _uuid(number: int, salt: int) -> str:
    return f"{(number * 0x9E3779B97F4A7C15F39CC0605CEDC835 + salt) % 2**128:032x}"


def _tables(count: int, house: House) -> Iterator[tuple[str, str, Iterable[tuple[Any, ...]]]]:
    """(table, columns, rows). The very first person ends in " zz" and marks where the others begin."""
    import million

    from barnraise.foundation.text import fold
    from barnraise.plumbing.journal.models import Entry, Mention
    from barnraise.plumbing.search.folding import indexed_words, tokens
    from barnraise.plumbing.tags.models import Tag, Tagging
    from barnraise.who.communities.models import Community
    from barnraise.who.organisations.models import Organisation, Source
    from barnraise.who.people import models

    first = million._first(models.Person)
    called = [("Mark", "Aa zz"), *names(count - 1)]
    keys = range(first, first + count)
    places = list(Community.objects.order_by("pk").values_list("pk", flat=True))
    towns = [name.split()[0] for name in million._names(2_000)]
    source = Source.objects.order_by("pk")[0].pk
    tags = list(Tag.objects.order_by("pk").values_list("pk", flat=True))
    bodies = Organisation.objects.filter(pk__gte=house.first_body, pk__lt=house.first_body + house.bodies)
    titles = dict(bodies.values_list("pk", "name"))
    today, start = date.today(), million.START

    def at(n: int) -> Any:
        return start + timedelta(seconds=(n * 7919) % 20_000_000)

    def mailbox(n: int) -> str:
        return f"{fold(called[n][0])}.{fold(called[n][1]).replace(' ', '.')}.{n % 4096}@example.org"

    def phone(n: int) -> str:
        return f"+1307{n % 10_000_000:07d}"

    def works(n: int) -> bool:
        return n % 5 in (1, 2)

    def body(n: int) -> int:
        drawn = (n * 2654435761 % 2**32) / 2**32
        return house.first_body + int(drawn * drawn * house.bodies) * 7919 % house.bodies

    def post(n: int) -> str:
        return ("Director", "Case worker", "Pastor", "Treasurer", "Teacher", "Volunteer coordinator")[n % 6]

    yield (
        "people_person",
        "id, uuid, given_name, family_name, display_name, name_folded, family_folded, pronunciation, pronouns, kind, status, "
        "language, community_id, owner_id, about, custom, facts, city, region, country, lat, lon, is_approximate, has_email, "
        "has_phone, is_sample, source_id, source_at, created_at, updated_at",
        ((key, _uuid(n, 1), one, last, f"{one} {last}", fold(f"{one} {last}"), fold(f"{last} {one}"), "", "",
          ("resident", "resident", "representative", "volunteer", "other", "staff")[n % 6 if n % 700 == 0 else n % 5],
          "inactive" if n % 23 == 0 else "deceased" if n % 97 == 0 else "active", ("en", "es", "")[n % 3],
          places[n % len(places)] if n % 5 < 2 else None, house.accounts[n // 20 % len(house.accounts)] if n % 20 == 0 else None,
          "", "{}", "{}", towns[n % 2000] if n % 5 < 3 else "", "WY" if n % 5 < 3 else "", "US" if n % 5 < 3 else "",
          *(million._point(n) if n % 5 < 3 else (None, None)), False, n % 5 != 4, n % 2 == 0, False, source, start, at(n), at(n))
         for n, (key, (one, last)) in enumerate(zip(keys, called, strict=True))),
    )  # fmt: skip
    yield (
        "people_personcontact",
        "person_id, kind, value, value_folded, label, position",
        (row for n, key in enumerate(keys) for row in (
            *([(key, "email", mailbox(n), mailbox(n), "", 0)] if n % 5 != 4 else []),
            *([(key, "phone", phone(n), phone(n), "", 1)] if n % 2 == 0 else []))),
    )  # fmt: skip
    yield (
        "people_personaddress",
        "person_id, label, lines, city, region, postcode, country, lat, lon, source, position",
        ((key, "home", f"{n % 999} Main St", towns[n % 2000], "WY", f"{82000 + n % 900}", "US", *million._point(n), "", 0)
         for n, key in enumerate(keys) if n % 5 < 3),
    )  # fmt: skip
    yield (
        "people_role",
        "uuid, person_id, organisation_id, title, kind, is_main_contact, started_on, ended_on, note, created_at, updated_at",
        ((_uuid(n, 2), key, body(n), post(n), ("employee", "board", "volunteer", "contact")[n % 4], n % 11 == 0,
          today - timedelta(days=n % 3000 + 400), today - timedelta(days=n % 400) if n % 7 == 0 else None, "", at(n), at(n))
         for n, key in enumerate(keys) if works(n)),
    )  # fmt: skip
    yield (
        "people_leadership",
        "uuid, person_id, kind, constituency, community_id, term_started_on, term_ends_on, ended_reason, created_at, updated_at",
        ((_uuid(n, 3), key, ("elected", "faith", "educator", "grassroots", "business", "youth")[n % 6],
          f"Ward {n % 40} of {towns[n % 2000]}", places[n % len(places)], None,
          today + timedelta(days=n % 1500 - 500) if n % 3 else None, "", at(n), at(n))
         for n, key in enumerate(keys) if n % 50 == 1),
    )  # fmt: skip
    tagging = million._first(Tagging)
    yield (
        "tags_tagging",
        "id, tag_id, kind, key",
        ((tagging + n, tags[n * 7919 % len(tags)], KIND, key) for n, key in enumerate(keys) if n % 2),
    )
    yield (
        "search_document",
        "kind, key, title, title_folded, excerpt, words, visibility, updated_at",
        ((KIND, key, f"{one} {last}", " ".join(tokens(f"{one} {last}")), said, indexed_words(
            kind=KIND, visibility="team", title=f"{one} {last}", text=said,
            identifiers=[*([mailbox(n)] if n % 5 != 4 else []), *([phone(n)] if n % 2 == 0 else [])]), "team", at(n))
         for n, (key, (one, last)) in enumerate(zip(keys, called, strict=True))
         for said in [" · ".join([*([post(n), titles[body(n)]] if works(n) else []), *([towns[n % 2000]] if n % 5 < 3 else [])])]),
    )  # fmt: skip
    entry, mention = million._first(Entry), million._first(Mention)
    yield (
        "journal_entry",
        "id, at, by_id, via, verb, room, data",
        ((entry + n, start + timedelta(seconds=n), house.accounts[n % 20], "desk", "people.registered", "people", "{}")
         for n in range(count)),
    )  # fmt: skip
    yield (
        "journal_mention",
        "id, entry_id, kind, key, title",
        ((mention + n, entry + n, KIND, key, " ".join(called[n])) for n, key in enumerate(keys)),
    )


if __name__ == "__main__":
    main()
