"""How long the second start takes and how much memory a web process holds: printed for information.

    .venv/bin/python bench/start.py [--data FOLDER]

Goals: the second start answers within 5 s; a web process holds at most 200 MB of its own after its first pages: one reader
has opened lists, journal, search and a page with charts. What it maps (libraries, the database file) is shared by all
processes and given back when others need it. On a busy machine the processor time tells more than the wall time.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import asking

PAGES = (
    "/",
    "/who/organisations/",
    "/who/people/",
    "/who/communities/",
    "/journal/",
    "/search?q=food",
    "/gallery/",
)


def main() -> None:
    asks = argparse.ArgumentParser()
    asks.add_argument("--data", default="")
    data = asks.parse_args().data or tempfile.mkdtemp(prefix="barnraise-bench-start-")
    program = Path(sys.executable).with_name("barnraise")
    up = [str(program), "up", "--data", data]
    for which in ("first start", "second start", "third start"):
        port = asking.free_port()
        began = time.monotonic()
        house = subprocess.Popen(
            [*up, "--port", str(port)], stdout=subprocess.DEVNULL, start_new_session=True
        )
        try:
            asking.wait_for(port)
            asking.Asker(port, "").get("/account/login/")
            taken, computed = time.monotonic() - began, asking.processor_time(house.pid) / 1000
            print(
                f"{which}: first page after {taken:.1f} s (goal 5 s from the second on), {computed:.1f} s of processor time in all processes"
            )
            asker = asking.Asker(port, _cookie(data))
            for path in PAGES:
                status, _body = asker.get(path)
                assert status in {200, 302}, (path, status)
            for own, mapped, threads in memory(house.pid):
                print(
                    f"    a process with {threads} threads: {own:.0f} MB of its own (goal 200 MB), {mapped:.0f} MB mapped"
                )
        finally:
            house.send_signal(signal.SIGTERM)
            house.wait(30)


def _cookie(data: str) -> str:
    """A logged-in session, made by a process of its own."""
    program = (
        "import asking; asking.begin(%r); from barnraise.plumbing.accounts.models import Account;"
        "from barnraise.plumbing.accounts.services import add_account;"
        "found = Account.objects.filter(email='ada@example.org').exists();"
        "found or add_account(email='ada@example.org', role='admin', name='Ada', password='a long password', by=None);"
        "print(asking.cookie_of('ada@example.org'))"
    )
    here = Path(__file__).parent
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program % data],
        check=True,
        capture_output=True,
        text=True,
        cwd=here,
    )
    return said.stdout.split()[-1]


def memory(parent: int) -> list[tuple[float, float, int]]:
    """(megabytes of its own, megabytes of files it maps, threads) of a process and all below it, from /proc."""
    found = []
    for pid in asking.tree(parent):
        lines = (line.split() for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        said = {line[0]: int(line[1]) for line in lines if line[0] in {"RssAnon:", "RssFile:", "Threads:"}}
        found.append((said["RssAnon:"] / 1024, said["RssFile:"] / 1024, said["Threads:"]))
    return found


if __name__ == "__main__":
    main()
