"""What of this room stands in an account's calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from . import selectors
from .sockets import CalendarItem, calendars


def steps_in_calendar(account: Any, today: date) -> Sequence[CalendarItem]:
    """The account's next steps that have a day, each on its whole day."""
    site = str(settings.ENVIRONMENT.url)
    host = urlsplit(site).hostname or "barnraise"
    found = []
    for step in selectors.of_calendar(account, today=today):
        whom = [str(one) for one in (step.person, step.organisation) if one is not None]
        found.append(
            CalendarItem(
                uid=f"{step.uuid}@{host}",
                summary=f"{step.text} ({', '.join(whom)})" if whom else step.text,
                url=f"{site}{step.get_absolute_url()}",
                stamped_at=step.updated_at,
                on=step.due_on,
                description=f"{site}{step.get_absolute_url()}",
                is_over=step.is_done,
            )
        )
    return found


def items_of(account: Any, today: date) -> list[CalendarItem]:
    """Everything that stands in the account's calendar, of all rooms."""
    return [item for read in calendars for item in read(account, today)]
