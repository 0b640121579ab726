"""Send nothing to an address any more, and let mails go there again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record

from ..addresses import digest, tidy
from ..faults import address_fault
from ..models import Message, Suppression
from ..selectors import soft_bounces, suppressed

SOFT_DAYS = timedelta(days=30)
SOFT_MOST = 3
"""So many mails that came back within SOFT_DAYS, and nothing more is sent."""


@transaction.atomic
def suppress(
    address: str,
    *,
    reason: str,
    by: Any,
    note: str = "",
    at: datetime | None = None,
    is_sample: bool = False,
) -> Suppression:
    """Nothing is sent to this address from now on; the row that stands when there is one. Raises ValidationError by field."""
    if fault := address_fault(tidy(address)):
        raise ValidationError({"address": fault})
    if reason not in Suppression.Reason.values:
        raise ValidationError({"reason": _("Choose one of the reasons.")})
    if "\x00" in note or len(note) > 300:
        raise ValidationError({"note": _("At most 300 characters are kept here.")})
    if there := suppressed([address]).get(tidy(address)):
        return there
    now = timezone.now()
    row = Suppression.objects.create(
        digest=digest(address),
        address=tidy(address),
        reason=reason,
        note=squeeze(note),
        since_at=at or now,
        by=by if getattr(by, "pk", None) else None,
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
    )
    record(by=by, verb="mail.suppressed", about=[row], details={"reason": reason})
    return row


@transaction.atomic
def suppress_many(
    addresses: Iterable[str], *, reason: str, by: Any, note: str = ""
) -> tuple[int, int, list[str]]:
    """(added, there already, what was no address) of a list of addresses. One sentence for all of them."""
    wanted = list(dict.fromkeys(tidy(one) for one in addresses if one.strip()))
    refused = [one for one in wanted if address_fault(one)]
    good = [one for one in wanted if one not in set(refused)]
    there = suppressed(good)
    now = timezone.now()
    rows = [
        Suppression(
            digest=digest(one),
            address=one,
            reason=reason,
            note=squeeze(note)[:300],
            since_at=now,
            by=by if getattr(by, "pk", None) else None,
            created_at=now,
            updated_at=now,
        )
        for one in good
        if one not in there
    ]
    Suppression.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    if rows:
        record(by=by, verb="mail.suppressed_many", about=[], details={"count": len(rows)})
    return len(rows), len(there), refused


@transaction.atomic
def change_note(suppression: Suppression, *, note: str, by: Any) -> Suppression:
    """Write something else beside it. Raises ValidationError."""
    if "\x00" in note or len(note) > 300:
        raise ValidationError({"note": _("At most 300 characters are kept here.")})
    row = Suppression.objects.select_for_update().get(pk=suppression.pk)
    before, row.note, row.updated_at = row.note, squeeze(note), timezone.now()
    if before != row.note:
        row.save(update_fields=["note", "updated_at"])
        record(by=by, verb="mail.suppression_noted", about=[row], changes={"note": (before, row.note)})
    return row


@transaction.atomic
def lift(suppression: Suppression, *, by: Any) -> Suppression:
    """Mails go there again. Of one that is lifted already nothing changes. Raises ValidationError for one of an erased reader."""
    row = Suppression.objects.select_for_update().get(pk=suppression.pk)
    if row.lifted_at is not None:
        return row
    if not row.address:
        raise ValidationError(
            _("Whose address it was has been erased. If they ask for mails again, they say so themselves.")
        )
    now = timezone.now()
    row.lifted_at, row.lifted_by, row.updated_at = now, by if getattr(by, "pk", None) else None, now
    row.save(update_fields=["lifted_at", "lifted_by", "updated_at"])
    record(by=by, verb="mail.suppression_lifted", about=[row])
    return row


def note_bad_address(row: Message, *, text: str, at: datetime) -> None:
    """The mail server said that there is no such mailbox: nothing more is sent there."""
    if row.to_address:
        suppress(
            row.to_address,
            reason=Suppression.Reason.BOUNCE,
            by=None,
            note=text[:300].replace("\x00", ""),
            at=at,
        )


def note_soft_bounce(row: Message, *, at: datetime) -> None:
    """It came back for another reason; after SOFT_MOST of them within SOFT_DAYS nothing more is sent there."""
    if row.to_address and soft_bounces(row.to_address, since=at - SOFT_DAYS) >= SOFT_MOST:
        note = _("%(count)d mails came back within %(days)d days.") % {
            "count": SOFT_MOST,
            "days": SOFT_DAYS.days,
        }
        suppress(row.to_address, reason=Suppression.Reason.SOFT, by=None, note=note, at=at)
