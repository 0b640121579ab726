"""Commands that are stopped in their midst tidy up behind themselves."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

ROWS = 8_000
SMALL_STEPS = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs the tests in its background ignores it
os.environ["DJANGO_SETTINGS_MODULE"] = "barnraise.config.settings"
from barnraise.config.commands.opening import load_django
load_django()
from barnraise.plumbing.imports.services import run
run.STEP = 200
from barnraise.config.commands import main
sys.argv[0] = "barnraise"
raise SystemExit(main())
"""
"""The command with steps so small that an import is in its midst for a while, however quick the machine is."""
COUNT = "select count(*) from organisations_organisation"


@pytest.fixture
def register(house) -> Path:
    """A file whose import takes some seconds, beside a house that is ready."""
    house.prepare()
    file = house.data.parent / "register.csv"
    lines = ["name,kind,city", *(f"Barn {number},nonprofit,Riverbend" for number in range(ROWS))]
    file.write_text("\n".join(lines) + "\n")
    return file


def begin(house, *words: str, on_terminal: bool = False) -> tuple[subprocess.Popen, int]:
    """The command beside the test, and the terminal its errors go to (a pipe's number is -1)."""
    seen, given = pty.openpty() if on_terminal else (-1, subprocess.PIPE)
    if on_terminal:
        fcntl.ioctl(given, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    child = subprocess.Popen(
        [sys.executable, "-c", SMALL_STEPS, *words],
        stdout=subprocess.PIPE, stderr=given, text=True, env=house.env,
    )  # fmt: skip
    house.children.append(child)
    if on_terminal:
        os.close(given)
    return child, seen


def wait(house, statement: str, wanted) -> None:
    until = time.monotonic() + 300
    while not wanted(house.read(statement)):
        assert time.monotonic() < until
        time.sleep(0.02)


def typed(terminal: int) -> str:
    """All that a terminal showed, to its end."""
    found = b""
    while True:
        try:
            block = os.read(terminal, 65536)
        except OSError:
            block = b""
        if not block:
            os.close(terminal)
            return found.decode()
        found += block


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "on_terminal"), [(signal.SIGINT, False), (signal.SIGTERM, False), (signal.SIGINT, True)]
)
def test_a_stopped_import_leaves_nothing(house, register, how, on_terminal):
    child, terminal = begin(
        house, "import", str(register), "--kind", "organisations", "--json", on_terminal=on_terminal
    )
    wait(house, COUNT, lambda many: many > 1000)
    child.send_signal(how)
    said = typed(terminal) if on_terminal else ""
    out, err = child.communicate(timeout=300)
    told = json.loads(out)
    assert (child.returncode, told["error"], told["mend"]) == (
        1,
        "The import was stopped.",
        "Nothing of it was kept.",
    )
    assert "Stopping; what was written is taken back." in (said or err)
    assert house.read(COUNT) == 0
    assert house.rows("select state from imports_import") == [("cancelled",)]
    assert (
        house.rows(
            "select handler, state, subject, error, trace, is_cancel_wanted, lease_holder from jobs_job where state in ('waiting', 'running')"
        )
        == []
    )
    if on_terminal:
        assert f"/{ROWS} [" in said, "no bar was shown"


@pytest.mark.slow
def test_a_stopped_undo_is_gone_on_with(house, register):
    done = house.run("import", str(register), "--kind", "organisations", "--json")
    number = str(json.loads(done.stdout)["import"])
    child, _ = begin(house, "imports", "undo", number, "--json")
    wait(house, COUNT, lambda many: many < ROWS)
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=300)
    assert (child.returncode, json.loads(out)["error"]) == (1, "The undo was stopped before its end.")
    left = house.read(COUNT)
    assert 0 < left < ROWS
    again = house.run("imports", "undo", number, "--json")
    assert (again.returncode, json.loads(again.stdout)["undone"]) == (0, ROWS)
    assert house.read(COUNT) == 0


@pytest.mark.slow
def test_an_import_waits_for_none_that_nobody_works_on(house, register):
    child, _ = begin(house, "import", str(register), "--kind", "organisations", "--json")
    wait(house, COUNT, lambda many: many > 1000)
    child.kill()
    child.communicate()
    other = house.data.parent / "other.csv"
    other.write_text("name,kind,city\nMill Bakery,business,Riverbend\n")
    done = house.run("import", str(other), "--kind", "organisations", "--new-series", "--json")
    assert (done.returncode, json.loads(done.stdout)["created"]) == (0, {"organisations": 1}), done.stderr
    assert "Another import is running" in done.stderr
    assert house.read(COUNT) == ROWS + 1
    assert house.rows("select state from imports_import order by id") == [("done",), ("done",)]


def test_an_export_that_is_stopped_or_fails_leaves_no_part_of_a_file(house, tmp_path):
    house.prepare()
    target = tmp_path / "gone" / "o.csv"
    assert house.run("export", "organisations", "-o", str(target)).returncode == 1
    fine = tmp_path / "o.json"
    assert house.run("export", "organisations", "--format", "json", "-o", str(fine)).returncode == 0
    assert [file.name for file in tmp_path.iterdir() if file.suffix in {".part", ".json"}] == ["o.json"]
