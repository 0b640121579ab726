"""Meetings an account sees to, in its calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from barnraise.who.interactions.sockets import CalendarItem

from . import selectors


def meetings_in_calendar(account: Any, today: date) -> Sequence[CalendarItem]:
    """Those of the last month and to come."""
    site = str(settings.ENVIRONMENT.url)
    host = urlsplit(site).hostname or "barnraise"
    return [
        CalendarItem(
            uid=f"{row.uuid}@{host}",
            summary=row.title,
            url=f"{site}{row.get_absolute_url()}",
            stamped_at=row.updated_at,
            starts_at=row.starts_at,
            ends_at=row.ends_at or row.starts_at,
            description=row.place,
            is_over=row.held_at is not None,
        )
        for row in selectors.of_calendar(account, timezone.now())
    ]
