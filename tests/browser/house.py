"""A Barnraise of its own for browser tests: `barnraise up` on a temporary data folder, with the world in it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import databases

CHECKOUT = Path(__file__).resolve().parents[2]
BARNRAISE = str(Path(sys.executable).with_name("barnraise"))
ADDRESSES = """
import json
from barnraise.config.commands.opening import load_django
load_django()
from tests.house.addresses import pages
print(json.dumps(pages()))
"""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class House:
    """A running server: where it answers, name and path of every page a GET opens, what it printed, its LMTP port."""

    url: str
    pages: list[dict[str, str]]
    log: Path | None = None
    lmtp: int = 0
    environment: dict[str, str] = field(default_factory=dict, repr=False)

    def command(self, *words: str, given: str = "") -> str:
        """What `barnraise WORDS` prints in this house; `given` is its standard input."""
        done = subprocess.run(
            [BARNRAISE, *words],
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout


def browser_path() -> str | None:
    """The Chromium of this machine, None when there is none."""
    found = (
        shutil.which(name)
        for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    )
    return os.environ.get("BARNRAISE_BROWSER") or next((path for path in found if path), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(said: Path, server: subprocess.Popen[bytes], seconds: float = 300) -> None:
    """Until it says that it is ready: then the link for the first admin has been said too."""
    end = time.monotonic() + seconds
    while "Ready in" not in said.read_text(encoding="utf-8", errors="replace"):
        assert server.poll() is None, "barnraise up ended by itself"
        assert time.monotonic() < end, f"it was not ready within {seconds} s"
        time.sleep(0.1)


@contextmanager
def running(*, world: bool, migrated: bool = False, **more: str) -> Iterator[House]:
    """A server for the time of the block; with `world=False` it is empty and waits for its first admin.

    With `migrated` its database has its tables already, which saves the time of making them; on PostgreSQL the caller sees to that.
    `more` are settings of its environment, such as its database and its mail server.
    """
    folder = Path(tempfile.mkdtemp(prefix="barnraise-browser-"))
    port, lmtp = _free_port(), _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "BARNRAISE_DATA": str(folder),
        "BARNRAISE_URL": url,
        "BARNRAISE_LOG_LEVEL": "WARNING",
        "BARNRAISE_MAIL_DOMAIN": "in.example.org",
        "BARNRAISE_LMTP": f"127.0.0.1:{lmtp}",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "barnraise.config.settings",
        "PYTHONPATH": str(CHECKOUT),
        **more,
    }
    if (world or migrated) and not environment["DATABASE_URL"]:
        databases.copy_to(folder / "barnraise.sqlite3")
    command = [BARNRAISE, "up", "--port", str(port)]
    with (
        (folder / "up.txt").open("wb") as said,
        subprocess.Popen(command, env=environment, stdout=said, stderr=said) as server,
    ):
        try:
            _wait(folder / "up.txt", server)
            pages = _build(environment) if world else []
            yield House(url=url, pages=pages, log=folder / "up.txt", lmtp=lmtp, environment=environment)
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
    shutil.rmtree(folder, ignore_errors=True)


def _build(environment: dict[str, str]) -> list[dict[str, str]]:
    made = subprocess.run(
        [sys.executable, "-c", ADDRESSES],
        env=environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    found: list[dict[str, str]] = json.loads(made.stdout.strip().splitlines()[-1])
    return found
