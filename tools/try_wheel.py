"""Build the wheel, install it in an empty environment, and use the command it brings: start, log page, import, stop."""

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
import urllib.error
import urllib.request
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
REGISTER = "name,kind,city\nOak Hill Library,public body,Riverbend\nMill Bakery,business,Riverbend\n"


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def installed(folder: Path) -> Path:
    """An environment with nothing but the wheel and its locked packages; gives its bin folder."""
    built = folder / "built"
    hatchling = [str(CHECKOUT / ".venv/bin/hatchling"), "build", "-t", "wheel", "-d", str(built)]
    subprocess.run(hatchling, cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = built.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = str(folder / "venv/bin/python")
    locked = ["--quiet", "--require-hashes", "-r", str(CHECKOUT / "requirements/runtime.txt")]
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install"]
    # As script/setup does: pip takes ten times as long, and is there where uv does not run.
    uv = [str(CHECKOUT / ".venv/bin/uv"), "pip", "install", "--python", python]
    if subprocess.run([*uv, *locked], check=False).returncode:
        subprocess.run([*pip, *locked], check=True)
    subprocess.run([*pip, "--quiet", "--no-deps", str(wheel)], check=True)
    return folder / "venv/bin"


def answers(url: str, process: subprocess.Popen[bytes], seconds: float = 300) -> str:
    """The page at `url` as soon as it answers; fails when the process ends or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, "barnraise up ended by itself"
        try:
            with urllib.request.urlopen(url, timeout=5) as page:
                return str(page.read().decode())
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise SystemExit(f"{url} did not answer within {seconds} s")


def try_commands(barnraise: Path, folder: Path, environment: dict[str, str]) -> None:
    """Import, export and doctor work from the wheel alone."""
    register = folder / "register.csv"
    register.write_text(REGISTER)

    def run(*words: str) -> str:
        done = subprocess.run(
            [barnraise, *words], env=environment, cwd=folder, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    first = json.loads(run("import", str(register), "--kind", "organisations", "--json"))
    assert first["created"] == {"organisations": 2}, first
    again = json.loads(run("import", str(register), "--kind", "organisations", "--json"))
    assert again["unchanged"] == 2, again
    assert "Oak Hill Library" in run("export", "organisations", "--format", "csv")
    run("doctor", "--json")


def main() -> int:
    """0 when the wheel does what the checkout does."""
    folder = Path(tempfile.mkdtemp(prefix="barnraise-wheel-"))
    try:
        barnraise = installed(folder) / "barnraise"
        port = free_port()
        clean = {
            k: v
            for k, v in os.environ.items()
            if k not in {"PYTHONPATH", "DATABASE_URL", "VIRTUAL_ENV"} and not k.startswith("BARNRAISE_")
        }
        environment = {**clean, "BARNRAISE_DATA": str(folder / "data")}
        with subprocess.Popen([barnraise, "up", "--port", str(port)], env=environment, cwd=folder) as server:
            try:
                page = answers(f"http://127.0.0.1:{port}/account/login/", server)
                assert "vendor/" in page or "/static/" in page, "the page has no styles"
                try_commands(barnraise, folder, environment)
            finally:
                server.send_signal(signal.SIGTERM)
                assert server.wait(20) == 0, "barnraise up did not stop cleanly"
        print("The wheel installs, starts, imports, exports and stops.")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
