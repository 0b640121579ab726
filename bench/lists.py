"""Lists at a million organisations: deep pages against first pages, and the page against a static view.

    .venv/bin/python bench/lists.py [--count 1000000] [--data FOLDER] [--rounds 9] [--plans]
    .venv/bin/python tools/postgres.py .venv/bin/python bench/lists.py

Deep: for every order of the list of organisations, both ways, the page at row 900,000 of a million against page 1, interleaved;
once as the whole page through its view, once its rows alone from the database. Goal: ratio <= 2. OFFSET stands beside.
Static: requests per second of the list (50 rows, tags, counts, random places in it) against a constant view behind the same
middlewares and login on the same server. Goal: ratio >= 0.05. `--plans` prints how the database walks each order and filter.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from typing import Any

import asking

ROUNDS = 9


def main() -> None:
    asks = argparse.ArgumentParser()
    asks.add_argument("--count", type=int, default=1_000_000)
    asks.add_argument("--data", default="")
    asks.add_argument("--rounds", type=int, default=ROUNDS)
    asks.add_argument("--seconds", type=float, default=3.0)
    asks.add_argument("--plans", action="store_true")
    asks.add_argument("--only", choices=("deep", "static"), help="one of the two parts")
    given = asks.parse_args()
    asking.begin(given.data)
    import million

    million.fill(given.count)
    if given.plans:
        plans()
    if given.only != "static":
        deep = cursors()
        pages_alone(deep, given.rounds)
        pages_whole(deep, given.rounds)
    if given.only != "deep":
        against_static(given.seconds, given.rounds)


def orders() -> list[str]:
    """Every order a reader may ask of the list of organisations."""
    from barnraise.who.organisations.lists import organisations

    fields = dict.fromkeys(
        [organisations.default_sort, *(column.sort for column in organisations.columns if column.sort)]
    )
    return [sign + field for field in fields for sign in ("", "-")]


def cursors() -> dict[str, str]:
    """By order: the cursor of the page that begins at nine tenths of the list, found by one OFFSET."""
    from barnraise.plumbing.ui.lists.keyset import Order, Position, ordered, pack
    from barnraise.who.organisations.models import Organisation

    rows = Organisation.objects.all()
    place = rows.count() * 9 // 10
    found = {}
    for text in orders():
        order = Order.parse(text)
        started = time.perf_counter()
        row = ordered(rows, order)[place]
        print(f"offset {place:,} by {text}: {(time.perf_counter() - started) * 1000:.0f} ms")
        found[text] = pack(Position(getattr(row, order.field), row.pk))
    return found


def timed(work: Any) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def said(what: str, limits: list[float], products: list[float], goal: float) -> None:
    """One line: medians, and the ratio product / limit."""
    limit, product = statistics.median(limits), statistics.median(products)
    best = min(products) / min(limits)
    verdict = "" if product / limit <= goal else "  not reached"
    print(
        f"{what:<46} page 1 {limit:8.2f} ms | row 900,000 {product:8.2f} ms | ratio {product / limit:5.2f} of {goal}, of best rounds {best:5.2f}{verdict}"  # noqa: E501
    )


def pages_alone(deep: dict[str, str], rounds: int) -> None:
    """The rows of a page from the database."""
    from barnraise.plumbing.ui.lists import keyset
    from barnraise.who.organisations.models import Organisation

    rows = Organisation.objects.all()
    for text, cursor in deep.items():
        order = keyset.Order.parse(text)
        limits, products = [], []
        for _ in range(rounds):
            limits.append(timed(lambda order=order: keyset.page(rows, order, "", 50)))
            products.append(timed(lambda order=order, cursor=cursor: keyset.page(rows, order, cursor, 50)))
        said(f"rows alone, by {text}", limits, products, 2)


def pages_whole(deep: dict[str, str], rounds: int) -> None:
    """The page as the server answers it."""
    import million

    cookie = asking.cookie_of("ada@example.org")
    port = asking.free_port()
    server = million.serving(port, 1)
    try:
        asking.wait_for(port)
        asker = asking.Asker(port, cookie)
        for text, cursor in deep.items():
            path = f"/who/organisations/?sort={text}"
            limits, products = [], []
            for at in range(rounds + 2):
                one, other = (asking.milliseconds(asker, p)[0] for p in (path, f"{path}&cursor={cursor}"))
                if at >= 2:
                    limits.append(one)
                    products.append(other)
            said(f"whole page, by {text}", limits, products, 2)
    finally:
        server.terminate()
        server.wait(20)


def against_static(seconds: float, rounds_wanted: int) -> None:
    """Requests per second, interleaved rounds, one and two web processes."""
    import million
    from django.db import connections

    from barnraise.plumbing.ui.lists.keyset import Position, pack
    from barnraise.who.organisations.models import Organisation

    dice = random.Random(3)
    top = Organisation.objects.order_by("-pk")[0].pk
    keys = [dice.randrange(top // 2, top) for _ in range(200)]
    starts = [
        pack(Position(name, key))
        for key, name in Organisation.objects.filter(pk__in=keys).values_list("pk", "name_folded")
    ]
    paths = [f"/who/organisations/?sort=name_folded&cursor={start}" for start in starts]
    cookie = asking.cookie_of("ada@example.org")
    connections.close_all()
    for workers in (1, 2):
        port = asking.free_port()
        server = million.serving(port, workers)
        try:
            asking.wait_for(port)
            rounds = []
            for at in range(rounds_wanted + 1):
                limit = asking.rate(port, cookie, lambda _: "/bench-static/", seconds=seconds, connections=4)
                product = asking.rate(
                    port, cookie, lambda n: paths[n % len(paths)], seconds=seconds, connections=4
                )
                if at:
                    rounds.append((product / limit, limit, product))
            ratio, limit, product = (statistics.median(column) for column in zip(*rounds, strict=True))
            verdict = "" if ratio >= 0.05 else "  not reached"
            print(
                f"static view, {workers} web: {limit:8.0f}/s | list page {product:8.1f}/s | ratio {ratio:.3f} of 0.05{verdict}"
            )
        finally:
            server.terminate()
            server.wait(20)


def plans() -> None:
    """How the database walks each order, and each filter in the usual order with its capped count."""
    from django.http import QueryDict

    from barnraise.plumbing.ui.lists import keyset
    from barnraise.plumbing.ui.lists.selection import CAP, capped_count, read
    from barnraise.who.organisations.lists import organisations

    rows = organisations.rows(None)
    for text in orders():
        print(f"\nby {text}\n{keyset.ordered(rows, keyset.Order.parse(text))[:51].explain()}")
    order = keyset.Order.parse(organisations.default_sort)
    for query in (
        "kind=school", "kind=media", "name=food", "name=zzyzx", "city=Ba", "city=Zz", "region=WY", "placed=0", "tag=1",
        "community=1", "sector=ntee%3AA", "scheme=EIN", "status=closed", "source=1",
    ):  # fmt: skip
        found = read(organisations, QueryDict(query)).rows(None)
        first = timed(lambda found=found: keyset.page(found, order, "", 50))
        counted = timed(lambda found=found: capped_count(found, CAP))
        print(
            f"\n{query}: page {first:.1f} ms, count {counted:.1f} ms\n{keyset.ordered(found, order)[:51].explain()}"
        )


if __name__ == "__main__":
    main()
