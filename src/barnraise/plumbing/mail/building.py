"""A mail as it goes over the wire."""

from __future__ import annotations

from datetime import timedelta
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from barnraise.foundation.mail.placeholders import filled
from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.services import sign

from .models import Message
from .pictures import parts_of

UNSUBSCRIBE_DAYS = timedelta(days=365)
UNSUBSCRIBE = "mail.unsubscribe"
THEIRS = "https://…"
"""What the team sees in the place of an address by which only the reader acts."""


def domain() -> str:
    """What stands behind the @ of identifiers of ours."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def message_id(row: Message) -> str:
    """The identity of a mail, without angle brackets; it holds nothing that could be guessed."""
    return f"{row.uuid}@{domain()}"


def unsubscribe_address(row: Message) -> str:
    """What the reader opens, or their mail program posts to, to get no more of it."""
    return sign(
        UNSUBSCRIBE, Ref.to(row), expires=UNSUBSCRIBE_DAYS, data={"l": row.language} if row.language else None
    )


def values_of(row: Message, *, is_sent: bool = False) -> dict[str, str]:
    """What stands for the placeholders, with the address to unsubscribe where the mail has a purpose.

    Unless `is_sent`, addresses by which only the reader acts are not given: the team reads mails, and answers for nobody.
    """
    values = {str(name): str(value) for name, value in row.values.items()}
    if row.purpose and not row.erased_at:
        values["unsubscribe_url"] = unsubscribe_address(row) if is_sent else ""
    if is_sent:
        return values
    return {name: THEIRS if name.endswith("_url") else value for name, value in values.items()}


def spoken(row: Message, *, is_sent: bool = False) -> tuple[str, str, str]:
    """(subject, text, HTML) with every placeholder filled, as the reader gets them; addresses of their own only if `is_sent`."""
    values = values_of(row, is_sent=is_sent)
    body = row.body
    subject = " ".join(filled(body.subject, values).split())
    return subject, filled(body.text, values), filled(body.html, values, is_html=True) if body.html else ""


class Illustrated(EmailMultiAlternatives):
    """A mail with pictures in it, which its HTML names (RFC 2387)."""

    mixed_subtype = "related"


def built(row: Message, connection: Any = None) -> EmailMultiAlternatives:
    """The whole mail. Needs `row.body` loaded."""
    subject, text, html = spoken(row, is_sent=True)
    headers = {"Message-ID": f"<{message_id(row)}>"}
    if row.is_bulk or row.by_id is None:
        headers["Auto-Submitted"] = "auto-generated"
    if row.purpose:
        headers |= unsubscribing(unsubscribe_address(row), row.purpose)
    parts = parts_of(html)
    mail = (Illustrated if parts else EmailMultiAlternatives)(
        subject,
        text,
        settings.DEFAULT_FROM_EMAIL,
        [named(row.to_name, row.to_address)],
        headers=headers,
        reply_to=[row.reply_to] if row.reply_to else None,
        connection=connection,
    )
    if html:
        mail.attach_alternative(html, "text/html")
        for part in parts:
            mail.attach(part)
    return mail


def unsubscribing(address: str, purpose: str) -> dict[str, str]:
    """The headers of RFC 2369, 2919 and 8058. One-click is promised only over https, as RFC 8058 (3.1) demands."""
    found = {
        "List-Unsubscribe": f"<{address}>",
        "List-Id": f"<{purpose.replace(':', '-').replace('_', '-')}.{domain()}>",
    }
    if urlsplit(address).scheme == "https":
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found


def named(name: str, address: str) -> str:
    """ "Name <address>", written so that no name can add a second address."""
    clean = " ".join(name.split()).replace('"', "'")
    if not clean or any(ord(letter) < 32 for letter in clean):
        return address
    try:
        return str(Address(display_name=clean, addr_spec=address))
    except (ValueError, IndexError):
        return address
