"""Put mails into the outbox. They go out once the caller's transaction has committed and a worker has time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.services import record, way
from barnraise.plumbing.search import services as search

from ..addresses import tidy
from ..faults import address_fault, refuse, text_faults
from ..models import Body, Message
from ..selectors import KIND, suppressed
from .deliver import deliver_soon


@dataclass(frozen=True, slots=True)
class Letter:
    """One reader of a mail: `recipient` is a typed reference or empty, `values` stand for the placeholders of the text."""

    to_address: str
    to_name: str = ""
    recipient: str = ""
    language: str = ""
    values: dict[str, str] = field(default_factory=dict)
    is_sample: bool = False


@transaction.atomic
def queue(
    letter: Letter,
    *,
    subject: str,
    text: str,
    by: Any,
    html: str = "",
    about: Any = "",
    purpose: Any = "",
    reply_to: str = "",
    due_at: datetime | None = None,
    again_of: Message | None = None,
) -> Message:
    """One mail to one reader.

    Raises ValidationError by field when it cannot be sent: no such address can be, or nothing is sent to this one. Whether
    the reader may be written to for a purpose is the caller's to ask; it is asked again just before the mail goes out.
    """
    found = text_faults(subject, text, html)
    if fault := address_fault(letter.to_address):
        found["to_address"] = fault
    elif blocked := suppressed([letter.to_address]).get(tidy(letter.to_address)):
        found["to_address"] = _("Nothing is sent to this address: %(why)s.") % {
            "why": blocked.get_reason_display()
        }
    if reply_to and (fault := address_fault(reply_to)):
        found["reply_to"] = fault
    refuse(found)
    body = Body.objects.create(subject=subject.strip(), text=text, html=html, created_at=timezone.now())
    (row,) = queue_many(
        [letter],
        body=body,
        by=by,
        about=about,
        purpose=purpose,
        reply_to=reply_to,
        due_at=due_at,
        is_bulk=False,
    )
    if again_of is not None:
        row.again_of = again_of
        row.save(update_fields=["again_of"])
    record(by=by, verb="mail.written", about=[row, *_ref(letter.recipient)])
    search.index(KIND, [row.pk])
    return row


def _ref(text: str) -> list[Any]:
    from barnraise.foundation.refs import Ref

    return [Ref.parse(text)] if text else []


@transaction.atomic
def queue_many(
    letters: Sequence[Letter],
    *,
    body: Body,
    by: Any,
    about: Any = "",
    purpose: Any = "",
    reply_to: str = "",
    due_at: datetime | None = None,
    is_bulk: bool = True,
) -> list[Message]:
    """Mails that all say the same, each with its own values, in the order given and without a sentence in the journal.

    To readers of the sample town, and from within the making of the sample town or an import, nothing is ever sent: such
    mails are kept as "not sent". Raises ValidationError for an address that is none.
    """
    now = timezone.now()
    for letter in letters:
        if fault := address_fault(letter.to_address):
            raise ValidationError({"to_address": fault})
    rows = [
        Message(
            is_bulk=is_bulk,
            recipient=letter.recipient,
            to_address=tidy(letter.to_address),
            to_name=" ".join(letter.to_name.split())[:200],
            reply_to=reply_to,
            language=letter.language[:10],
            body=body,
            values=letter.values,
            about=str(about),
            purpose=str(purpose),
            due_at=due_at or now,
            by=by if getattr(by, "pk", None) else None,
            is_sample=letter.is_sample or way() == "sample",
            created_at=now,
            updated_at=now,
        )
        for letter in letters
    ]
    for row in rows:
        _hold_back(row)
    made = Message.objects.bulk_create(rows, batch_size=200)
    deliver_soon()
    return made


def _hold_back(row: Message) -> None:
    reason = "sample" if row.is_sample else "import" if way() == "import" else ""
    if reason:
        row.state, row.reason = Message.State.SUPPRESSED, reason
