"""Change a message or one of its variants."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import Fault, refuse

from ..faults import message_faults
from ..models import Message, SocialAccount, Variant
from ..selectors import KIND
from .make import first_text, told

FIELDS = ("name", "text", "link", "language", "cites", "owner")
OPEN = (Variant.State.DRAFT.value, Variant.State.APPROVED.value, Variant.State.FAILED.value)
"""A variant in these states may be changed and posted."""


def locked(variant: Variant) -> Variant:
    """The row as it stands now with message and account, held until the end of the transaction."""
    rows = Variant.objects.select_for_update(of=("self",)).select_related("message", "account")
    return rows.get(pk=variant.pk)


def touch(row: Variant, *fields: str) -> None:
    """Save these fields and when it changed, of the message too."""
    now = timezone.now()
    row.updated_at = now
    row.save(update_fields=[*fields, "updated_at"])
    Message.objects.filter(pk=row.message_id).update(updated_at=now)


def change_message(message: Message, *, by: Any, **values: Any) -> Message:
    """Set the given fields (of FIELDS). Drafts that said what the message said say what it says now; others stay.

    Raises ValidationError by field; then nothing is changed.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A message has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            clean = squeeze(value) if name == "name" else value.strip() if isinstance(value, str) else value
            setattr(row, name, clean)
        refuse(message_faults(row))
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if differ:
            row.name_folded, row.updated_at = fold(row.name)[:120], timezone.now()
            row.save(update_fields=[*differ, "name_folded", "updated_at"])
            was = first_text(before["text"], before["link"])
            follow = Variant.objects.filter(message=row, state=Variant.State.DRAFT, text=was)
            follow.update(text=first_text(row.text, row.link), updated_at=row.updated_at)
            record(by=by, verb="social.changed", about=told(row))
            search.index(KIND, [row.pk])
    return row


def change_variant(
    variant: Variant, *, by: Any, text: str | None = None, account: SocialAccount | None | str = ""
) -> Variant:
    """Other words for a network, or another account ("" leaves it). What was approved becomes a draft again.

    Raises ValidationError by field; then nothing is changed.
    """
    with transaction.atomic():
        row = locked(variant)
        if row.state not in OPEN:
            raise ValidationError(_("It stands in the network already, or is on its way."))
        found: list[Fault] = []
        new = row.text if text is None else text.strip()
        if not new:
            found.append(("text", _("Write what to say.")))
        if len(new) > 70000 or "\x00" in new:
            found.append(("text", _("It is too long, or contains a character that cannot be stored.")))
        if isinstance(account, SocialAccount) and account.network != row.network:
            found.append(("account", _("This account is at another network.")))
        refuse(found)
        chosen = row.account if isinstance(account, str) else account
        if (new, chosen) != (row.text, row.account):
            if new != row.text:
                # Under the old key the network would confirm the old words, had they arrived after all.
                row.key = uuid4()
            row.text, row.account, row.state, row.reason = new, chosen, Variant.State.DRAFT, ""
            row.approved_by = None
            touch(row, "text", "key", "account", "state", "reason", "approved_by")
            record(by=by, verb="social.variant_changed", about=[row.message, row])
    return row
