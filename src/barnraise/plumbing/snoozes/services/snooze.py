"""Let a reminder wait, and wake it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.sockets import cards, kinds

from ..models import Snooze

LONGEST = timedelta(days=366)
MOST = 200
KEPT = timedelta(days=30)


def snooze(card: str, ref: Ref, *, by: Any, until: date, reason: str) -> Snooze:
    """The card says nothing about the thing until that day (included), to nobody. Done again it says another day and reason.

    Raises ValidationError by field ("until", "reason"; "card" and "ref" for what is not there); then nothing is changed.
    """
    today = timezone.localdate()
    reason = squeeze(reason)
    found: dict[str, list[Any]] = {}
    if not reason:
        found["reason"] = [_("Say why it can wait, for whoever wonders.")]
    elif len(reason) > MOST:
        found["reason"] = [_("At most %(most)s characters.") % {"most": MOST}]
    if until < today:
        found["until"] = [_("This day has passed.")]
    elif until > today + LONGEST:
        found["until"] = [_("At most a year ahead.")]
    if cards.find(card) is None:
        found["card"] = [_("There is no card of this name.")]
    described = kinds.find(ref.kind)
    if described is None or ref.id not in described.titles([ref.id]):
        found["ref"] = [_("There is no such thing.")]
    if found:
        raise ValidationError(found)
    with transaction.atomic():
        row, _is_new = Snooze.objects.update_or_create(
            card=card,
            kind=ref.kind,
            key=ref.id,
            defaults={"until": until, "reason": reason, "by": by if getattr(by, "pk", None) else None},
        )
        details = {"reason": reason, "until": until.isoformat(), "card": card}
        record(by=by, verb="snoozes.snoozed", about=[ref], details=details)
    return row


def wake(row: Snooze, *, by: Any) -> None:
    """The card speaks of the thing again; nothing happens when it does."""
    with transaction.atomic():
        gone, _by_model = Snooze.objects.filter(pk=row.pk).delete()
        if gone:
            record(by=by, verb="snoozes.woken", about=[row.ref], details={"card": row.card})


def purge(*, now: datetime) -> int:
    """Remove what has woken by itself a month ago. Returns how many."""
    gone, _by_model = Snooze.objects.filter(until__lt=timezone.localdate(now) - KEPT).delete()
    return gone
