"""SQLite as Barnraise sets it, beside Django's defaults and bare sqlite3: write transactions per second, lost ones, and
how long web writers wait beside a busy worker with and without its yield.

    python bench/sqlite_settings.py [--seconds 5]

limit: one process, bare sqlite3, the same transaction, the same settings. product: Django with our settings.
ratio: product / limit. Comparator: the same four processes with Django's default settings. Every process runs
the same transaction on the same tables: read a row, count, insert, update a counter.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from barnraise.config.databases import database

DDL = (
    "create table item (id integer primary key, name text not null, number integer not null)",
    "create index item_number on item (number)",
    "create table counter (id integer primary key, value integer not null)",
    "insert into counter values (1, 0)",
)
DEFAULTS = {"ENGINE": "django.db.backends.sqlite3"}


def options(kind: str, file: Path) -> dict:
    """Django's DATABASES entry: ours, or the defaults."""
    ours = database("", file.parent)
    return {**(ours if kind == "ours" else DEFAULTS), "NAME": file}


def transaction_of(kind: str, file: Path) -> Callable[[int], None]:
    """One transaction through Django's connection of this process."""
    from django.conf import settings

    settings.configure(DATABASES={"default": options(kind, file)}, INSTALLED_APPS=[])
    import django

    django.setup()
    from django.db import connection, transaction

    def act(number: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select value from counter where id = 1")
            value = cursor.fetchone()[0]
            cursor.execute("select count(*) from item where number = %s", [number % 100])
            cursor.execute("insert into item (name, number) values (%s, %s)", [f"n{number}", number % 100])
            cursor.execute("update counter set value = %s where id = 1", [value + 1])

    return act


def bare(file: Path, seconds: float) -> float:
    """The limit: transactions per second of one process without Django."""
    connection = sqlite3.connect(file, timeout=30, isolation_level=None)
    for pragma in database("", file.parent)["OPTIONS"]["init_command"].split(";"):
        connection.execute(pragma)
    done, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        connection.execute("begin immediate")
        value = connection.execute("select value from counter where id = 1").fetchone()[0]
        connection.execute("select count(*) from item where number = ?", [done % 100]).fetchone()
        connection.execute("insert into item (name, number) values (?, ?)", [f"n{done}", done % 100])
        connection.execute("update counter set value = ? where id = 1", [value + 1])
        connection.execute("commit")
        done += 1
    return done / seconds


def writer(
    kind: str, file: Path, seconds: float, pause: float, batch: int, out: multiprocessing.Queue, line: Any
) -> None:
    """Transactions until the time is over; sends (done, lost, waits in ms). `batch` of them make one of a worker's steps."""
    act = transaction_of(kind, file)
    from django.db import OperationalError, connection, transaction

    connection.ensure_connection()
    line.wait()
    done = lost = 0
    waits: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            if batch == 1:
                act(done)
            else:
                with transaction.atomic():
                    for number in range(batch):
                        act(number)
            done += batch
        except OperationalError:
            lost += 1
        waits.append((time.monotonic() - began) * 1000)
        if pause:
            time.sleep(pause)
    out.put((done, lost, waits))


def fresh() -> Path:
    """A new database with the tables."""
    file = Path(tempfile.mkdtemp(prefix="barnraise-bench-")) / "bench.sqlite3"
    connection = sqlite3.connect(file)
    for statement in DDL:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return file


def together(
    file: Path, seconds: float, plan: list[tuple[str, float, int]]
) -> list[tuple[int, int, list[float]]]:
    """Run (kind, pause, batch) side by side on one file."""
    context = multiprocessing.get_context("spawn")
    results = []
    pairs = []
    line = context.Barrier(len(plan))
    for kind, pause, batch in plan:
        out = context.Queue()
        process = context.Process(target=writer, args=(kind, file, seconds, pause, batch, out, line))
        process.start()
        pairs.append((process, out))
    for process, out in pairs:
        results.append(out.get(timeout=seconds + 120))
        process.join()
    return results


def p99(values: list[float]) -> float:
    """The 99th percentile."""
    return sorted(values)[int(len(values) * 0.99)] if values else 0.0


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=5)
    seconds = parser.parse_args().seconds
    limit = bare(fresh(), seconds)
    print(f"SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores, {seconds:g} s each")
    print(f"limit: one process, bare sqlite3, our settings: {limit:,.0f} tx/s")
    print(
        "\n| 4 writing processes | tx/s | x limit | lost | p99 ms | longest ms |\n|---|---|---|---|---|---|"
    )
    for kind, name in (("defaults", "Django's defaults"), ("ours", "Barnraise's settings")):
        found = together(fresh(), seconds, [(kind, 0, 1)] * 4)
        waits = [wait for _, _, some in found for wait in some]
        rate, lost = sum(done for done, _, _ in found) / seconds, sum(lost for _, lost, _ in found)
        print(
            f"| {name} | {rate:,.0f} | {rate / limit:.2f} | {lost} | {p99(waits):.0f} | {max(waits):,.0f} |"
        )
    from barnraise.plumbing.jobs.pace import YIELD_SECONDS

    print(
        "\n| 3 web writers, 20 ms apart, beside a busy worker | worker tx/s | web p99 ms | longest ms | lost |"
    )
    print("|---|---|---|---|---|")
    for pause, name in (
        (0.0, "without yield"),
        (YIELD_SECONDS, f"yield of {YIELD_SECONDS * 1000:g} ms after each step"),
    ):
        found = together(fresh(), seconds, [("ours", pause, 50), *[("ours", 0.02, 1)] * 3])
        waits = [wait for _, _, some in found[1:] for wait in some]
        lost = sum(lost for _, lost, _ in found)
        print(f"| {name} | {found[0][0] / seconds:,.0f} | {p99(waits):.0f} | {max(waits):,.0f} | {lost} |")


if __name__ == "__main__":
    main()
