"""A whole installation of its own for one test: data folder, database, and the real command line."""

from __future__ import annotations

import atexit
import io
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from contextlib import closing, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from tests import databases

PLUGGED = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "barnraise.config.settings"
from barnraise.config.commands.opening import load_django
load_django()
from barnraise.plumbing.jobs.sockets import handlers
from barnraise.plumbing.jobs.tests.handling import counted, rows
handlers.plug("test.rows", rows)
"""


PASSWORD = "the barn stands on oak"


@cache
def pattern() -> House:
    """An installation prepared once in this process, from which others are copied: making tables takes seconds."""
    folder = Path(tempfile.mkdtemp(prefix="barnraise-pattern-"))
    made = House(folder / "data")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(made.remove)
    made.start_migrated()
    made.python(
        "from barnraise.config.prepare import prepare\nprepare(static=True, say=lambda line: None)\nprint(1)"
    )
    (made.data / "secret_key").unlink()
    return made


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Inside:
    """Commands in this process, on the database of the test: for what needs no process of its own."""

    def run(self, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess:
        """`barnraise arguments…` to its end."""
        from barnraise.config.commands import main

        said, cried = io.StringIO(), io.StringIO()
        before, sys.stdin = sys.stdin, io.StringIO(given or "")
        try:
            with redirect_stdout(said), redirect_stderr(cried):
                code = main(list(arguments))
        finally:
            sys.stdin = before
        return subprocess.CompletedProcess(arguments, code, said.getvalue(), cried.getvalue())


class House:
    """Acts through subprocesses; `remove` ends what it started and drops its PostgreSQL database."""

    def __init__(self, folder: Path) -> None:
        self.data = folder
        kept = {"BARNRAISE_SITE"}  # what the databases of the tests were made for
        self.env = {k: v for k, v in os.environ.items() if k in kept or not k.startswith("BARNRAISE_")}
        self.env |= {"BARNRAISE_DATA": str(folder), "BARNRAISE_LOG_LEVEL": "WARNING"}
        self.children: list[subprocess.Popen] = []
        self.database = ""
        base = os.environ.get("DATABASE_URL", "")
        self.is_sqlite = not base
        if base:
            self.database = f"house_{uuid.uuid4().hex[:12]}"
            self._psql(f'create database "{self.database}"')
            self.env["DATABASE_URL"] = urlsplit(base)._replace(path=f"/{self.database}").geturl()

    def _psql(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(statement)

    def run(self, *arguments: str, given: str | None = None, **env: str) -> subprocess.CompletedProcess:
        """`barnraise arguments…` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "barnraise", *arguments],
            input=given,
            capture_output=True,
            text=True,
            env={**self.env, **env},
            timeout=300,
            check=False,
        )

    def answer(self, *arguments: str, **env: str) -> dict:
        """The JSON of `barnraise arguments… --json`."""
        return json.loads(self.run(*arguments, "--json", **env).stdout)

    def spawn(self, *arguments: str) -> subprocess.Popen:
        """`barnraise arguments…` beside the test, its output in one pipe."""
        return self._keep([sys.executable, "-m", "barnraise", *arguments])

    def spawn_python(self, code: str) -> subprocess.Popen:
        """Python with Django and the counting handler, beside the test."""
        return self._keep([sys.executable, "-c", PLUGGED + code])

    def _keep(self, command: list[str]) -> subprocess.Popen:
        child = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.env
        )
        self.children.append(child)
        return child

    def python(self, code: str):
        """The JSON that this code prints, with Django and the counting handler."""
        done = subprocess.run(
            [sys.executable, "-c", PLUGGED + code],
            capture_output=True,
            text=True,
            env=self.env,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def read(self, statement: str):
        """The first column of the first row, straight from the database."""
        return self.rows(statement)[0][0]

    def rows(self, statement: str) -> list[tuple]:
        """All rows, straight from the database."""
        if self.is_sqlite:
            with closing(sqlite3.connect(self.data / "barnraise.sqlite3", timeout=20)) as connection:
                return connection.execute(statement).fetchall()
        import psycopg

        with psycopg.connect(self.env["DATABASE_URL"]) as connection:
            return connection.execute(statement).fetchall()

    def tables(self) -> dict[str, list[str]]:
        """Every table with its rows as text, in one order."""
        names = (
            "select name from sqlite_master where type = 'table' and name not like 'sqlite%'"
            if self.is_sqlite
            else "select table_name from information_schema.tables where table_schema = 'public'"
        )
        return {name: sorted(map(repr, self.rows(f'select * from "{name}"'))) for (name,) in self.rows(names)}  # noqa: S608 - their own names

    def start_migrated(self) -> None:
        """A database in which `migrate` finds nothing left to do."""
        if self.database:
            self._psql(f'drop database "{self.database}"')
            template = databases.postgresql_template(os.environ["DATABASE_URL"])
            self._psql(f'create database "{self.database}" template "{template}"')
        else:
            self.data.mkdir(parents=True, exist_ok=True)
            databases.copy_to(self.data / "barnraise.sqlite3")

    def prepare(self) -> None:
        """The database and static files as `up` makes them, without serving."""
        made = pattern()
        shutil.copytree(made.data, self.data, dirs_exist_ok=True)
        if self.database:
            self._psql(f'drop database "{self.database}"')
            self._psql(f'create database "{self.database}" template "{made.database}"')

    def add_admin(self) -> None:
        """ada@example.org, with PASSWORD."""
        added = self.run(
            "user", "add", "ada@example.org", "--role", "admin", "--password-stdin", given=PASSWORD
        )
        assert added.returncode == 0, added.stderr

    def up(self, *arguments: str, **env: str) -> Serving:
        """`barnraise up` on a free port, as soon as it says that it is ready."""
        return Serving(self, list(arguments), env)

    def change(self, statement: str) -> None:
        """One statement, straight into the database."""
        if self.is_sqlite:
            with (
                closing(sqlite3.connect(self.data / "barnraise.sqlite3", timeout=20)) as connection,
                connection,
            ):
                connection.execute(statement)
            return
        import psycopg

        with psycopg.connect(self.env["DATABASE_URL"]) as connection:
            connection.execute(statement)

    def remove(self) -> None:
        """End what was started."""
        for child in self.children:
            child.kill()
            child.communicate()
        if self.database:
            self._psql(f'drop database if exists "{self.database}" with (force)')


class Serving:
    """A `barnraise up` beside the test; what it printed is in `said`."""

    def __init__(self, house: House, arguments: list[str], env: dict[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = house.data.parent / f"up-{self.port}.log"
        with self.output.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "barnraise", "up", "--port", str(self.port), *arguments],
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**house.env, **env},
            )
        house.children.append(self.process)
        self.wait_for("Ready in")

    @property
    def said(self) -> str:
        """Everything printed until now."""
        return self.output.read_text()

    def wait_for(self, words: str, seconds: float = 60) -> None:
        """Until these words were printed."""
        until = time.monotonic() + seconds
        while words not in self.said:
            assert time.monotonic() < until, f"{words!r} was not said:\n{self.said}"
            assert self.process.poll() is None, f"it ended:\n{self.said}"
            time.sleep(0.02)

    def family(self) -> dict[int, int]:
        """Process id -> process group of everything that this `up` started and that still runs."""
        told = subprocess.run(
            ["ps", "-eo", "pid=,ppid=,pgid=,stat="], capture_output=True, text=True, check=True
        )
        rows = [line.split() for line in told.stdout.splitlines()]
        parents = {int(pid): int(parent) for pid, parent, _, state in rows if not state.startswith("Z")}
        groups = {int(pid): int(group) for pid, _, group, _ in rows}
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return {pid: groups[pid] for pid in found - {self.process.pid}}

    def kill_web(self) -> None:
        """kill -9 of the web's processes, all at once."""
        os.killpg(self.web_group(), signal.SIGKILL)

    def kill_worker(self) -> None:
        """kill -9 of the worker; its parent starts another."""
        os.kill(self.worker(), signal.SIGKILL)

    def web_group(self) -> int:
        """The process group of the web: the one with more than one process."""
        groups = list(self.family().values())
        return max(set(groups), key=groups.count)

    def worker(self) -> int:
        """The process id of the worker, as soon as there is one."""
        until = time.monotonic() + 20
        while True:
            family = self.family()
            groups = list(family.values())
            web = max(set(groups), key=groups.count) if groups else 0
            found = [pid for pid, group in family.items() if group != web]
            if len(found) == 1 and groups.count(web) > 1:
                return found[0]
            assert time.monotonic() < until, f"no single worker among {family}"
            time.sleep(0.05)

    def ask(
        self, path: str, *, headers: dict[str, str] | None = None, form: str | None = None
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers and body; redirects are not followed."""
        request = urllib.request.Request(  # noqa: S310 - our own server
            self.url + path, data=form.encode() if form is not None else None, headers=headers or {}
        )
        try:
            with urllib.request.build_opener(_Still).open(request, timeout=20) as page:
                return page.status, _titled(page.headers), page.read().decode()
        except urllib.error.HTTPError as no:
            return no.code, _titled(no.headers), no.read().decode()

    def first_admin_link(self) -> str:
        """Its path; "" when none was printed."""
        found = re.search(r"^  http://[^/]+(/\S+)$", self.said, re.MULTILINE)
        return found[1] if found else ""

    def stop(self) -> tuple[int, float]:
        """SIGTERM: exit code, and seconds until it had ended."""
        began = time.monotonic()
        self.process.terminate()
        return self.process.wait(30), time.monotonic() - began


def _titled(headers) -> dict[str, str]:
    """By the usual spelling of their names, whatever the server wrote."""
    return {name.title(): value for name, value in headers.items()}


class _Still(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None
