"""Who fits our asks, at a million organisations that give 600,000 things: the page against a static view.

    .venv/bin/python bench/fit.py [--count 1000000] [--data FOLDER] [--rounds 9]
    .venv/bin/python tools/postgres.py .venv/bin/python bench/fit.py

Limit: a Django view that answers a constant behind the same middlewares, login and server. Both are asked in turn; only the
ratios are claims. Beside the ranking: the list of gives and seeks, and the page of an organisation that gives something.
"""

from __future__ import annotations

import argparse
import statistics

import asking

MIDDLE = (43.0, -107.5)


def fill(count: int) -> None:
    """The million of `million.py` with what they give, our own organisation in the middle of it."""
    import million

    from barnraise.who.organisations.models import Concerns, Organisation

    million.fill(count)
    ours = Organisation.objects.filter(is_own=True)
    ours.update(lat=MIDDLE[0], lon=MIDDLE[1])
    Concerns.objects.filter(exchange__organisation__is_own=True).delete()


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
