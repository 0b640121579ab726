"""What of this room stands in an account's calendar, and what tells that a calendar has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from . import selectors
from .sockets import CalendarItem, calendars

_NOBODY = UUID(int=0)


def steps_in_calendar(account: Any, today: date) -> Sequence[CalendarItem]:
    """The account's next steps that have a day, each on its whole day."""
    site = str(settings.ENVIRONMENT.url)
    host = urlsplit(site).hostname or "barnraise"
    # thousands of addresses that differ in one place
    before, after = (site + reverse("interactions:step", args=[_NOBODY])).split(str(_NOBODY))
    found = []
    for step in selectors.of_calendar(account, today=today):
        whom = [name for name in (step.person, step.organisation) if name]
        url = f"{before}{step.uuid}{after}"
        found.append(
            CalendarItem(
                uid=f"{step.uuid}@{host}",
                summary=f"{step.text} ({', '.join(whom)})" if whom else step.text,
                url=url,
                stamped_at=step.updated_at,
                on=step.due_on,
                description=url,
                is_over=step.done_at is not None,
            )
        )
    return found


def items_of(account: Any, today: date) -> list[CalendarItem]:
    """Everything that stands in the account's calendar, of all rooms."""
    return [item for source in calendars for item in source.read(account, today)]


def stamp_of(account: Any, today: date, *facts: str) -> str:
    """Another one whenever something in the account's calendar is another, or one of the facts."""
    said = [str(settings.ENVIRONMENT.url), *facts]
    for name, source in calendars.items():
        said += [name, source.stamp(account, today) if source.stamp else repr(source.read(account, today))]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]
