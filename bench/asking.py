"""A small load generator with kept connections: raw sockets, so that its own share of the time is small and equal for all."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any


def begin(data: str) -> None:
    """Set Django up on a data folder of its own, with the static view beside the product's pages."""
    folder = data or tempfile.mkdtemp(prefix="barnraise-bench-")
    here = Path(__file__).resolve().parent
    sys.path[:0] = [str(here), str(here.parent)]
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:2])
    os.environ["BARNRAISE_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "static_settings"
    os.environ.setdefault("BARNRAISE_LOG_LEVEL", "ERROR")
    import django

    django.setup()
    print(f"data folder: {folder} (--data {folder} uses it again)")


def cookie_of(email: str) -> str:
    """A logged-in session of this account, as a cookie."""
    from django.test import Client

    from barnraise.plumbing.accounts.models import Account

    client = Client()
    client.force_login(Account.objects.get(email=email))
    return f"sessionid={client.cookies['sessionid'].value}"


def free_port() -> int:
    """A port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Asker:
    """One kept connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head = f"HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: en\r\nCookie: {cookie}\r\n\r\n"

    def get(self, path: str) -> tuple[int, bytes]:
        """(status, body); closes nothing."""
        self.socket.sendall(f"GET {path} {self.head}".encode())
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")),
            None,
        )
        if length is None and b"chunked" in head.lower():
            while not body.endswith(b"0\r\n\r\n"):
                body += self._more()
        while length is not None and len(body) < length:
            body += self._more()
        return int(head[9:12]), body

    def _more(self) -> bytes:
        got = self.socket.recv(1 << 18)
        if not got:
            raise ConnectionError("the server closed the connection")
        return got


def wait_for(port: int) -> None:
    """Until the server answers."""
    for _ in range(3000):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


def rate(port: int, cookie: str, path: Callable[[int], str], *, seconds: float, connections: int) -> float:
    """Requests per second over that many connections; anything but 200 ends the run."""
    counts = [0] * connections
    wrong: list[Any] = []

    def ask(me: int) -> None:
        asker = Asker(port, cookie)
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            status, _body = asker.get(path(counts[me] * connections + me))
            if status != 200:
                wrong.append(status)
                return
            counts[me] += 1

    threads = [threading.Thread(target=ask, args=(me,)) for me in range(connections)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"{path(0)} answered {wrong[0]}")
    return sum(counts) / (time.perf_counter() - started)


def milliseconds(asker: Asker, path: str) -> tuple[float, int]:
    """(time until the whole answer is here, status)"""
    started = time.perf_counter()
    status, _body = asker.get(path)
    return (time.perf_counter() - started) * 1000, status


def tree(parent: int) -> list[int]:
    """A process and all below it, from /proc."""
    below: dict[int, list[int]] = {}
    for entry in (path.name for path in Path("/proc").iterdir()):
        if entry.isdigit():
            with suppress(OSError):
                below.setdefault(_parent(int(entry)), []).append(int(entry))
    found, waiting = [], [parent]
    while waiting:
        found.append(waiting.pop())
        waiting += below.get(found[-1], [])
    return found


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def database_process() -> int | None:
    """The main process of the PostgreSQL server on this machine; None for SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return _parent(cursor.fetchone()[0])


def processor_time(*roots: int | None) -> float:
    """Milliseconds that these processes and all below them have computed so far: waiting for a busy machine does not count."""
    spent = 0
    for root in roots:
        for pid in tree(root) if root else ():
            with suppress(OSError):  # processes come and go
                for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
                    with suppress(OSError):
                        spent += int(task.read_text().split()[0])
    return spent / 1e6
