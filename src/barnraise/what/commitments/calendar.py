"""Promises an account sees to, in its calendar: on the day they are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from barnraise.who.interactions.sockets import CalendarItem

from . import facing, selectors


def promises_in_calendar(account: Any, today: date) -> Sequence[CalendarItem]:
    """Those that are open, and those settled in the last month."""
    site = str(settings.ENVIRONMENT.url)
    host = urlsplit(site).hostname or "barnraise"
    return [
        CalendarItem(
            uid=f"{row.uuid}@{host}",
            summary=row.what,
            url=f"{site}{row.get_absolute_url()}",
            stamped_at=row.updated_at,
            on=row.due_on,
            description=facing.parties_text(row),
            is_over=bool(row.settled),
        )
        for row in selectors.of_calendar(account, today)
    ]
