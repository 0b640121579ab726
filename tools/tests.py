"""Run the suite on every database that is here; `script/test` calls this.

BARNRAISE_REQUIRE=postgresql,browser makes a missing one a failure instead of a notice.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import postgres

PYTEST = [sys.executable, "-m", "pytest"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


OF_THE_SITE = ("src/barnraise/doors/site", "tests/browser")
"""Tests that need the website: its own, and the way through the whole product."""


def _is_whole(given: list[str]) -> bool:
    """The whole suite is asked for, not a part of it."""
    return all(word.startswith("-") for word in given) and not {"-m", "-k"} & set(given)


class Run:
    """One run of pytest; with `beside` it goes on while others run, and what it says is kept until it is asked for."""

    def __init__(self, title: str, arguments: list[str], *, beside: bool = False, **environment: str) -> None:
        self.title = title
        self.folder = tempfile.TemporaryDirectory()
        self.told = Path(self.folder.name) / "told.xml"
        self.said = (Path(self.folder.name) / "said.txt").open("w+b") if beside else None
        if not beside:
            print(f"\n== {title}", flush=True)
        command = [*PYTEST, f"--junitxml={self.told}", *arguments]
        self.process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=self.said, stderr=self.said
        )

    def failed(self) -> list[str]:
        """Wait for its end: the names of what failed, or that it ended badly; empty when it passed."""
        code = self.process.wait()
        if self.said is not None:
            print(f"\n== {self.title}", flush=True)
            self.said.seek(0)
            shutil.copyfileobj(self.said, sys.stdout.buffer)
            sys.stdout.flush()
            self.said.close()
        names = list(_failed(self.told)) if code and self.told.exists() else []
        self.folder.cleanup()
        return [f"{self.title}: {name}" for name in names or [f"pytest ended with {code}"]] if code else []


def run(title: str, arguments: list[str], **environment: str) -> list[str]:
    """One run from its beginning to its end; see `Run.failed`."""
    return Run(title, arguments, **environment).failed()


def _failed(told: Path) -> Iterator[str]:
    for case in ElementTree.parse(told).iter("testcase"):  # noqa: S314 - pytest wrote it just now
        if case.find("failure") is not None or case.find("error") is not None:
            yield f"{case.get('classname')}.{case.get('name')}"


def main() -> int:
    """0 when every run passed."""
    required = {word for word in os.environ.get("BARNRAISE_REQUIRE", "").split(",") if word}
    browser = os.environ.get("BARNRAISE_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    missing = {"postgresql": postgres.binaries() is None, "browser": browser is None}
    for name, is_missing in missing.items():
        if is_missing:
            print(f"{name} is not here; its tests are left out.", file=sys.stderr)
            if name in required:
                return 1
    given = sys.argv[1:]
    workers = (
        []
        if any(word.startswith("-n") for word in given)
        else [
            "-n",
            os.environ.get("BARNRAISE_TEST_PROCESSES", "2"),
            "--dist=loadgroup",
            "--no-loadscope-reorder",
        ]
    )
    left_out = "not browser" if missing["browser"] else ""
    select = ["-m", left_out] if left_out and "-m" not in given else []
    failed = run("SQLite", [*workers, *select, *given], DATABASE_URL="", BARNRAISE_BROWSER=browser or "")
    if not missing["postgresql"] and "--sqlite-only" not in given:
        # Pages are looked at on one database; only the way through the whole product is walked on both.
        wanted = "not browser" if missing["browser"] else "not browser or journey"
        with postgres.server() as url:
            environment = {"DATABASE_URL": url, "BARNRAISE_BROWSER": browser or ""}
            if _is_whole(given):
                # An installation may leave the website out: here everything else is proved without it, and it by itself.
                # The journey is one test that waits for a browser most of the time, so they run beside each other.
                own = ["-m", wanted, *given, *OF_THE_SITE]
                journey = Run("PostgreSQL, the website and the journey", own, beside=True, **environment)
                left = [*workers, "-m", "not browser", *given]
                failed += run("PostgreSQL without the website", left, BARNRAISE_SITE="false", **environment)
                failed += journey.failed()
            else:
                choose = [] if "-m" in given else ["-m", wanted]
                failed += run("PostgreSQL", [*workers, *choose, *given], **environment)
    if failed:
        print("\n== Failed", *failed, sep="\n", file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
