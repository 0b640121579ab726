"""A raw mail as a value."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from . import automatic, forwards, headers, parts, replies
from .shapes import Forwarded, Mail

_DELIVERED = (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Delivered-To",
    "X-Forwarded-To",
)


def read(raw: bytes, *, pictures: bool = False) -> Mail:
    """Read an RFC 5322 mail, whole or broken: whatever the bytes are, a value comes back.

    `pictures` keeps pictures shown inside the text among the attachments.
    """
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    found = parts.collect(message)
    subject = headers.decoded(headers.first(message, "Subject"))[:1000]
    authors = headers.addresses(headers.written(message, "From"))
    text = found.text
    return Mail(
        message_id=next(iter(headers.ids(headers.written(message, "Message-ID"))), ""),
        in_reply_to=next(iter(headers.ids(headers.written(message, "In-Reply-To"))), ""),
        references=headers.ids(headers.written(message, "References")),
        sent_at=headers.sent_at(message),
        subject=subject,
        authors=authors,
        to=headers.addresses(headers.written(message, "To")),
        cc=headers.addresses(headers.written(message, "Cc")),
        bcc=headers.addresses(headers.written(message, "Bcc")),
        reply_to=headers.addresses(headers.written(message, "Reply-To")),
        delivered_to=headers.addresses(
            [value for name in _DELIVERED for value in headers.written(message, name)]
        ),
        automatic=automatic.judge(message, author=authors[0].email if authors else "", subject=subject),
        text=text,
        reply=replies.take_apart(text),
        forwarded=forwards.in_text(text, subject) or _attached(found.inside),
        attachments=tuple(one for one in found.attachments if pictures or not one.is_inline),
    )


def _attached(inside: list[Message]) -> Forwarded | None:
    """A mail passed on as an attachment."""
    if not inside:
        return None
    whole = inside[0]
    text = parts.collect(whole).text
    return Forwarded(
        author=next(iter(headers.addresses(headers.written(whole, "From"))), None),
        readers=headers.addresses([*headers.written(whole, "To"), *headers.written(whole, "Cc")]),
        subject=headers.decoded(headers.first(whole, "Subject"))[:500],
        sent_at=headers.sent_at(whole),
        text=replies.take_apart(text).new_text,
    )
