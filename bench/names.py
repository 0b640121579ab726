"""Search for people by name among all that a house of a million people and its interactions holds.

    .venv/bin/python bench/names.py [--people 1000000] [--interactions 10000000] [--data FOLDER] [--queries 100]
    .venv/bin/python tools/postgres.py .venv/bin/python bench/names.py

Limits: one bare B-tree look-up by the database driver; rapidfuzz over the names of all people in memory (one process). The
product is the database step alone, asked for people and asked for every kind, and the whole `find`. One interleaved run.
Once by the clock, and once in processor time of this process and its database together, so that foreign load does not count.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import asking
import directory

ROWS = (
    ("beginning of a name, step, people", "title", "bare", "<= 1 ms"),
    ("beginning of a name, step, all kinds", "all titles", "bare", "-"),
    ("beginning of a name, whole find", "find", "bare", "-"),
    ("one slip, step, people", "slip", "brute", "<= 10 ms, ratio <= 1"),
    ("one slip, step, all kinds", "slip in all", "brute", "-"),
    ("one slip, whole find of people", "find slip", "brute", "-"),
)

WHOLE = 10
"""So many beginnings of names are looked for in everything: that takes much longer than each step."""


def main() -> None:
    asks = argparse.ArgumentParser()
    directory.add_sizes(asks)
    asks.add_argument("--data", default="")
    asks.add_argument("--queries", type=int, default=100)
    asks.add_argument("--as-it-is", action="store_true", help="ask the house that is there")
    given = asks.parse_args()
    asking.begin(given.data)
    if not given.as_it_is:
        directory.fill(given.people, given.interactions, given.organisations)
    measure(given.queries)


def measure(queries: int) -> None:
    """Print limit, product and ratio of each."""
    import search
    from django.db import connection

    from barnraise.plumbing.accounts.models import Account
    from barnraise.plumbing.search.models import SearchDocument
    from barnraise.plumbing.search.policies import labels_for
    from barnraise.plumbing.search.selectors import find, kinds_for
    from barnraise.plumbing.search.selectors.asked import Asked
    from barnraise.plumbing.search.selectors.find import _rarity_of

    search.KIND = directory.KIND
    ada = Account.objects.get(email="ada@example.org")
    engine, labels = search._ENGINES[connection.vendor], labels_for(ada)
    folded = list(
        SearchDocument.objects.filter(kind=directory.KIND)
        .order_by("id")
        .values_list("title_folded", flat=True)
    )
    chance = random.Random(11)
    wanted = [name for name in (chance.choice(folded) for _ in range(queries * 3)) if len(name) > 8][:queries]
    everything = kinds_for(ada)
    find("warm up the house", actor=ada)
    numbers: dict[str, list[float]] = {
        name: []
        for name in ("bare", "title", "all titles", "brute", "slip", "slip in all", "find", "find slip")
    }
    computed: dict[str, list[float]] = {name: [] for name in numbers}
    right, backend = 0, _backend()

    def kept(what: str, work: Callable[[], Any]) -> Any:
        before = _computed(backend)
        spent, answer = search.timed(work)
        computed[what].append(_computed(backend) - before)
        numbers[what].append(spent)
        return answer

    def asked(text: str, kinds: Any) -> Asked:
        seen = _rarity_of(engine)
        return Asked.of(text, kinds=kinds, labels=labels, most=20, seen=seen)

    def slipped(text: str, kinds: Any) -> Any:
        step = asked(text, kinds)
        rows = search.candidates(engine, step)
        return search.best(step.words, [row.title_folded for row in rows], most=20)

    for place, name in enumerate(wanted):
        start, slip = name[:5], search.mistyped(name, chance)
        one, every = asked(start, [directory.KIND]), asked(start, everything)
        for what, work in (
            ("bare", partial(search.bare_look_up, start)),
            ("title", partial(engine.by_title, one)),
            ("all titles", partial(engine.by_title, every)),
            ("find", partial(find, start, actor=ada)),
            ("brute", partial(search.brute_force, slip, folded)),
            ("slip", partial(slipped, slip, [directory.KIND])),
            ("slip in all", partial(slipped, slip, everything)),
        ):
            if what != "find" or place < WHOLE:
                kept(what, work)
        hits = kept("find slip", partial(find, slip, actor=ada, kinds=[directory.KIND]))
        right += any(
            hit.title.casefold() == name or " ".join(search.tokens(hit.title)) == name for hit in hits[:5]
        )
    print(
        f"{connection.vendor}, {len(folded):,} people of {SearchDocument.objects.count():,} documents, {len(wanted)} queries"
    )
    for title, times in (("by the clock", numbers), ("processor time", computed)):
        print(title)
        for what, name, limit, goal in ROWS:
            search.report(
                what, "look-up" if limit == "bare" else "rapidfuzz", times[limit], times[name], goal
            )
    print(
        f"one slip: right name among the first five {right} of {len(wanted)}; median of {statistics.median(numbers['slip']):.2f} ms"
    )


def _backend() -> int | None:
    """The process of the database that answers this one; SQLite works in this one."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _computed(backend: int | None) -> float:
    """Milliseconds that this process and its backend have computed so far."""
    there = int(Path(f"/proc/{backend}/schedstat").read_text().split()[0]) / 1e6 if backend else 0.0
    return time.process_time() * 1000 + there


if __name__ == "__main__":
    main()
