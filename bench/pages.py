"""Every page a GET opens, at a million organisations: its time as a multiple of a static view on the same server.

    .venv/bin/python bench/pages.py [--count 1000000] [--data FOLDER] [--rounds 5]
    .venv/bin/python tools/postgres.py .venv/bin/python bench/pages.py

Limit: a Django view that answers a constant behind the same middlewares, login and server. Each round asks the static view
five times and the page once; figures are medians of rounds. Goal: no page above 40 (map and exports apart).
"""

from __future__ import annotations

import argparse
import statistics

import asking

GOAL = 40.0
EXTRA = (
    "who/organisations/?kind=school",
    "who/organisations/?kind=school&sort=-updated_at",
    "who/organisations/?kind=school&kind=health",
    "who/organisations/?kind=media",
    "who/organisations/?city=Ba&sort=city",
    "who/organisations/?name=food",
    "who/organisations/?name=zzyzx",
    "who/organisations/?name=raberg",
    "who/organisations/?name=zq",
    "who/organisations/?name=ba",
    "who/organisations/?name=food&kind=school",
    "who/organisations/?scheme=EIN",
    "who/organisations/?scheme=GB-CHC",
    "who/organisations/?status=closed",
    "who/organisations/?placed=0",
    "who/organisations/?region=WY",
    "who/organisations/?region=ZZ",
    "who/organisations/?source=1",
    "who/organisations/?tag=1",
    "who/organisations/?tag=1&kind=school",
    "who/organisations/?tag=1&sort=-updated_at",
    "who/organisations/?tag=1&tag=2",
    "who/organisations/?community=1",
    "who/organisations/?community=1&community=2",
    "who/organisations/?sector=NTEE%3AA",
    "who/organisations/?sector=NTEE%3AA&kind=faith",
    "who/organisations/?at=m",
    "search?q=food",
    "search?q=foood+bnak",
)


def main() -> None:
    asks = argparse.ArgumentParser()
    asks.add_argument("--count", type=int, default=1_000_000)
    asks.add_argument("--data", default="")
    asks.add_argument("--rounds", type=int, default=5)
    given = asks.parse_args()
    asking.begin(given.data)
    import million

    million.fill(given.count)
    from django.db import connections

    from tests.house.addresses import pages

    paths = [
        (one["name"], one["path"]) for one in pages(make_world=False) if not one["name"].startswith("bench")
    ]
    paths += [("narrowed", "/" + path) for path in EXTRA]
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


def measure(port: int, cookie: str, paths: list[tuple[str, str]], rounds: int) -> None:
    """Print the table, slowest first."""
    asker = asking.Asker(port, cookie)
    for _ in range(100):
        asker.get("/bench-static/")
    found = []
    for name, path in paths:
        if "logout" in name:
            continue
        warm, status = asking.milliseconds(asker, path)
        limits, times = [], []
        for _ in range(rounds if warm < 2000 else 1):
            limits += [asking.milliseconds(asker, "/bench-static/")[0] for _ in range(5)]
            times.append(asking.milliseconds(asker, path)[0])
        limit, product = statistics.median(limits), statistics.median(times)
        found.append((product / limit, product, limit, status, name, path))
    found.sort(reverse=True)
    print(f"{'page':<34}{'status':>7}{'limit ms':>10}{'page ms':>10}{'ratio':>8}  address")
    for ratio, product, limit, status, name, path in found:
        print(f"{name:<34}{status:>7}{limit:>10.2f}{product:>10.1f}{ratio:>8.1f}  {path}")
    slow = [one for one in found if one[0] > GOAL and one[4] != "narrowed"]
    print(f"{len(found)} addresses; pages above {GOAL:.0f}: {len(slow)}; slowest {found[0][0]:.1f}")


if __name__ == "__main__":
    main()
