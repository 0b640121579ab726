"""A town a thousand times the sample: 60,000 organisations, 400,000 people, 2,000,000 attendances, 4,000,000 interactions,
and all other nouns in the shares of the sample town; every page a GET opens, and every list with each filter, against a static view.

    .venv/bin/python bench/thousand.py [--scale 1000] [--data FOLDER] [--rounds 5] [--only BEGINNING] [--lists] [--fill]
    .venv/bin/python tools/postgres.py .venv/bin/python bench/thousand.py

Rows are written below the services (`crowd.py` and its rooms; `copies.py`, what rooms have that hang on others), with indexes
afterwards; a town that is there gets the rooms it lacks. Of every address the example is asked that
has the most rows: the event that 5,000 came to, the campaign to 150,000, the questionnaire that 40,000 answered. Limit and
measure: see `pages.py`. `--lists` asks every list in every order and with every filter alone; `--fill` only writes the town.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

import asking


def main() -> None:
    asks = argparse.ArgumentParser()
    asks.add_argument("--scale", type=int, default=1000)
    asks.add_argument("--data", default="")
    asks.add_argument("--rounds", type=int, default=5)
    asks.add_argument(
        "--only",
        default="",
        help="addresses that begin so, without the first slash; several with commas between",
    )
    asks.add_argument("--lists", action="store_true", help="the lists with each of their filters alone")
    asks.add_argument(
        "--interactions", type=int, default=0, help="so many instead of 4,000 for each of the scale"
    )
    asks.add_argument("--fill", action="store_true", help="write the town, and ask nothing")
    given = asks.parse_args()
    asking.begin(given.data)
    fill(given.scale, given.interactions)
    if given.fill:
        return
    import examples
    import pages
    from django.db import connections

    paths = list(narrowed()) if given.lists else examples.paths()
    paths = [one for one in paths if one[1][1:].startswith(tuple(given.only.split(",")))]
    cookie = asking.cookie_of("ada@example.org")
    database = asking.database_process()
    connections.close_all()
    port = asking.free_port()
    import million

    server = million.serving(port, 1)
    try:
        asking.wait_for(port)
        pages.measure(port, cookie, paths, given.rounds, (server.pid, database))
    finally:
        server.terminate()
        server.wait(20)


def fill(scale: int, interactions: int = 0) -> None:
    """Make the database and fill it, unless it is filled already."""
    import copies
    import crowd
    import crowd_sowhat
    import crowd_what
    import crowd_who
    import crowd_why
    import directory
    import loading
    import million
    import talks

    from barnraise.what.events.models import Registration
    from barnraise.who.interactions.models import Interaction

    organisations, people = 60 * scale, 400 * scale
    started = time.monotonic()
    rooms = (crowd_who, crowd_why, crowd_what, crowd_sowhat)
    million.begin()
    if Interaction.objects.count() >= (interactions or 4000 * scale):
        if not copies.are_there(scale):
            crowd.write(crowd.town_of(scale, people, organisations), (copies,), is_large=True)
        return
    tables = {*million.TABLES, *crowd.tables_of((*rooms, copies)), *talks.TABLES}
    with loading.unguarded(), loading.bare(*tables):
        million.fill(organisations, people)
        town = crowd.town_of(scale, people, organisations)
        if Registration.objects.count() < 2000 * scale:
            crowd.write(town, (*rooms, copies))
        house = directory.House(town.accounts, town.first_body, organisations)
        house.first_person = town.first_person
        talks.fill(interactions or 4000 * scale, people, house)
        print(f"all rows: {time.monotonic() - started:.0f} s; their indexes are made now", flush=True)
    if not loading.is_sqlite():  # autovacuum would; on SQLite the product never gathers statistics
        loading.run("VACUUM ANALYZE")
    print(f"the town is there: {time.monotonic() - started:.0f} s", flush=True)


def narrowed() -> Iterator[tuple[str, str]]:
    """Every list in its own order, in each other, and narrowed by each filter alone."""
    import filters
    from django.urls import reverse

    from tests.house.test_policies import every_url

    for name, part, _route in every_url():
        page = getattr(part.callback, "list_page", None)
        if page is not None:
            for path in filters.alone(page.name, page, reverse(name)):
                yield page.name, path


if __name__ == "__main__":
    main()
