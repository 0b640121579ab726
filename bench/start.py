"""How long the second start takes and how much memory a web process holds: printed for information.

    .venv/bin/python bench/start.py [--data FOLDER]

Goals: the second start answers within 5 s; a web process holds at most 200 MB after its first pages.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import asking


def main() -> None:
    asks = argparse.ArgumentParser()
    asks.add_argument("--data", default="")
    data = asks.parse_args().data or tempfile.mkdtemp(prefix="barnraise-bench-start-")
    for which in ("first start", "second start", "third start"):
        port = asking.free_port()
        began = time.monotonic()
        program = Path(sys.executable).with_name("barnraise")
        house = subprocess.Popen(
            [str(program), "up", "--port", str(port), "--data", data],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            asking.wait_for(port)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/") as page:
                page.read()
            print(f"{which}: first page after {time.monotonic() - began:.1f} s (goal 5 s from the second on)")
            for pid, megabytes in memory(house.pid):
                print(f"    process {pid} holds {megabytes:.0f} MB (goal 200 MB for a web process)")
        finally:
            house.send_signal(signal.SIGTERM)
            house.wait(30)


def memory(parent: int) -> list[tuple[int, float]]:
    """(process, resident megabytes) of a process and all below it, from /proc."""
    size = os.sysconf("SC_PAGE_SIZE")
    return [
        (pid, int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * size / 1e6)
        for pid in asking.tree(parent)
    ]


if __name__ == "__main__":
    main()
