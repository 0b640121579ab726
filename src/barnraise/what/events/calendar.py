"""Events an account sees to, in its calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from barnraise.who.interactions.sockets import CalendarItem

from . import selectors


def events_in_calendar(account: Any, today: date) -> Sequence[CalendarItem]:
    """Those of the last month and to come."""
    site = str(settings.ENVIRONMENT.url)
    host = urlsplit(site).hostname or "barnraise"
    return [
        CalendarItem(
            uid=f"{event.uuid}@{host}",
            summary=event.title,
            url=f"{site}{event.get_absolute_url()}",
            stamped_at=event.updated_at,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            description=event.place,
            is_over=event.closed_at is not None,
        )
        for event in selectors.of_calendar(account, timezone.now())
    ]
