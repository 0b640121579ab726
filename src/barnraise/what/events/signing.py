"""The address of somebody's own page about their place."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.services import sign

from .models import Registration

PURPOSE = "events.place"
AFTER = timedelta(days=30)
"""So long after the event the page still opens."""


def address(registration: Registration) -> str:
    """The whole address. Whoever has it says whether they come."""
    lasts = max(timedelta(days=1), registration.event.ends_at - timezone.now() + AFTER)
    return sign(PURPOSE, Ref.to(registration), expires=lasts)
