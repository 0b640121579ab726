"""What the reader of mails answers with: plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Automatic = Literal["", "reply", "bounce", "complaint", "notice", "list"]
"""Why nobody typed this mail to somebody: an absence note, a report of non-delivery, a report of abuse, a machine's
notice, or a mailing list's. Empty: a person wrote it."""


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One mailbox: `email` with a lower-case domain, never blank; `name` as shown, possibly blank."""

    email: str
    name: str = ""

    @property
    def folded(self) -> str:
        """The whole address in lower case, to compare by."""
        return self.email.lower()

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.email.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that came with a mail. `name` holds no path; `kind` is a MIME type; `is_inline` when it is shown in the text."""

    name: str
    kind: str
    content: bytes = field(repr=False)
    is_inline: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A text taken apart.

    `new_text` is what stands outside of quotations, `said` the same without signature and disclaimer. What was cut is
    `quoted` and `signature`.
    """

    new_text: str
    said: str
    quoted: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A mail passed on inside another: its author, its readers, and its text without older quotations."""

    author: Address | None = None
    readers: tuple[Address, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. Texts are never None; headers that are missing or broken read as empty.

    `message_id`, `in_reply_to` and `references` stand without angle brackets. `sent_at` is aware, None when no header
    tells. `delivered_to` are the mailboxes that servers noted on the way (Delivered-To, X-Original-To, Envelope-To).
    `text` is the whole readable text; `reply` takes it apart. `attachments` leave out pictures shown in the text.
    """

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    sent_at: datetime | None
    subject: str
    authors: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    delivered_to: tuple[Address, ...]
    automatic: Automatic
    text: str
    reply: Reply
    forwarded: Forwarded | None
    attachments: tuple[Attachment, ...]

    @property
    def author(self) -> Address | None:
        """Who wrote it, as the first address of From says."""
        return self.authors[0] if self.authors else None

    @property
    def is_automatic(self) -> bool:
        """True when no person typed it."""
        return bool(self.automatic)
