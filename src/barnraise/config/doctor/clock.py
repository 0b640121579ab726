"""The clock goes forward, and knows the zone of the place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Max
from django.utils import timezone

from barnraise.plumbing.jobs.models import Job, Worker
from barnraise.plumbing.profile.selectors import installation

from .finding import Finding, error

SLACK = timedelta(minutes=2)


def look() -> Iterator[Finding]:
    """Nothing in the database comes from the future; the installation's time zone is known here."""
    now = timezone.now()
    newest = [
        Job.objects.aggregate(at=Max("updated_at"))["at"],
        Worker.objects.aggregate(at=Max("seen_at"))["at"],
    ]
    latest = max((at for at in newest if at), default=now)
    if latest > now + SLACK:
        yield error(
            "clock.behind",
            f"This machine's clock says {now:%Y-%m-%d %H:%M} UTC, but rows were written at {latest:%Y-%m-%d %H:%M}.",
            "Set the clock, best by NTP, on every machine that runs Barnraise.",
        )
    zone = installation().time_zone
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield error(
            "clock.zone_unknown",
            f"The time zone {zone!r} is not known on this machine.",
            "Choose another under Settings, or install the time zone data (Python package tzdata).",
        )
