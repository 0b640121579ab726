"""Search over a million titles: limit, product and ratio of one interleaved run, on one database.

    .venv/bin/python bench/search.py [--titles 1000000]          SQLite in a folder of its own
    DATABASE_URL=postgresql://... .venv/bin/python bench/search.py

Limits: for beginnings of titles one bare B-tree look-up by the database driver; for mistyped queries rapidfuzz over
all titles in memory (one process, at least 60 of 100). The product is `selectors.find` with its
policies and labels, and the database step inside it alone. Made-up titles, always the same.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("BARNRAISE_DATA", tempfile.mkdtemp(prefix="barnraise-bench-search-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "barnraise.config.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from rapidfuzz import fuzz, process  # noqa: E402

from barnraise.foundation.roles import Role  # noqa: E402
from barnraise.plumbing.accounts.models import Account  # noqa: E402
from barnraise.plumbing.search import services  # noqa: E402
from barnraise.plumbing.search.folding import tokens  # noqa: E402
from barnraise.plumbing.search.models import SearchDocument  # noqa: E402
from barnraise.plumbing.search.ranking import best  # noqa: E402
from barnraise.plumbing.search.selectors import find  # noqa: E402
from barnraise.plumbing.search.selectors.asked import Asked  # noqa: E402
from barnraise.plumbing.search.selectors.find import _ENGINES, candidates  # noqa: E402
from barnraise.plumbing.search.sockets import Document, Documents, documents  # noqa: E402

KIND = "bench.organisation"
SYLLABLES = (
    "ba be bi bo bu ca ce co da de di do el en fa fi ga ge ha he in ja jo ka ke la le li lo ma me mi mo na ne "
    "ni no pa pe ra re ri ro sa se si so ta te ti to va ve vi wa we wi ya zu ster berg ton ville field ford land"
)
NOUNS = (
    "Food Bank,Community Foundation,Church of Christ,Parent Teacher Association,Youth Soccer League,"
    "Historical Society,Volunteer Fire Department,Public Library Friends,Animal Rescue,Housing Authority,"
    "Senior Center,Arts Council,Booster Club,Hospital Auxiliary,Rotary Club,Legal Aid Society,Land Trust,"
    "Elementary School,Ministries,Health Clinic"
)


def titles(count: int) -> list[str]:
    """That many made-up names of organisations."""
    chance = random.Random(7)
    syllables, nouns = SYLLABLES.split(), NOUNS.split(",")
    places = [
        "".join(chance.choice(syllables) for _ in range(chance.choice((2, 3, 3, 4)))).title()
        for _ in range(20_000)
    ]
    shapes: list[Callable[[], str]] = [
        lambda: f"{chance.choice(places)} {chance.choice(nouns)}",
        lambda: f"{chance.choice(places)} {chance.choice(places)} {chance.choice(nouns)}",
        lambda: f"{chance.choice(nouns)} of {chance.choice(places)} {chance.randint(1, 9999)}",
    ]
    return [shapes[chance.choice((0, 0, 0, 1, 1, 2))]() for _ in range(count)]


def mistyped(title: str, chance: random.Random) -> str:
    """The title with one slip in its longest word: a letter left out, two swapped, or a wrong one."""
    words = title.split()
    place = max(range(len(words)), key=lambda at: len(words[at]))
    word, at = words[place], chance.randrange(1, len(words[place]) - 1)
    words[place] = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + "e" + word[at + 1 :],
        )
    )
    return " ".join(words)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """(milliseconds, result)"""
    start = time.perf_counter()
    result = work()
    return (time.perf_counter() - start) * 1000, result


def report(what: str, limit: str, limits: list[float], product: list[float], goal: str) -> None:
    """One line: medians in milliseconds and the ratio product / limit."""
    low, middle = statistics.median(limits), statistics.median(product)
    high = sorted(product)[int(len(product) * 0.9)]
    print(
        f"{what:<34} limit {low:9.3f} ms ({limit}) | product {middle:8.3f} ms, 9 of 10 below {high:8.3f} "
        f"| ratio {middle / low:8.3f} | goal {goal}"
    )


def fill(names: list[str]) -> None:
    """Index the names through the service, as an import does."""
    documents.plug(
        KIND,
        Documents(noun="organisation", read=lambda keys: [Document(key, names[key]) for key in keys]),
    )
    probe = SearchDocument.objects.filter(kind=KIND, key=len(names) - 1, title=names[-1])
    if probe.exists() and SearchDocument.objects.filter(kind=KIND).count() == len(names):
        return
    start = time.perf_counter()
    for first in range(0, len(names), 10_000):
        services.index(KIND, range(first, min(first + 10_000, len(names))))
    print(f"indexed {len(names) / (time.perf_counter() - start):,.0f} titles/s through the service")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE search_document")


def bare_look_up(prefix: str) -> Any:
    """The limit for beginnings: the driver, one statement, one index."""
    connection.ensure_connection()
    driver = connection.connection
    if isinstance(driver, sqlite3.Connection):
        return driver.execute(
            "SELECT title FROM search_document WHERE kind = ? AND title_folded >= ? AND title_folded < ? ORDER BY title_folded LIMIT 20",
            (KIND, prefix, prefix + "\U0010ffff"),
        ).fetchall()
    return driver.execute(
        "SELECT title FROM search_document WHERE kind = %s AND title_folded ~>=~ %s AND title_folded ~<~ %s "
        "ORDER BY title_folded USING ~<~ LIMIT 20",
        (KIND, prefix, prefix + "\U0010ffff"),
    ).fetchall()


def brute_force(query: str, folded: list[str]) -> Any:
    """The limit for slips: every title in memory, the best twenty kept."""
    return process.extract(query, folded, scorer=fuzz.ratio, limit=20, score_cutoff=60)


def pieces_step(query: str) -> Any:
    """The product's step for slips alone: pieces, pairs, candidates, likeness."""
    engine = _ENGINES[connection.vendor]
    asked = Asked.of(query, kinds=[KIND], labels=["team"], most=20)
    rows = candidates(engine, asked)
    return [rows[at].title for at, _ in best(asked.words, [row.title_folded for row in rows], most=20)], len(
        rows
    )


def main() -> None:
    """Fill, then ask in rounds."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--titles", type=int, default=1_000_000)
    arguments.add_argument("--queries", type=int, default=100)
    wanted = arguments.parse_args()
    call_command("migrate", "search", verbosity=0)
    names = titles(wanted.titles)
    fill(names)
    actor = Account(role=Role.VIEWER, is_active=True)
    folded = [" ".join(tokens(name)) for name in names]
    chance = random.Random(11)
    asked = [chance.choice(names) for _ in range(wanted.queries)]
    find("warm up the house", actor=actor)
    numbers: dict[str, list[float]] = {
        name: [] for name in ("bare", "step", "prefix", "words", "brute", "pieces", "slip")
    }
    right, candidates = 0, []
    for name in asked:
        start, slip = " ".join(tokens(name))[:5], mistyped(name, chance)
        first, *_, last = tokens(name)
        step = Asked.of(start, kinds=[KIND], labels=["team"], most=20)
        numbers["bare"].append(timed(lambda: bare_look_up(start))[0])  # noqa: B023
        numbers["step"].append(timed(lambda: _ENGINES[connection.vendor].by_title(step))[0])  # noqa: B023
        numbers["prefix"].append(timed(lambda: find(start, actor=actor))[0])  # noqa: B023
        numbers["words"].append(timed(lambda: find(f"{last[:4]} {first[:4]}", actor=actor))[0])  # noqa: B023
        numbers["brute"].append(timed(lambda: brute_force(" ".join(tokens(slip)), folded))[0])  # noqa: B023
        spent, (_, seen) = timed(lambda: pieces_step(slip))  # noqa: B023
        numbers["pieces"].append(spent)
        candidates.append(seen)
        spent, hits = timed(lambda: find(slip, actor=actor))  # noqa: B023
        numbers["slip"].append(spent)
        right += any(hit.title == name for hit in hits[:5])
    print(f"{connection.vendor}, {len(names):,} titles, {len(asked)} queries, one process")
    report("beginning of a title, step alone", "bare look-up", numbers["bare"], numbers["step"], "<= 1 ms")
    report("beginning of a title, whole find", "bare look-up", numbers["bare"], numbers["prefix"], "-")
    report("two beginnings of words, find", "bare look-up", numbers["bare"], numbers["words"], "-")
    report(
        "one slip, step alone", "rapidfuzz, all", numbers["brute"], numbers["pieces"], "<= 10 ms, ratio <= 1"
    )
    report("one slip, whole find", "rapidfuzz, all", numbers["brute"], numbers["slip"], "-")
    print(
        f"one slip: right answer among the first five {right} of {len(asked)}; candidates, median {statistics.median(candidates):.0f}"
    )


if __name__ == "__main__":
    main()
