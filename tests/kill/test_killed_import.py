"""Web and worker are killed again and again during an import; afterwards every table is as if nothing had happened."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

pytestmark = [pytest.mark.slow(seconds=300)]

ROWS = 11_500
KILLS = 22
PATIENCE = 300.0
"""Seconds for anything to happen on a machine that does much else besides."""
ROOT = Path(__file__).resolve().parents[2]
COLUMNS = (
    "EIN,NAME,ICO,STREET,CITY,STATE,ZIP,GROUP,SUBSECTION,AFFILIATION,CLASSIFICATION,RULING,DEDUCTIBILITY,FOUNDATION,"
    "ACTIVITY,ORGANIZATION,STATUS,TAX_PERIOD,ASSET_CD,INCOME_CD,FILING_REQ_CD,PF_FILING_REQ_CD,ACCT_PD,ASSET_AMT,"
    "INCOME_AMT,REVENUE_AMT,NTEE_CD,SORT_NAME"
)


def write_file(path: Path) -> None:
    """ROWS made-up organisations; every 500th row has a faulty number, every 700th repeats the one before."""
    towns = ("CHEYENNE", "CASPER", "LARAMIE", "CODY")
    lines = [COLUMNS]
    for number in range(ROWS):
        ein = "12-X" if number % 500 == 499 else f"{20_000_000 + number - (number % 700 == 699):09d}"
        lines.append(
            f"{ein},RIVER FUND {number % 4999},,{number} MAIN ST,{towns[number % 4]},WY,82001-{number % 10000:04d},0000,03,3,"
            f"1000,200101,1,15,000000000,1,01,202412,3,3,01,0,12,{number},{number if number % 3 else ''},0,"
            f"{'P20' if number % 2 else ''},{'SORT ' + str(number) if number % 5 == 0 else ''}"
        )
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")


class House:
    """One data folder and database of its own; `like` is one to copy, at rest."""

    def __init__(self, folder: Path, url: str, like: House | None = None) -> None:
        if like is None:
            folder.mkdir()
        else:
            shutil.copytree(like.folder, folder)
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.environment = {
            **os.environ, "BARNRAISE_DATA": str(folder), "DATABASE_URL": url, "BARNRAISE_LOG_LEVEL": "ERROR",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))), "DJANGO_SETTINGS_MODULE": "barnraise.config.settings",
        }  # fmt: skip
        self.environment.pop("BARNRAISE_URL", None)
        self.process: subprocess.Popen[bytes] | None = None
        self.door: Any = None

    def call(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "tests.kill.harness", *arguments]
        return subprocess.run(
            command, env=self.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.kill.harness", "up", str(self.port)]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log)

    def children(self) -> list[int]:
        """Web and worker, as long as their parent lives."""
        if self.process is None or self.process.poll() is not None:
            return []
        try:
            found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        except OSError:
            return []
        return [int(pid) for pid in found.split()]

    def kill(self, *, parent: bool) -> int:
        """SIGKILL to web and worker, and to their parent too; how many died."""
        victims = self.children()
        if parent and self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for pid in victims:
            for strike in (os.killpg, os.kill):
                try:
                    strike(pid, signal.SIGKILL)
                except (ProcessLookupError, PermissionError):
                    continue
        return len(victims)

    def is_started(self) -> bool:
        """True always; as an operator's system does, starts the house again when its parent has ended."""
        if self.process is None or self.process.poll() is not None:
            self.stop()
            self.start()
        return True

    def stop(self) -> None:
        if self.process is not None:
            self.kill(parent=True)

    def state(self) -> tuple[str, int]:
        """(state, rows) of the import, as the database says."""
        state, rows = self._row("SELECT state, rows FROM imports_import")
        if state not in {"running", "done"}:
            raise AssertionError((state, self._row("SELECT state, error FROM jobs_job ORDER BY id")))
        return str(state), int(rows)

    def _row(self, statement: str) -> Any:
        if url := self.environment["DATABASE_URL"]:
            import psycopg

            self.door = self.door or psycopg.connect(url, autocommit=True)
            return self.door.execute(statement).fetchone()
        with closing(sqlite3.connect(self.folder / "barnraise.sqlite3", timeout=30)) as file:
            return file.execute(statement).fetchone()

    def lost(self) -> int:
        """How many workers were lost with the import in hand."""
        return int(self._row("SELECT interruptions FROM jobs_job WHERE handler = 'imports.run'")[0])

    def picture(self) -> dict[str, Any]:
        file = self.folder / "picture.json"
        self.call("picture", str(file))
        return dict(json.loads(file.read_text()))


@contextmanager
def database(name: str, template: str = "template1") -> Iterator[str]:
    """Empty for SQLite in the data folder; on PostgreSQL the address of a database made for this test."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as door:
        door.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        door.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            door.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def until(happened: Callable[[], bool], seconds: float) -> bool:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if happened():
            return True
        time.sleep(0.02)
    return False


def run_undisturbed(house: House) -> None:
    house.start()
    try:
        assert until(lambda: house.state()[0] == "done", PATIENCE), "the undisturbed import did not end"
    finally:
        house.stop()


def wait_for_rows(house: House, rows: int) -> None:
    """Until the import is that far; kills spread over the whole of it like this, however fast the machine is."""
    assert until(lambda: house.is_started() and house.state()[1] >= rows, PATIENCE), (
        f"the import went no further: {house.state()}"
    )


def run_under_fire(house: House, dice: random.Random) -> dict[str, int]:
    """Kill KILLS times: at work, while starting, and between the COMMIT of a step and its acknowledgement."""
    died = {"at work": 0, "starting": 0, "after commit": 0}
    parents = 0
    crash = house.folder / "crash"
    while (killed := sum(died.values())) < KILLS:
        window = ROWS // (KILLS + 1)
        first, last = window * killed, window * (killed + 1)
        how = dice.choices(list(died), weights=(4, 2, 4))[0]
        if how != "starting":
            wait_for_rows(house, dice.randrange(first, last))
        if how == "after commit":
            crash.touch()
            gone = until(lambda: house.is_started() and not crash.exists(), PATIENCE)
            assert gone, f"no step was committed: {house.state()}, {died}"
            died[how] += 1
            continue
        up = until(lambda: house.is_started() and len(house.children()) >= 2, PATIENCE)
        assert up, "the house did not come up again"
        until(lambda last=last: house.state()[1] >= last, dice.uniform(0, 0.4 if how == "at work" else 1.6))
        with_parent = dice.random() < 0.3
        if house.kill(parent=with_parent):
            died[how] += 1
            parents += with_parent
    state, rows = house.state()
    print(f"killed {died}, {parents} times with the parent; then {state} with {rows} rows")
    assert state == "running"
    ended = until(lambda: house.is_started() and house.state()[0] == "done", PATIENCE)
    assert ended, f"the import did not end after the kills: {house.state()}"
    return died


def test_an_import_survives_kill_9_at_any_moment(tmp_path):
    seed = int(os.environ.get("BARNRAISE_SEED") or random.SystemRandom().randrange(10**6))
    print(f"BARNRAISE_SEED={seed}")
    file = tmp_path / "register.csv"
    write_file(file)
    with database("kill_calm") as calm_url:
        calm = House(tmp_path / "calm", calm_url)
        calm.call("begin", str(file))
        with database("kill_fire", template="kill_calm") as fire_url:
            fire = House(tmp_path / "fire", fire_url, like=calm)
            run_undisturbed(calm)
            try:
                died = run_under_fire(fire, random.Random(seed))
            finally:
                fire.stop()
            lost = fire.lost()
            expected, found = calm.picture(), fire.picture()
    print(f"{lost} workers were lost with the import in hand")
    assert sum(died.values()) == KILLS
    assert min(died["at work"], died["after commit"]) >= 1
    assert lost >= KILLS // 3
    assert sorted(found) == sorted(expected)
    assert len(expected["organisations.organisation"]) > ROWS * 0.99
    for table, rows in expected.items():
        assert len(found[table]) == len(rows), table
        differing = [pair for pair in zip(rows, found[table], strict=True) if pair[0] != pair[1]]
        assert not differing, (table, differing[:3])
