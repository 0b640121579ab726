"""What is needed no more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from ..models import Body, Message, Notice

UNREAD_DAYS = timedelta(days=90)


def purge(*, now: datetime) -> int:
    """Drop the content of notices nobody could read after UNREAD_DAYS, and texts that no mail has. How many texts went."""
    old = Notice.objects.filter(created_at__lt=now - UNREAD_DAYS).exclude(content="")
    old.update(content="")
    used = Message.objects.filter(body=OuterRef("pk"))
    loose = Body.objects.filter(~Exists(used), created_at__lt=now - timedelta(days=1))
    return loose.delete()[0]
