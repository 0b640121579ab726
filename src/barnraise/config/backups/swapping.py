"""The last step of a restore: what was unpacked and checked takes the place of what was there."""

from __future__ import annotations

import shutil
from pathlib import Path

from .manifest import is_kept_out

DATABASE_FILE = "barnraise.sqlite3"


def finish_swap(data: Path) -> bool:
    """Swap in what a restore has unpacked and checked, also when it was interrupted before; True when there was something.

    Every step may be repeated: a name goes from `data` to `.restoring/old` once, and from `.restoring/new` to `data`.
    """
    place = data / ".restoring"
    if not (place / "ready").exists():
        shutil.rmtree(place, ignore_errors=True)
        return False
    fresh, old = place / "new", place / "old"
    if not (place / "cleared").exists():
        old.mkdir(exist_ok=True)
        has_database = (fresh / DATABASE_FILE).exists() or (old / DATABASE_FILE).exists()
        for entry in sorted(data.iterdir()):
            is_database = entry.name.startswith(DATABASE_FILE) and has_database
            is_queue = entry.name.startswith("queue.sqlite3")
            stays = is_kept_out(entry.name, DATABASE_FILE) or entry.name == "barnraise.env"
            if is_database or is_queue or not stays:
                entry.rename(old / entry.name)
        (place / "cleared").touch()
    for entry in sorted(fresh.iterdir()):
        target = data / entry.name
        if target.is_dir():
            shutil.rmtree(target)
        entry.replace(target)
    for secret in ("secret_key", DATABASE_FILE):
        if (data / secret).exists():
            (data / secret).chmod(0o600)
    shutil.rmtree(place)
    return True
