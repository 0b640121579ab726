"""Change a mail that waits or is a draft, or cancel it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..addresses import tidy
from ..faults import address_fault, refuse, text_faults
from ..models import Body, Message
from ..selectors import KIND, suppressed
from .deliver import deliver_soon

FIELDS = ("to_address", "subject", "text", "reply_to", "due_at", "about")


def _waiting(message: Message) -> Message:
    row = Message.objects.select_for_update(of=("self",)).select_related("body").get(pk=message.pk)
    if not row.is_waiting:
        raise ValidationError(
            _("It no longer waits: %(state)s. Nothing was changed.") % {"state": row.get_state_display()}
        )
    return row


@transaction.atomic
def change(message: Message, *, by: Any, **values: Any) -> Message:
    """Set the given fields (of FIELDS) of a mail that waits. Raises ValidationError by field; then nothing is changed."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A mail has no field {', '.join(sorted(unknown))}.")
    row = _waiting(message)
    if row.is_bulk:
        raise ValidationError(_("It is one of many that all say the same: change the campaign."))
    before = {
        "to_address": row.to_address,
        "subject": row.body.subject,
        "text": row.body.text,
        "reply_to": row.reply_to,
        "due_at": row.due_at,
        "about": row.about,
    }
    after = {**before, **values}
    after["to_address"] = tidy(after["to_address"])
    found = text_faults(after["subject"], after["text"])
    if fault := address_fault(after["to_address"]):
        found["to_address"] = fault
    elif suppressed([after["to_address"]]):
        found["to_address"] = _("Nothing is sent to this address.")
    if after["reply_to"] and (fault := address_fault(after["reply_to"])):
        found["reply_to"] = fault
    refuse(found)
    differ = [name for name in FIELDS if before[name] != after[name]]
    if not differ:
        return row
    if {"subject", "text"} & set(differ):
        row.body = Body.objects.create(
            subject=after["subject"].strip(), text=after["text"], created_at=timezone.now()
        )
    _follow_reader(row, before, after)
    row.reply_to, row.due_at, row.about = after["reply_to"], after["due_at"], after["about"]
    row.updated_at = timezone.now()
    row.save(
        update_fields=[
            "body",
            "to_address",
            "to_name",
            "recipient",
            "reply_to",
            "due_at",
            "about",
            "updated_at",
        ]
    )
    told = {name: (_told(before[name]), _told(after[name])) for name in differ if name != "text"}
    record(by=by, verb="mail.changed", about=[row], changes=told)
    search.index(KIND, [row.pk])
    deliver_soon()
    return row


def _follow_reader(row: Message, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Another address is another reader, as far as anybody knows."""
    if before["to_address"] != after["to_address"]:
        row.to_address, row.to_name, row.recipient = after["to_address"], "", ""


def _told(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


@transaction.atomic
def cancel(message: Message, *, by: Any) -> Message:
    """A mail that waits is not sent. Raises ValidationError when it is on its way or over."""
    row = _waiting(message)
    row.state, row.reason, row.updated_at = Message.State.CANCELLED, "", timezone.now()
    row.save(update_fields=["state", "reason", "updated_at"])
    record(by=by, verb="mail.cancelled", about=[row])
    return row


@transaction.atomic
def cancel_about(ref: Ref) -> int:
    """All mails about a thing that still wait are not sent. How many; no sentence: the caller has its own."""
    rows = Message.objects.filter(about=str(ref), state=Message.State.QUEUED)
    return rows.update(state=Message.State.CANCELLED, reason="", updated_at=timezone.now())
