"""A throw-away PostgreSQL server for tests and benchmarks: its own cluster in a temporary folder, its own port.

`python tools/postgres.py COMMAND…` runs the command with DATABASE_URL pointing to it.
PostgreSQL refuses to run as root, so root starts it as the user postgres (or nobody).
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPTIONS = {
    "fsync": os.environ.get("BARNRAISE_TEST_FSYNC", "off"),
    "synchronous_commit": os.environ.get("BARNRAISE_TEST_FSYNC", "off"),
    "max_connections": "60",
    "max_locks_per_transaction": "256",  # tests that restore at one time share this server
    "shared_buffers": os.environ.get("BARNRAISE_TEST_SHARED_BUFFERS", "256MB"),
    "listen_addresses": "127.0.0.1",
}


def binaries() -> Path | None:
    """The folder with initdb and postgres of the newest version found, or None."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    return versions[-1].parent if versions else None


def _as_user() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL refuses root, and there is neither a user postgres nor nobody.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server() -> Iterator[str]:
    """Start a server, give its DATABASE_URL (a database named barnraise), stop it and remove its folder."""
    where = binaries()
    if where is None:
        raise SystemExit("PostgreSQL's server programs are not installed (Debian: apt install postgresql).")
    folder = Path(tempfile.mkdtemp(prefix="barnraise-pg-"))
    folder.chmod(0o755)
    user = _as_user()
    if user:
        os.chown(folder, int(str(user["user"])), int(str(user["group"])))
    port, cluster = _free_port(), folder / "cluster"
    quiet: dict[str, object] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **user}
    initdb = [
        where / "initdb",
        "-D",
        cluster,
        "-U",
        "barnraise",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run(initdb, **quiet)  # type: ignore[call-overload]
    settings = " ".join(f"-c {name}={value}" for name, value in OPTIONS.items())
    control = [where / "pg_ctl", "-D", cluster, "-w", "-l", folder / "log"]
    subprocess.run([*control, "-o", f"-p {port} -k {folder} {settings}", "start"], **quiet)  # type: ignore[call-overload]
    try:
        create = [where / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "barnraise", "barnraise"]
        subprocess.run(create, **quiet)  # type: ignore[call-overload]
        yield f"postgresql://barnraise@127.0.0.1:{port}/barnraise"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **{**quiet, "check": False})  # type: ignore[call-overload]
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run the command given with DATABASE_URL set; answer its exit code."""
    with server() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
