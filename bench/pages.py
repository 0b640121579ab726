"""Every page a GET opens, at a million organisations: its time as a multiple of a static view on the same server.

    .venv/bin/python bench/pages.py [--count 1000000] [--data FOLDER] [--rounds 5] [--only BEGINNING]
    .venv/bin/python tools/postgres.py .venv/bin/python bench/pages.py

Limit: a Django view that answers a constant behind the same middlewares, login and server. Each round asks the static view
five times and the page once. Goal: no page above 40 (map and exports apart). The ratio is of processor time, server and
database together, so that foreign load does not count; wall time, medians of rounds, stands beside.
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
    asks.add_argument("--only", default="", help="addresses that begin so, without the first slash")
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
    paths = [one for one in paths if one[1].startswith(f"/{given.only}")]
    cookie = asking.cookie_of("ada@example.org")
    database = asking.database_process()
    connections.close_all()
    port = asking.free_port()
    server = million.serving(port, 1)
    try:
        asking.wait_for(port)
        measure(port, cookie, paths, given.rounds, (server.pid, database))
    finally:
        server.terminate()
        server.wait(20)


def measure(
    port: int, cookie: str, paths: list[tuple[str, str]], rounds: int, processes: tuple[int | None, ...]
) -> None:
    """Print the table, slowest first."""
    asker = asking.Asker(port, cookie)
    for _ in range(100):
        asker.get("/bench-static/")
    found = []
    for name, path in paths:
        if "logout" in name:
            continue
        warm, status = asking.milliseconds(asker, path)
        limits, pages = [], []
        for _ in range(rounds if warm < 5000 else 1):
            limits.append(computed(asker, "/bench-static/", 5, processes))
            pages.append(computed(asker, path, 1, processes))
        (limit, limit_wall), (page, page_wall) = (
            (statistics.median(column) for column in zip(*rows, strict=True)) for rows in (limits, pages)
        )
        found.append((page / limit, page, limit, page_wall / limit_wall, page_wall, status, name, path))
        if page / limit > GOAL:
            print(f"above: {page / limit:.1f} {name} {path}", flush=True)
    found.sort(reverse=True)
    print(
        f"{'page':<30}{'status':>7}{'limit ms':>10}{'page ms':>9}{'ratio':>7}{'wall ms':>9}{'ratio':>7}  address"
    )
    for ratio, page, limit, wall_ratio, wall, status, name, path in found:
        print(
            f"{name:<30}{status:>7}{limit:>10.2f}{page:>9.1f}{ratio:>7.1f}{wall:>9.1f}{wall_ratio:>7.1f}  {path}"
        )
    slow = [one for one in found if one[0] > GOAL and one[6] != "narrowed"]
    narrowed = sum(one[0] > GOAL for one in found) - len(slow)
    print(
        f"{len(found)} addresses; above {GOAL:.0f}: {len(slow)} pages, {narrowed} narrowed lists; slowest {found[0][0]:.1f}"
    )


def computed(
    asker: asking.Asker, path: str, times: int, processes: tuple[int | None, ...]
) -> tuple[float, float]:
    """(milliseconds of processor time, milliseconds until the answer was here), of one request on average."""
    before = asking.processor_time(*processes)
    wall = sum(asking.milliseconds(asker, path)[0] for _ in range(times))
    return (asking.processor_time(*processes) - before) / times, wall / times


if __name__ == "__main__":
    main()
