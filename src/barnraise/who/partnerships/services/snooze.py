"""Let a silence be for a while, with the reason why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.services import record

from ..faults import Fault, refuse, text_faults
from ..models import Partnership

LONGEST = timedelta(days=366)


def snooze(partnership: Partnership, *, by: Any, until: date, reason: str) -> Partnership:
    """Nobody is reminded of the silence until that day (included). Raises ValidationError by field: a day that has passed or lies
    more than a year ahead, no reason; then nothing is changed."""
    now = timezone.now()
    today = timezone.localdate(now)
    reason = reason.strip()
    found: list[Fault] = [
        ("snooze_reason" if name == "snooze_reason" else name, why)
        for name, why in text_faults(snooze_reason=reason)
    ]
    if not reason:
        found.append(("snooze_reason", _("Say why it may be quiet, for whoever wonders.")))
    if until < today:
        found.append(("until", _("This day has passed.")))
    elif until > today + LONGEST:
        found.append(("until", _("At most a year ahead. Call them dormant if it will be longer.")))
    refuse(found)
    return _set(partnership, until, reason, by, "snoozed", {"reason": reason})


def wake(partnership: Partnership, *, by: Any) -> Partnership:
    """People are reminded again; nothing happens when they are."""
    if partnership.snoozed_until is None:
        return partnership
    return _set(partnership, None, "", by, "woken", {})


def _set(
    partnership: Partnership, until: date | None, reason: str, by: Any, verb: str, details: dict[str, Any]
) -> Partnership:
    with transaction.atomic():
        row = Partnership.objects.select_for_update().get(pk=partnership.pk)
        row.snoozed_until, row.snooze_reason, row.updated_at = until, reason, timezone.now()
        row.save(update_fields=["snoozed_until", "snooze_reason", "updated_at"])
        record(by=by, verb=f"partnerships.{verb}", about=[row.partner, row], details=details)
    return row
