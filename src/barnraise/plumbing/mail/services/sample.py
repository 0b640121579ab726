"""The sample town's mails: what a partnership's outbox looks like. Nothing of it was ever sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Body, Message, Notice, Suppression
from ..selectors import KIND


def write_sample(rows: Sequence[Message]) -> list[Message]:
    """Keep these mails of the sample town as they are. In the caller's transaction."""
    for row in rows:
        row.is_sample, row.transport = True, Message.Transport.NONE
    made = Message.objects.bulk_create(rows, batch_size=200)
    search.index(KIND, [row.pk for row in made if not row.is_bulk])
    return made


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """Take exactly the sample town's mails and suppressed addresses away. How many mails went."""
    keys = list(Message.objects.filter(is_sample=True).values_list("pk", flat=True))
    bodies = list(Message.objects.filter(pk__in=keys).values_list("body_id", flat=True).distinct())
    Notice.objects.filter(message_id__in=keys).delete()
    Message.objects.filter(pk__in=keys).delete()
    Body.objects.filter(pk__in=bodies).exclude(pk__in=Message.objects.values("body_id")).delete()
    Suppression.objects.filter(is_sample=True).delete()
    search.remove(KIND, keys)
    if keys:
        record(by=by, verb="mail.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
