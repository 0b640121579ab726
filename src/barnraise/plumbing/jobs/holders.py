"""Which process holds a lease, and whether it can still be alive as seen from here."""

from __future__ import annotations

import os
import socket
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def machine() -> str:
    """Names this machine since its last start, and this container's own count of processes; at most 80 characters."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}-{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return socket.gethostname()[:80]


def me() -> str:
    """This process as "machine:pid", at most 120 characters."""
    return f"{machine()}:{os.getpid()}"


def is_surely_gone(holder: str) -> bool:
    """True only when `holder` was a process of this machine that no longer runs. False when that cannot be known."""
    where, _, number = holder.rpartition(":")
    if where != machine() or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return _is_zombie(int(number))


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return False
