"""Every pair of filters of the large lists, at a million organisations: the page as a multiple of a static view.

    .venv/bin/python bench/filters.py [--count 1000000] [--data FOLDER] [--rounds 3] [--list NAME]
    .venv/bin/python tools/postgres.py .venv/bin/python bench/filters.py

Of a filter with choices the two that most rows pass are taken and the rarest that any passes, of a yes-or-no both answers;
texts, days and names are those in WORDS. What is above half the goal is also asked in another order (last changed first). Limit:
a Django view that answers a constant behind the same middlewares, login and server, asked in turn with the page; medians of
rounds, one round where a page is below half the goal. Each page is asked once before it is timed. Goal: no page
above 40. The ratio is of processor time, server and database together, so that foreign load does not count.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import asking
from pages import GOAL, computed

URLS = {
    "organisations": "organisations:list",
    "people": "people:list",
    "exchanges": "organisations:exchanges",
    "services": "organisations:services",
    "figures": "communities:figures",
    "interactions": "interactions:list",
    "next_steps": "interactions:steps",
}
WORDS: dict[str, tuple[dict[str, str], ...]] = {
    "organisations.name": ({"name": "food"}, {"name": "raberg"}),
    "organisations.city": ({"city": "B"}, {"city": "Ba"}),
    "organisations.region": ({"region": "W"},),
    "people.name": ({"name": "ana"}, {"name": "raberg"}),
    "people.organisation": ({"organisation": "ba"},),
    "people.term": ({"term_from": "2026-01-01"},),
    "people.city": ({"city": "B"},),
    "exchanges.what": ({"what": "hall"}, {"what": "hall 77"}),
    "exchanges.until": ({"until_from": "2026-01-01"},),
    "services.words": ({"words": "clinic"}, {"words": "dental care 77"}),
    "services.checked": ({"checked_from": "2025-06-01"},),
    "figures.until": ({"until_from": "2024-01-01"},),
    "interactions.text": ({"text": "hall"},),
    "interactions.day": ({"day_from": "2026-01-01"},),
    "next_steps.due": ({"due_from": "2026-01-01"},),
    "next_steps.text": ({"text": "flyers"},),
}
OTHER, CHANGED = "&sort=-updated_at", ("organisations", "people", "exchanges", "figures", "interactions")


def main() -> None:
    asks = argparse.ArgumentParser()
    asks.add_argument("--count", type=int, default=1_000_000)
    asks.add_argument("--data", default="")
    asks.add_argument("--rounds", type=int, default=3)
    asks.add_argument("--list", choices=sorted(URLS))
    given = asks.parse_args()
    asking.begin(given.data)
    import million

    million.fill(given.count)
    from django.db import connections

    found = {
        name: list(dict.fromkeys(addresses(name))) for name in ([given.list] if given.list else sorted(URLS))
    }
    cookie = asking.cookie_of("ada@example.org")
    database = asking.database_process()
    connections.close_all()
    port = asking.free_port()
    server = million.serving(port, 1)
    try:
        asking.wait_for(port)
        asker = asking.Asker(port, cookie)
        for _ in range(100):
            asker.get("/bench-static/")
        for name, paths in found.items():
            measure(name, asker, paths, given.rounds, (server.pid, database))
    finally:
        server.terminate()
        server.wait(20)


def addresses(name: str) -> Iterator[str]:
    """Each filter alone, and each pair of filters; one filter that asks for all of its values twice."""
    from django.urls import reverse

    from barnraise.plumbing.ui.lists import lists

    start = reverse(URLS[name])  # loads the addresses, and with them the lists
    page = lists.get(name)
    asked = [[(filter_, query) for query in queries(name, page, filter_)] for filter_ in page.filters]
    alone = [query for of_one in asked for _filter, query in of_one]
    pairs = [
        {**one, **other}
        for (_, these), (_, those) in itertools.combinations(list(enumerate(asked)), 2)
        for (_, one), (_, other) in itertools.product(these, those)
    ]
    twice = [
        {key: [one[key], other[key]] for key in one}
        for of_one in asked
        for (filter_, one), (_, other) in itertools.combinations(of_one, 2)
        if getattr(filter_, "is_all", False)
    ]
    for query in [*alone, *pairs, *twice]:
        yield f"{start}?{urlencode(query, doseq=True)}"


def alone(name: str, page: Any, start: str) -> Iterator[str]:
    """The list as it comes, in each of its orders, and narrowed by each filter alone."""
    yield start
    for sort in dict.fromkeys(column.sort for column in page.columns if column.sort):
        yield from (f"{start}?{urlencode({'sort': order})}" for order in (sort, f"-{sort}"))
    for filter_ in page.filters:
        for query in queries(name, page, filter_):
            yield f"{start}?{urlencode(query, doseq=True)}"


def queries(name: str, page: Any, filter_: Any) -> Iterator[dict[str, str]]:
    """What is asked of one filter."""
    from barnraise.plumbing.ui.lists import DateFilter, PickFilter, TextFilter
    from barnraise.plumbing.ui.lists.filters import BooleanFilter, ChoiceFilter, _choices
    from barnraise.who.audiences.models import Audience
    from barnraise.who.audiences.narrowing import AudienceFilter

    key = f"{name}.{filter_.name}"
    if key in WORDS:
        yield from WORDS[key]
    elif isinstance(filter_, BooleanFilter):
        yield from ({filter_.name: answer} for answer in "10")
    elif isinstance(filter_, TextFilter):
        yield from ({filter_.name: word} for word in ("b", "garden", "zzyzx"))
    elif isinstance(filter_, DateFilter):
        yield from ({f"{filter_.name}_from": day} for day in ("2026-01-01", "2030-01-01"))
        yield {f"{filter_.name}_to": "2025-06-30"}
    elif isinstance(filter_, PickFilter):
        keys = filter_._all().order_by("pk").values_list("pk", flat=True)
        yield from ({filter_.name: str(key)} for key in [*keys[:1], *keys[100:101]])
        yield {filter_.name: "garden"}
    elif isinstance(filter_, AudienceFilter):
        uuids = Audience.objects.order_by("pk").values_list("uuid", flat=True)
        yield from ({filter_.name: str(uuid)} for uuid in [*uuids[:1], *uuids[100:106]])
    elif isinstance(filter_, ChoiceFilter):
        rows = page.rows(None)
        sizes = [
            (filter_.narrow(rows, [value])[:20_000].count(), value)
            for value, _label in _choices(filter_.options)[:12]
        ]
        common = sorted((one for one in sizes if one[0]), reverse=True)
        for _size, value in dict.fromkeys([*common[:2], *common[-1:]]):
            yield {filter_.name: value}


def measure(
    name: str, asker: asking.Asker, paths: list[str], rounds: int, processes: tuple[int | None, ...]
) -> None:
    """Print what is above the goal, slowest first, and the slowest of all."""
    found = []
    for path in paths:
        status = asking.milliseconds(asker, path)[1]
        limits, pages = [], []
        for _ in range(rounds):
            limits.append(computed(asker, "/bench-static/", 5, processes)[0])
            pages.append(computed(asker, path, 1, processes)[0])
            if pages[0] < limits[0] * GOAL / 2:
                break
        limit, page = statistics.median(limits), statistics.median(pages)
        found.append((page / limit, page, limit, status, path))
        if page > limit * GOAL / 2 and not path.endswith(OTHER) and name in CHANGED:
            paths.append(path + OTHER)
    found.sort(reverse=True)
    slow = [one for one in found if one[0] > GOAL]
    print(
        f"{name}: {len(found)} addresses, above {GOAL:.0f}: {len(slow)}; median {found[len(found) // 2][0]:.1f}"
    )
    for ratio, page, limit, status, path in found[: max(5, len(slow))]:
        print(f"{ratio:7.1f} x {page:8.1f} ms of {limit:.2f}, status {status}  {path}")


if __name__ == "__main__":
    main()
