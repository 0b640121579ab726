"""A town of a million: the rows that desk pages read, written straight into the product's own tables.

Everything that has a page is made first through the services (the small world of the house tests); then organisations
with addresses, identifiers, sectors, contacts, communities, tags, search documents and journal entries follow by COPY
or prepared INSERTs, and their indexes afterwards. Names and numbers come from one seed, so that every run meets the same rows.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

SEED = 7
START = datetime(2026, 1, 1, tzinfo=UTC)
KIND = "organisations.organisation"
KINDS = (
    "nonprofit",
    "nonprofit",
    "nonprofit",
    "business",
    "faith",
    "school",
    "public_body",
    "grassroots",
    "health",
)
NOUNS = (
    "Food Bank",
    "Community Foundation",
    "Church of Christ",
    "Parent Teacher Association",
    "Youth Soccer League",
    "Arts Council",
    "Historical Society",
    "Volunteer Fire Department",
    "Library Friends",
    "Animal Rescue",
    "Land Trust",
    "Legal Aid Society",
)
ENDS = ["berg", "ton", "ville", "field", "ford", "land", "wick", "stead", "brook", "dale", "mont", "port"]
BEGINS = [
    "ba",
    "ce",
    "di",
    "el",
    "fa",
    "go",
    "he",
    "in",
    "jo",
    "ka",
    "le",
    "mi",
    "na",
    "or",
    "pe",
    "ra",
    "so",
    "ti",
    "ur",
    "va",
    "we",
    "yo",
]

TABLES = ("organisations_organisation", "organisations_address", "organisations_identifier", "organisations_sector",
          "organisations_contactpoint", "organisations_serves", "organisations_service", "organisations_exchange",
          "communities_community", "communities_measure", "communities_figure", "people_person", "people_personcontact",
          "people_role", "people_leadership", "tags_tagging", "journal_entry", "journal_mention", "search_document")  # fmt: skip
"""What is written here and by `neighbours.py`, without their indexes until all is there."""


def begin() -> None:
    """The database with the small world of the house tests, made through the services; in one that is there, what came since."""
    import loading
    from django.core.management import call_command
    from django.db import connection

    from barnraise.config.sample_town import change_whole_town
    from barnraise.plumbing.accounts.models import Account
    from barnraise.who.organisations.models import Organisation
    from tests.house import world

    with loading.unchecked():
        call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        call_command("createcachetable", verbosity=0)
    if not Organisation.objects.exists():
        world.build()
        return
    change_whole_town("add")
    people = {name: Account.objects.get(email=f"{name}@example.org") for name in world.CAST}
    for part in world.parts():
        if any(make() is None for make in part.EXAMPLES.values()):
            part.build(people)


def fill(count: int, people: int = 0) -> None:
    """Make the database and fill it, unless it is filled already. Minutes on a small machine. `people`: three for ten organisations."""
    import loading
    import neighbours
    from django.db import connection, transaction
    from django.db.models import Max

    from barnraise.plumbing.search.models import SearchDocument
    from barnraise.who.organisations.models import Organisation

    begin()
    if Organisation.objects.count() >= count and neighbours.are_there(count, people):
        return
    started = time.monotonic()
    highest = SearchDocument.objects.aggregate(top=Max("pk"))["top"] or 0
    with loading.unguarded(), loading.bare(*TABLES):
        if Organisation.objects.count() < count:
            with transaction.atomic():
                for table, columns, rows in _tables(count):
                    _write(table, columns, rows)
        neighbours.fill(count, people)
        loading.index_documents(highest)
    loading.count_on(*TABLES)
    if (
        connection.vendor == "postgresql"
    ):  # its autovacuum would do so within minutes; on SQLite the product never does
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(f"{count:,} organisations and what hangs on them written in {time.monotonic() - started:.0f} s")


def _write(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Columns that are not named get what the model gives them."""
    from django.db import connection

    further = _further(table, columns)
    columns = ", ".join([columns, *further])
    rest = tuple(further.values())
    rows = (row + rest for row in rows) if rest else rows

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:  # type: ignore[attr-defined]
                for row in rows:
                    copy.write_row(row)
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            cursor.execute(f"SELECT setval({sequence}, (SELECT max(id) FROM {table}))")
            return
        places = ", ".join(["?"] * (columns.count(",") + 1))
        cursor.cursor.connection.executemany(  # the driver's own: Django would rewrite every parameter list
            f"INSERT INTO {table} ({columns}) VALUES ({places})",
            map(_plain, rows),
        )


def _further(table: str, columns: str) -> dict[str, Any]:
    """Columns that have to be filled and are not named, with their defaults."""
    from django.apps import apps

    named = {one.strip().strip('"') for one in columns.split(",")}
    (model,) = (one for one in apps.get_models(include_auto_created=True) if one._meta.db_table == table)
    fields = (one for one in model._meta.concrete_fields if not one.null and not one.primary_key)
    wanted = {one.column: one.get_default() for one in fields if one.column not in named}
    return {
        name: json.dumps(value) if isinstance(value, dict | list) else value for name, value in wanted.items()
    }


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else cell for cell in row)


def _names(count: int) -> list[str]:
    dice = random.Random(SEED)
    towns = [(dice.choice(BEGINS) + dice.choice(BEGINS) + dice.choice(ENDS)).title() for _ in range(5_000)]
    return [f"{dice.choice(towns)} {dice.choice(towns)} {dice.choice(NOUNS)}" for _ in range(count)]


def _first(model: Any) -> int:
    from django.db.models import Max

    return int(model.objects.aggregate(top=Max("pk"))["top"] or 0) + 1


def _tables(count: int) -> Iterator[tuple[str, str, Iterable[tuple[Any, ...]]]]:
    """(table, columns, rows) in an order that foreign keys allow."""
    from barnraise.foundation.text import fold
    from barnraise.plumbing.accounts.models import Account
    from barnraise.plumbing.journal.models import Entry, Mention
    from barnraise.plumbing.search.folding import indexed_words
    from barnraise.plumbing.search.models import SearchDocument
    from barnraise.plumbing.tags.models import Tag, Tagging
    from barnraise.who.communities.models import Community
    from barnraise.who.organisations import models

    names = _names(count)
    first = _first(models.Organisation)
    keys = range(first, first + count)
    source = models.Source.objects.order_by("pk")[0].pk
    tags = list(Tag.objects.order_by("pk").values_list("pk", flat=True))
    places = list(Community.objects.order_by("pk").values_list("pk", flat=True))
    author = Account.objects.order_by("pk")[0].pk
    dice = random.Random(SEED + 1)
    towns = [name.split()[0] for name in names[:2_000]]
    said = "visible"
    document = SearchDocument.objects.filter(kind=KIND).first()
    said = document.visibility if document else said

    def moment(at: int) -> datetime:
        return START + timedelta(seconds=(at * 7919) % 20_000_000)

    yield (
        "organisations_organisation",
        "id, uuid, name, name_folded, kind, mission, status, employees_band, income_currency, capacity_per, hours, hours_note, "
        "is_own, is_sample, facts, "
        "city, region, country, lat, lon, is_approximate, source_id, source_at, created_at, updated_at",
        (
            (key, f"{key * 0x9E3779B97F4A7C15:032x}"[-32:], name, fold(name), KINDS[at % 9], "", "closed" if at % 20 == 0 else "active",
             "", "", "", "[]", "", False, False, "{}", towns[at % 2000], "WY", "US", *_point(at), False, source, START, START, moment(at))
            for at, (key, name) in enumerate(zip(keys, names, strict=True))
        ),
    )  # fmt: skip
    yield (
        "organisations_address",
        "organisation_id, kind, lines, city, region, postcode, country, lat, lon, source, position",
        ((key, "physical", f"{at % 999} Main St", towns[at % 2000], "WY", f"{82000 + at % 900}", "US", *_point(at), "", 0)
         for at, key in enumerate(keys)),
    )  # fmt: skip
    yield (
        "organisations_identifier",
        "organisation_id, scheme, value",
        ((key, "EIN", f"{900_000_000 - at:09d}") for at, key in enumerate(keys)),
    )
    yield (
        "organisations_sector",
        "organisation_id, scheme, code",
        ((key, "NTEE", "ABCDEFGHIJKLMNOPQRSTUVWX"[at % 24] + "20") for at, key in enumerate(keys)),
    )
    yield (
        "organisations_contactpoint",
        "organisation_id, kind, value, label, position",
        ((key, "phone", f"+1307{at % 10_000_000:07d}", "", 0) for at, key in enumerate(keys) if at % 3 == 0),
    )
    yield (
        "organisations_serves",
        "organisation_id, community_id",
        ((key, places[dice.randrange(len(places))]) for key in keys if key % 2),
    )
    tagging = _first(Tagging)
    yield (
        "tags_tagging",
        "id, tag_id, kind, key",
        ((tagging + at, tags[dice.randrange(len(tags))], KIND, key) for at, key in enumerate(keys)),
    )
    yield (
        "search_document",
        "kind, key, title, title_folded, excerpt, words, visibility, updated_at",
        ((KIND, key, name, fold(name), "", indexed_words(kind=KIND, visibility=said, title=name, text=towns[at % 2000],
          identifiers=()), said, START) for at, (key, name) in enumerate(zip(keys, names, strict=True))),
    )  # fmt: skip
    entry, mention = _first(Entry), _first(Mention)
    told = range(0, count, 4)
    yield (
        "journal_entry",
        "id, at, by_id, via, verb, room, data",
        ((entry + at, START + timedelta(seconds=at), author, "desk", "organisations.registered", "organisations", "{}")
         for at in range(len(told))),
    )  # fmt: skip
    yield (
        "journal_mention",
        "id, entry_id, kind, key, title",
        ((mention + at, entry + at, KIND, keys[place], names[place]) for at, place in enumerate(told)),
    )


def _point(at: int) -> tuple[float | None, float | None]:
    """Nine of ten have coordinates."""
    return (None, None) if at % 10 == 0 else (41 + (at * 37 % 4000) / 1000, -111 + (at * 91 % 7000) / 1000)


def serving(port: int, workers: int) -> subprocess.Popen[bytes]:
    """The product's own web server with one further address, the static view; loaded as `barnraise up` loads it."""
    program = (
        "from barnraise.config.commands.opening import garbage_left_alone\n"
        "with garbage_left_alone():\n"
        "    import django; django.setup()\n"
        "    from django.core import checks; checks.run_checks()\n"
        "from barnraise.config.web import serve_web\n"
        f"serve_web(host='127.0.0.1', port={port}, workers={workers})"
    )
    return subprocess.Popen([sys.executable, "-c", program])
