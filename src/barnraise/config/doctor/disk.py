"""Room on the disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from django.conf import settings

from .finding import Finding, error, warning

MEGABYTE = 1_000_000


def look() -> Iterator[Finding]:
    """An error below 200 MB free, a warning below 1 GB or less than two uploads of the largest size."""
    free = shutil.disk_usage(settings.DATA).free // MEGABYTE
    wanted = max(1000, 2 * settings.ENVIRONMENT.upload_limit_mb)
    mend = "Make room: old backups, old copies in DATA/backups; or move the data folder to a larger disk."
    if free < 200:
        yield error("disk.full", f"Only {free} MB are free where the data folder is.", mend)
    elif free < wanted:
        yield warning("disk.low", f"{free} MB are free where the data folder is.", mend)
