"""A whole installation of its own for one test: data folder, database, and the real command line."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

PLUGGED = """
import json, os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "barnraise.config.settings"
django.setup()
from barnraise.plumbing.jobs.sockets import handlers
from barnraise.plumbing.jobs.tests.handling import counted, rows
handlers.plug("test.rows", rows)
"""


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """Acts through subprocesses; `remove` ends what it started and drops its PostgreSQL database."""

    def __init__(self, folder: Path) -> None:
        self.data = folder
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("BARNRAISE_")}
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
            timeout=120,
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
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def read(self, statement: str):
        """The first column of the first row, straight from the database."""
        if self.is_sqlite:
            with closing(sqlite3.connect(self.data / "barnraise.sqlite3", timeout=20)) as connection:
                return connection.execute(statement).fetchone()[0]
        import psycopg

        with psycopg.connect(self.env["DATABASE_URL"]) as connection:
            return connection.execute(statement).fetchone()[0]

    def prepare(self) -> None:
        """The database, without serving."""
        self.python(
            "from barnraise.config.prepare import prepare\nprepare(static=False, say=lambda line: None)\nprint(1)"
        )

    def remove(self) -> None:
        """End what was started."""
        for child in self.children:
            child.kill()
            child.communicate()
        if self.database:
            self._psql(f'drop database if exists "{self.database}" with (force)')
