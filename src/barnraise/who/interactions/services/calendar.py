"""Open, renew and close an account's calendar feed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import record

from ..models import CalendarFeed


@transaction.atomic
def open_feed(*, account: Any, by: Any) -> CalendarFeed:
    """Give the account a secret calendar address; the one it has already, if any."""
    feed, is_new = CalendarFeed.objects.get_or_create(
        account=account, defaults={"renewed_at": timezone.now()}
    )
    if is_new:
        record(by=by, verb="interactions.feed_opened", about=[account])
    return feed


@transaction.atomic
def renew_feed(*, feed: CalendarFeed, by: Any) -> CalendarFeed:
    """Make a new address; the old one opens nothing any more."""
    feed.epoch += 1
    feed.renewed_at = timezone.now()
    feed.save(update_fields=["epoch", "renewed_at"])
    record(by=by, verb="interactions.feed_renewed", about=[feed.account])
    return feed


@transaction.atomic
def close_feed(*, feed: CalendarFeed, by: Any) -> None:
    """No address opens the calendar any more. One that is opened later is another."""
    record(by=by, verb="interactions.feed_closed", about=[feed.account])
    feed.delete()
