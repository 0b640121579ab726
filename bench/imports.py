"""Import of BMF-shaped rows: the product against row-by-row full_clean + save that writes the same rows.

    python bench/imports.py [ROWS]          on SQLite; `python tools/postgres.py python bench/imports.py` on PostgreSQL

Both sides write organisations, identifiers, names, sectors, addresses, undo records, listings and search documents into
the same tables with the same indexes. The comparator works in one transaction per organisation, which is kinder to it
than saving every row by itself. It is timed over SLOW_ROWS rows before the product's ROWS and over as many after them: its
cost of a row does not grow with the table, both numbers are printed, and the ratio is of their mean. Goal: ratio >= 20.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import asking

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 100_000
SLOW_ROWS = 2_000
SMALL = 20_000


def write_rows(path: Path, rows: int, first: int = 0) -> None:
    """A file of the register's 28 columns with made-up organisations."""
    from barnraise.who.organisations.formats.irs_bmf import COLUMNS

    dice = random.Random(7)
    words = "river valley hope light friends youth arts garden harbor bridge summit prairie willow cedar".upper().split()
    towns = [
        "CHEYENNE",
        "CASPER",
        "LARAMIE",
        "SHERIDAN",
        "CODY",
        "JACKSON",
        "RAWLINS",
        "LANDER",
        "POWELL",
        "DOUGLAS",
    ]
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(COLUMNS) + "\r\n")
        for number in range(first, first + rows):
            name = f"{dice.choice(words)} {dice.choice(words)} {dice.choice(('FUND', 'CLUB', 'CENTER', 'INC'))} {number % 997}"
            money = str(dice.randrange(10**6)) if dice.random() < 0.8 else ""
            cells = [
                f"{10_000_000 + number:09d}",
                name,
                f"% PERSON {number % 89}",
                f"{number % 999} MAIN ST",
                dice.choice(towns),
                "WY",
                f"82{number % 1000:03d}-{number % 10000:04d}",
                "0000",
                "03",
                "3",
                "1000",
                f"{1950 + number % 70}01",
                "1",
                "15",
                "000000000",
                "1",
                "01",
                "202412",
                "3",
                "3",
                "01",
                "0",
                "12",
                money,
                money,
                money,
                f"{dice.choice('ABEPX')}{dice.choice('2345')}0" if dice.random() < 0.7 else "",
                f"SORT {number % 71}" if dice.random() < 0.25 else "",
            ]
            out.write(",".join(cells) + "\r\n")


def product(path: Path) -> float:
    """Seconds that the run of an import takes, from its start to its journal entry; recognising the file included."""
    from barnraise.plumbing.imports import services
    from barnraise.plumbing.jobs.services import follow

    begun = time.perf_counter()
    with path.open("rb") as file:
        batch = services.give(files=[file], by=None)
    job = services.start_run(batch=batch, by=None)
    done = follow(job=job)
    taken = time.perf_counter() - begun
    assert done.state == "done", done.error
    return taken


def row_by_row(path: Path) -> float:
    """Seconds that the comparator takes for the rows of a file."""
    import csv
    import hashlib
    import json

    from django.db import transaction
    from django.utils import timezone

    from barnraise.foundation.text import fold
    from barnraise.plumbing.imports.models import Import, Listing, Series
    from barnraise.plumbing.journal.models import Change, ChangeSet
    from barnraise.plumbing.search.folding import indexed_words, tokens
    from barnraise.plumbing.search.models import SearchDocument
    from barnraise.who.organisations import models
    from barnraise.who.organisations.formats.irs_bmf import FACTS, kind_of
    from barnraise.who.organisations.sectors import label

    def keep(row: object, *, blank: tuple[str, ...] = ()) -> None:
        row.full_clean(exclude=blank)  # type: ignore[attr-defined]
        row.save()  # type: ignore[attr-defined]

    batch = Import.objects.create(noun="organisations")
    series = Series.objects.create(noun="organisations", source="comparator")
    changes = ChangeSet.objects.create(
        verb="bench.ran", created_at=timezone.now(), undo_until=timezone.now(), entry_floor=0
    )
    source, _ = models.Source.objects.get_or_create(
        kind="register", reference="bench", defaults={"name": "bench"}
    )
    begun = time.perf_counter()
    with path.open(newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            now = timezone.now()
            with transaction.atomic():
                amount = int(row["INCOME_AMT"]) * 100 if row["INCOME_AMT"] else None
                facts = {name: row[name] for name in FACTS if row[name]}
                one = models.Organisation(
                    name=row["NAME"],
                    name_folded=fold(row["NAME"]),
                    kind=kind_of(row["NTEE_CD"], row["FOUNDATION"]),
                    income_amount=amount,
                    income_currency="USD" if amount is not None else "",
                    income_year=int(row["TAX_PERIOD"][:4]) if amount is not None else None,
                    facts=facts,
                    city=row["CITY"],
                    region=row["STATE"],
                    country="US",
                    source=source,
                    source_at=now,
                    created_at=now,
                    updated_at=now,
                )
                keep(one)
                keep(models.Identifier(organisation=one, scheme="EIN", value=row["EIN"]))
                if row["SORT_NAME"]:
                    name = row["SORT_NAME"]
                    keep(models.OtherName(organisation=one, kind="sort", name=name, name_folded=fold(name)))
                if row["NTEE_CD"]:
                    keep(models.Sector(organisation=one, scheme="NTEE", code=row["NTEE_CD"]))
                address = {
                    "kind": "physical",
                    "lines": row["STREET"],
                    "city": row["CITY"],
                    "region": row["STATE"],
                    "postcode": row["ZIP"],
                    "country": "US",
                    "source": "irs_bmf",
                }
                keep(models.Address(organisation=one, **address))
                keep(
                    Change(
                        change_set=changes,
                        kind="organisations.organisation",
                        key=one.pk,
                        action="c",
                        after={"updated_at": now.isoformat()},
                    ),
                    blank=("before", "kept"),
                )
                document = {**row, "facts": facts, "addresses": [address]}
                mark = hashlib.blake2b(json.dumps(document, sort_keys=True).encode(), digest_size=16).digest()
                keep(
                    Listing(
                        series=series,
                        source_key=f"EIN:{row['EIN']}",
                        key=one.pk,
                        batch=batch,
                        row=number,
                        digest=mark,
                        document=document,
                    )
                )
                text = " · ".join(
                    part
                    for part in (
                        row["SORT_NAME"],
                        row["CITY"],
                        row["NTEE_CD"] and label("NTEE", row["NTEE_CD"]),
                    )
                    if part
                )
                keep(
                    SearchDocument(
                        kind="organisations.organisation",
                        key=one.pk,
                        title=row["NAME"],
                        title_folded=" ".join(tokens(row["NAME"])),
                        excerpt=text,
                        words=indexed_words(
                            kind="organisations.organisation",
                            visibility="team",
                            title=row["NAME"],
                            text=text,
                            identifiers=[row["EIN"]],
                        ),
                        visibility="team",
                        updated_at=now,
                    )
                )
    return time.perf_counter() - begun


def tables() -> dict[str, int]:
    """How many rows every table of the product has."""
    from django.apps import apps

    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("barnraise."):
            found[model._meta.db_table] = model._default_manager.count()
    return found


def written(work: Callable[[], float], rows: int) -> tuple[float, dict[str, float]]:
    """(seconds, rows of each table for one organisation, those under one in ten left out)"""
    before = tables()
    taken = work()
    after = tables()
    share = {name: round((after[name] - before[name]) / rows, 1) for name in after}
    return taken, {name: count for name, count in share.items() if count}


class Memory(threading.Thread):
    """Watches how much memory of its own this process has. Pages of the database file that SQLite maps are not its own."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(0.05):
            lines = Path("/proc/self/status").read_text().splitlines()
            own = next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))
            self.peak = max(self.peak, own / 1024)


def open_house() -> None:
    """Django with the migrated database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barnraise.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)


def child(folder: Path, rows: int) -> None:
    """One import in a process of its own: prints rows, seconds, peak memory."""
    open_house()
    file = folder / f"memory-{rows}.csv"
    write_rows(file, rows, first=5_000_000 if rows == SMALL else 6_000_000)
    memory = Memory()
    memory.start()
    taken = product(file)
    memory.is_over.set()
    print(f"{rows} {taken:.2f} {memory.peak:.1f}")


def main() -> None:
    """Measure and print."""
    if len(sys.argv) > 3 and sys.argv[1] == "--child":
        child(Path(sys.argv[2]), int(sys.argv[3]))
        return
    folder = Path(tempfile.mkdtemp(prefix="barnraise-bench-"))
    os.environ["BARNRAISE_DATA"] = str(folder)
    open_house()
    from django.db import connection

    big, first, last = (folder / f"{name}.csv" for name in ("big", "first", "last"))
    write_rows(big, ROWS)
    write_rows(first, SLOW_ROWS, first=2_000_000)
    write_rows(last, SLOW_ROWS, first=3_000_000)
    small = folder / "small.csv"
    write_rows(small, SLOW_ROWS, first=4_000_000)
    _, theirs = written(lambda: row_by_row(small), SLOW_ROWS)
    write_rows(small, SLOW_ROWS, first=4_500_000)
    _, ours = written(lambda: product(small), SLOW_ROWS)
    assert ours | theirs == ours, f"not the same rows: product {ours}, row by row {theirs}"
    print("rows for one organisation:", ", ".join(f"{name} {count:g}" for name, count in theirs.items()))
    print("the product alone:", ", ".join(f"{name} {ours[name]:g}" for name in ours.keys() - theirs.keys()))
    processes = (os.getpid(), asking.database_process())

    def both(work: Callable[[], float]) -> tuple[float, float]:
        """(seconds, seconds of processor time of this process and the database)"""
        before = asking.processor_time(*processes)
        return work(), (asking.processor_time(*processes) - before) / 1000

    slow = both(lambda: row_by_row(first))
    fast = both(lambda: product(big))
    more = both(lambda: row_by_row(last))
    again = both(lambda: product(big))
    print(f"database {connection.vendor}, organisations per second")
    for at, clock in enumerate(("wall time", "processor time")):
        slow_rate, rate = 2 * SLOW_ROWS / (slow[at] + more[at]), ROWS / fast[at]
        print(
            f"{clock:<15} row by row, full_clean+save {slow_rate:7.0f} ({2 * SLOW_ROWS} of them) | product {rate:7.0f} "
            f"({ROWS} in {fast[at]:.1f} s) | ratio {rate / slow_rate:5.1f} of 20 | the same file once more {fast[at] / again[at]:.2f} x"
        )
        before, after = SLOW_ROWS / slow[at], SLOW_ROWS / more[at]
        print(f"{'':<15} row by row before those {ROWS} rows {before:.0f}, after them {after:.0f} a second")
    for rows in (SMALL, ROWS):
        command = [sys.executable, __file__, "--child", str(folder), str(rows)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        print(f"own memory at its peak, {told[0]:>7} rows: {float(told[2]):5.0f} MB ({told[1]} s)")


if __name__ == "__main__":
    main()
