"""The secret calendar address of an account: derived, never kept."""

from __future__ import annotations

import hmac
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from ..models import CalendarFeed


def feed_of(account: Any) -> CalendarFeed | None:
    """The account's feed, None as long as it has none."""
    return CalendarFeed.objects.filter(account_id=account.pk).first()


def _mark(feed: CalendarFeed) -> str:
    said = f"{feed.uuid.hex}:{feed.epoch}"
    return salted_hmac("barnraise.interactions.calendar", said, algorithm="sha256").hexdigest()[:40]


def address_of(feed: CalendarFeed) -> str:
    """The whole secret address, as a calendar program wants it."""
    path = reverse("interactions:calendar", kwargs={"secret": f"{feed.uuid.hex}{_mark(feed)}"})
    return f"{settings.ENVIRONMENT.url}{path}"


def feed_owner(secret: str) -> Any:
    """The active account this secret opens the calendar of, else None: unknown, renewed and deactivated look alike."""
    if len(secret) != 72 or not secret.isascii() or not secret.isalnum():
        return None
    try:
        feed = CalendarFeed.objects.select_related("account").filter(uuid=secret[:32]).first()
    except ValueError:
        return None
    if feed is None or not hmac.compare_digest(_mark(feed), secret[32:]):
        return None
    return feed.account if feed.account.is_active else None
