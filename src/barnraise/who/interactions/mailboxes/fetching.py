"""File the new mails of a mailbox. A mail is marked only after what was made of it is committed; twice is once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import DatabaseError

from barnraise.foundation.mail import Mail, read
from barnraise.plumbing.mail import selectors as outbox
from barnraise.plumbing.mail import services as returning

from .. import selectors, services
from .imap import Imap
from .maildir import Maildir

log = logging.getLogger("barnraise.mail")

AT_ONCE = 50
"""So many in one round; the rest in the next."""


class Mailbox(Protocol):
    """An open mailbox."""

    def __enter__(self) -> Mailbox: ...

    def __exit__(self, *_error: object) -> None: ...

    def waiting(self) -> Iterator[tuple[str, int]]:
        """(key, size) of new mails."""
        ...

    def content(self, key: str) -> bytes:
        """A whole mail."""
        ...

    def done(self, key: str, *, is_passed_over: bool) -> None:
        """Mark a mail."""
        ...


@dataclass(slots=True)
class Round:
    """How many mails were filed, were notices about mails of ours, were there before, and were passed over (nobody's, a machine's,
    a list's that names nobody, too large)."""

    filed: int = 0
    returned: int = 0
    twice: int = 0
    passed_over: int = 0


def opened(address: str) -> Mailbox:
    """The mailbox of BARNRAISE_MAILBOX, to be entered."""
    parts = urlsplit(address)
    if parts.scheme == "maildir":
        return Maildir(Path("/" + unquote(f"{parts.netloc}/{parts.path}").strip("/")))
    return Imap(parts)


def fetch(address: str, *, trusts_senders: bool = False) -> Round:
    """One round over the new mails. Raises OSError or imaplib's error when the mailbox cannot be opened, DatabaseError when
    nothing can be written now: then the mail at hand stays new."""
    told = Round()
    limit = settings.ENVIRONMENT.mail_limit_mb * 1024 * 1024
    with opened(address) as box:
        for number, (key, size) in enumerate(box.waiting()):
            if number >= AT_ONCE:
                break
            _take(box, key, size > limit, trusts_senders, told)
    return told


def _take(box: Mailbox, key: str, is_too_large: bool, trusts_senders: bool, told: Round) -> None:
    outcome = ""
    if not is_too_large:
        try:
            outcome = _file(box.content(key), trusts_senders)
        except DatabaseError:
            raise
        except Exception:
            # One mail that cannot be read must not keep the others waiting; it stays there, flagged.
            log.exception("A mail could not be filed; it stays in the mailbox, flagged.")
    told.filed += outcome == "filed"
    told.twice += outcome == "twice"
    told.returned += outcome == "returned"
    is_done = outcome in {"filed", "twice", "returned"}
    told.passed_over += not is_done
    box.done(key, is_passed_over=not is_done)


def _file(raw: bytes, trusts_senders: bool) -> str:
    mail = read(raw)
    if _is_returned(raw, mail):
        return "returned"
    account = _whose(mail, trusts_senders)
    if account is None:
        return ""
    done = services.file_raw(raw, by=account)
    if done.interaction is None:
        return "automatic"
    return "filed" if done.is_new else "twice"


def _is_returned(raw: bytes, mail: Mail) -> bool:
    """Whether it was a notice about a mail of ours, and was taken in. What only looks like one is left for a person."""
    named = (one.email for one in (*mail.delivered_to, *mail.to))
    path = next((one for one in named if outbox.is_return_path(one)), "")
    if not path and mail.automatic not in {"bounce", "complaint"}:
        return False
    if path and outbox.message_of_path(path) is None:
        return False
    return any(
        row.message is not None for row in returning.take_returns(raw, way="mailbox", return_path=path)
    )


def _whose(mail: Mail, trusts_senders: bool) -> Any:
    for one in (*mail.delivered_to, *mail.to, *mail.cc, *mail.bcc):
        account = selectors.account_of(one.email)
        if account is not None:
            return account
    if trusts_senders and mail.author is not None:
        return selectors.account_by_sender(mail.author.email)
    return None
