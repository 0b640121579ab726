"""Hand one mail to the mail server, and keep its answer. One connection stays open from mail to mail."""

from __future__ import annotations

import re
import smtplib
import threading
import time
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

MOST_ON_ONE = 100
"""Mails on one connection; servers close it sooner or later."""
_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_BAD_ADDRESS = re.compile(r"^5\.1\.(1|2|3|6|10)$")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said to one mail. "accepted" took it; "later" is a refusal for now (4xx), "never" for good (5xx);
    "away" is a server that could not be reached or does not let us in: that says nothing about the mail.
    `is_address_bad`: it said that there is no such mailbox.
    """

    kind: Literal["accepted", "later", "never", "away"]
    code: int = 0
    text: str = ""
    status: str = ""
    transport: str = "smtp"
    is_address_bad: bool = False


def mails_are_files() -> bool:
    """No mail server is set: what is sent lies in DATA/mails and reaches nobody."""
    return str(settings.EMAIL_BACKEND).endswith(("filebased.EmailBackend", "console.EmailBackend"))


def said(kind: Any, code: int, text: bytes | str, *, about_address: bool = False) -> Answer:
    """An answer of the server in words."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    words = " ".join(words.split()).replace("\x00", "")[:400]
    status = found[1] if (found := _ENHANCED.search(words)) else ""
    bad = (
        about_address
        and kind == "never"
        and (bool(_BAD_ADDRESS.match(status)) or (not status and code == 550))
    )
    return Answer(kind, code, f"{code} {words}".strip()[:500], status, is_address_bad=bad)


class Courier:
    """Hands mails over, one after the other. Each thread has its own."""

    def __init__(self) -> None:
        self._backend: Any = None
        self._count = 0

    def hand_over(self, mail: EmailMessage, *, sender: str, to: str) -> Answer:
        """Never raises for what a server or the network does."""
        try:
            backend = self._opened()
        except smtplib.SMTPAuthenticationError as no:
            return Answer("away", no.smtp_code, said("away", no.smtp_code, no.smtp_error).text)
        except (OSError, smtplib.SMTPException) as problem:
            return Answer("away", 0, f"{type(problem).__name__}: {problem}"[:500])
        if not isinstance(backend, EmailBackend):
            return self._by_backend(backend, mail)
        try:
            return self._converse(backend.connection, mail, sender, to)
        except (OSError, smtplib.SMTPException) as problem:
            self.close()
            return Answer("away", 0, f"{type(problem).__name__}: {problem}"[:500])

    def close(self) -> None:
        """End the connection in peace."""
        backend, self._backend = self._backend, None
        if backend is not None:
            backend.close()

    def _opened(self) -> Any:
        if self._backend is not None and self._count >= MOST_ON_ONE:
            self.close()
        if self._backend is None:
            backend: Any = get_connection()
            backend.open()
            self._backend, self._count = backend, 0
        self._count += 1
        return self._backend

    def _by_backend(self, backend: Any, mail: EmailMessage) -> Answer:
        try:
            count = backend.send_messages([mail])
        except OSError as problem:
            return Answer("away", 0, f"{type(problem).__name__}: {problem}"[:500])
        finally:
            self.close()
        kind: Any = "accepted" if count else "later"
        return Answer(kind, 0, "", transport="file")

    def _converse(self, smtp: Any, mail: EmailMessage, sender: str, to: str) -> Answer:
        """MAIL, RCPT, DATA by hand, for smtplib's own way drops what the server says in the end."""
        smtp.ehlo_or_helo_if_needed()
        options = []
        if not to.isascii() or not sender.isascii():
            if not smtp.has_extn("smtputf8"):
                return Answer(
                    "never", 0, "The mail server takes no addresses with such letters (no SMTPUTF8)."
                )
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        code, text = smtp.mail(sender, options)
        if code != 250:
            return self._refused(smtp, code, text)
        code, text = smtp.rcpt(to)
        if code not in {250, 251, 252}:
            return self._refused(smtp, code, text, about_address=True)
        try:
            octets: Any = mail.message()
            code, text = smtp.data(octets.as_bytes(linesep="\r\n"))
        except smtplib.SMTPDataError as no:
            code, text = no.smtp_code, no.smtp_error
        return said("accepted", code, text) if code == 250 else self._refused(smtp, code, text)

    def _refused(self, smtp: Any, code: int, text: bytes, *, about_address: bool = False) -> Answer:
        if code == 421 or code < 400:
            self.close()
            return said("away", code, text)
        smtp.rset()
        return said("never" if code >= 500 else "later", code, text, about_address=about_address)


_own = threading.local()


def courier() -> Courier:
    """This thread's courier."""
    found: Courier | None = getattr(_own, "courier", None)
    if found is None:
        found = _own.courier = Courier()
    return found


class Pace:
    """At most so many mails in a minute, evenly. `due` is by the clock of this process."""

    def __init__(self) -> None:
        self._next = 0.0

    def wait(self) -> float:
        """Seconds until the next mail may go; 0 when it may now."""
        return max(0.0, self._next - time.monotonic())

    def went(self) -> None:
        """A mail has gone."""
        a_minute = settings.ENVIRONMENT.mails_per_minute
        self._next = time.monotonic() + (60 / a_minute if a_minute else 0)


pace = Pace()
