"""Raw mails from a door, and the secret addresses by which accounts file them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from barnraise.foundation.mail import read
from barnraise.foundation.policy import require
from barnraise.plumbing.journal.services import record

from .. import selectors
from ..models import FilingAddress, Interaction
from ..policies import may_file
from .file_message import Filed, file_message


def file_raw(
    raw: bytes, *, by: Any, visibility: str = Interaction.Visibility.TEAM, is_null_sender: bool = False
) -> Filed:
    """File a raw mail for the account `by` in their language, once. When this returns, everything of it is committed.

    `is_null_sender`: the envelope had no sender, so a machine wrote it and it is not filed.
    """
    require(may_file, by)
    mail = read(raw)
    if is_null_sender:
        return Filed(None)
    named = (*mail.authors, *mail.to, *mail.cc, *mail.bcc, *mail.delivered_to)
    own = [one.folded for one in named if selectors.is_filing_address(one.folded)]
    with translation.override(by.language or translation.get_language()):
        return file_message(mail, by=by, visibility=visibility, own=own)


def looks_like_mail(raw: bytes) -> bool:
    """Whether these bytes begin like a mail: with a sender, a stamp of a server or an identity among the headers."""
    head = raw[:20_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    return any(
        head.startswith(name) or b"\n" + name in head for name in (b"from:", b"received:", b"message-id:")
    )


@transaction.atomic
def open_filing_address(*, account: Any, by: Any) -> FilingAddress:
    """Give the account a filing address; the one it has already, if any."""
    row, is_new = FilingAddress.objects.get_or_create(
        account=account, defaults={"renewed_at": timezone.now()}
    )
    if is_new:
        record(by=by, verb="interactions.filing_opened", about=[account])
    return row


@transaction.atomic
def renew_filing_address(*, row: FilingAddress, by: Any) -> FilingAddress:
    """Make a new address; mails to the old one are refused."""
    row.epoch += 1
    row.renewed_at = timezone.now()
    row.save(update_fields=["epoch", "renewed_at"])
    record(by=by, verb="interactions.filing_renewed", about=[row.account])
    return row


@transaction.atomic
def close_filing_address(*, row: FilingAddress, by: Any) -> None:
    """No address files for the account any more."""
    record(by=by, verb="interactions.filing_closed", about=[row.account])
    row.delete()
