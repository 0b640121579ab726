"""Who fits our asks, at a million organisations that give 600,000 things: the page against a static view.

    .venv/bin/python bench/fit.py [--count 1000000] [--data FOLDER] [--rounds 9]
    .venv/bin/python tools/postgres.py .venv/bin/python bench/fit.py

Limit: a Django view that answers a constant behind the same middlewares, login and server. Both are asked in turn; only the
ratios are claims. Beside the ranking: the list of gives and seeks, and the page of an organisation that gives something.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Iterator
from typing import Any

import asking

GIVES = 600_000
KINDS = (("money", "money", "USD"), ("in_kind", "meals", ""), ("volunteers", "people", ""), ("space", "places", ""),
         ("expertise", "hours", ""), ("reach", "people", ""))  # fmt: skip
WORDS = ("Warm meals", "Volunteers", "Hall", "Bookkeeping", "Newsletter", "Grant", "Laptops", "Interpreters")
MIDDLE = (43.0, -107.5)
COLUMNS = (
    "uuid, organisation_id, direction, kind, what, what_folded, condition, amount, unit, currency, per, months, season_from,"
    " season_until, status, sectors, lat, lon, created_at, updated_at"
)


def fill(count: int) -> None:
    """The million of `million.py`, our own organisation in the middle of it, and what they give."""
    import million
    from django.db import connection

    from barnraise.who.organisations.models import Concerns, Exchange, Organisation

    million.fill(count)
    if Exchange.objects.count() > GIVES // 2:
        return
    ours = Organisation.objects.filter(is_own=True)
    ours.update(lat=MIDDLE[0], lon=MIDDLE[1])
    Concerns.objects.filter(exchange__organisation__is_own=True).delete()
    million._write("organisations_exchange", COLUMNS, _gives(list(_placed())))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _placed() -> Iterator[tuple[int, float | None, float | None]]:
    from barnraise.who.organisations.models import Organisation

    rows = Organisation.objects.filter(is_own=False).values_list("pk", "lat", "lon")
    yield from rows.iterator(chunk_size=10_000)


def _gives(owners: list[tuple[int, float | None, float | None]]) -> Iterator[tuple[Any, ...]]:
    import million

    dice = random.Random(3)
    for number in range(GIVES):
        key, lat, lon = owners[dice.randrange(len(owners))]
        kind, unit, currency = dice.choice(KINDS)
        what = f"{dice.choice(WORDS)} {number % 1000}"
        months = dice.choice((0, 0, 0, 0b111000000111))
        yield (
            f"{number * 0x9E3779B97F4A7C15 + 1:032x}"[-32:], key, "gives", kind, what, what.lower(), "",
            dice.randint(1, 10_000), unit, currency, dice.choice(("", "week", "month", "year")), months, "", "",
            "open" if number % 7 else "ended", "[]", lat, lon, million.START, million.START,
        )  # fmt: skip


def main() -> None:
    asks = argparse.ArgumentParser()
    asks.add_argument("--count", type=int, default=1_000_000)
    asks.add_argument("--data", default="")
    asks.add_argument("--rounds", type=int, default=9)
    given = asks.parse_args()
    asking.begin(given.data)
    import million

    fill(given.count)
    from django.db import connections

    from barnraise.who.organisations.models import Exchange

    rows = Exchange.objects.filter(direction="gives", status="open", organisation__is_own=False).order_by(
        "-pk"
    )
    one = rows.select_related("organisation")[0]
    ask = Exchange.objects.filter(organisation__is_own=True, direction="seeks").order_by("pk")[0]
    page = "/who/organisations/"
    paths = [
        f"{page}fit/",
        f"{page}fit/?ask={ask.pk}",
        f"{page}fit/?as=asks",
        f"{page}fit/?within=25",
        f"{page}fit/?kind=faith&kind=business",
        f"{page}exchanges/?sort=what_folded",
        f"{page}exchanges/?direction=gives&now=1",
        f"{page}exchanges/?kind=space",
        f"{page}{one.organisation.uuid}/",
    ]
    cookie = asking.cookie_of("ada@example.org")
    connections.close_all()
    port = asking.free_port()
    server = million.serving(port, 1)
    try:
        asking.wait_for(port)
        measure(port, cookie, paths, given.rounds)
    finally:
        server.terminate()
        server.wait(20)


def measure(port: int, cookie: str, paths: list[str], rounds: int) -> None:
    """Medians of rounds in which the static view and every page are asked in turn."""
    asker = asking.Asker(port, cookie)
    limits: list[float] = []
    times: dict[str, list[float]] = {path: [] for path in paths}
    for _ in range(50):
        asker.get("/bench-static/")
    for _ in range(rounds):
        for path in paths:
            limits.append(asking.milliseconds(asker, "/bench-static/")[0])
            took, status = asking.milliseconds(asker, path)
            times[path].append(took)
            if status != 200:
                print(f"{path} answered {status}")
    limit = statistics.median(limits)
    print(f"static view {limit:.1f} ms")
    for path in paths:
        took = statistics.median(times[path])
        print(f"{took:8.0f} ms  {took / limit:7.1f} x  {path}")


if __name__ == "__main__":
    main()
