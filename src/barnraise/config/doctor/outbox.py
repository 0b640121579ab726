"""The outbox: mails go out, and do not come back in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from barnraise.plumbing.mail import selectors

from .finding import Finding, error, warning

WEEK = timedelta(days=7)
MOST_COMPLAINTS = 0.001
"""One complaint in a thousand mails is where the large providers begin to worry (Gmail's rules for senders: stay below 0.10 %)."""


def look() -> Iterator[Finding]:
    """Mails that should have gone, a server that refuses them, complaints."""
    now = timezone.now()
    stuck = selectors.stuck(now)
    if many := stuck.count():
        yield error(
            "outbox.stuck",
            f"{many} mails should have gone out more than half an hour ago.",
            "See that a worker runs, and that the mail server of EMAIL_URL answers.",
        )
    waiting = selectors.refused_lately(now)
    newest = waiting.first()
    if newest is not None:
        yield warning(
            "outbox.refused",
            f"{waiting.count()} mails wait because the mail server did not take them; it said: {newest.answer}",
            "Mend what it says; they are tried again by themselves for two days.",
        )
    handed, complaints = selectors.complaint_counts(now - WEEK)
    if handed and complaints / handed >= MOST_COMPLAINTS:
        yield warning(
            "outbox.complaints",
            f"{complaints} of {handed} mails of the last seven days brought a complaint.",
            "Write to fewer people, and only to those who agreed; above 0.3 % large providers refuse your mails.",
        )
