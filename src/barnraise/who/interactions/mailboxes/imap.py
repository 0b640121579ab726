"""A mailbox on an IMAP server: unseen mails are read without marking them; they are marked once they are filed."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, unquote

Key = str
PATIENCE = 30.0
PORTS = {"imaps": 993, "imap+tls": 143, "imap": 143}


class Imap:
    """Unseen mails of a folder. Raises OSError and imaplib.IMAP4.error when the server does not let us in."""

    def __init__(self, address: SplitResult) -> None:
        self._address = address
        self._server: imaplib.IMAP4 | None = None

    def __enter__(self) -> Imap:
        at = self._address
        host, port = at.hostname or "", at.port or PORTS[at.scheme]
        if at.scheme == "imaps":
            server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                host, port, ssl_context=ssl.create_default_context(), timeout=PATIENCE
            )
        else:
            server = imaplib.IMAP4(host, port, timeout=PATIENCE)
            if at.scheme == "imap+tls":
                server.starttls(ssl.create_default_context())
        self._server = server
        server.login(unquote(at.username or ""), unquote(at.password or ""))
        folder = unquote(at.path.strip("/")) or "INBOX"
        self._asked(server.select('"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'))
        return self

    def __exit__(self, *_error: object) -> None:
        if self._server is not None:
            try:
                self._server.logout()
            except (OSError, imaplib.IMAP4.error):
                self._server.shutdown()

    @property
    def server(self) -> imaplib.IMAP4:
        """The open connection."""
        if self._server is None:
            raise imaplib.IMAP4.error("The mailbox is not open.")
        return self._server

    def _asked(self, answer: tuple[str, Any]) -> list[Any]:
        state, told = answer
        if state != "OK":
            raise imaplib.IMAP4.error(f"The server answered {state}: {told!r:.200}")
        return list(told)

    def waiting(self) -> Iterator[tuple[Key, int]]:
        """(uid, size in bytes) of mails that are neither seen nor flagged, oldest first."""
        found = self._asked(self.server.uid("SEARCH", "UNSEEN", "UNFLAGGED"))
        uids = found[0].split() if found and isinstance(found[0], bytes) else []
        for uid in uids:
            told = self._asked(self.server.uid("FETCH", uid.decode(), "(RFC822.SIZE)"))
            size = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(one for one in told if isinstance(one, bytes)))
            yield uid.decode(), int(size[1]) if size else 0

    def content(self, key: Key) -> bytes:
        """The whole mail; it stays unseen."""
        told = self._asked(self.server.uid("FETCH", key, "(BODY.PEEK[])"))
        return next((one[1] for one in told if isinstance(one, tuple) and isinstance(one[1], bytes)), b"")

    def done(self, key: Key, *, is_passed_over: bool) -> None:
        """It was filed, or passed over: then it is flagged for a person to look at."""
        flags = r"(\Seen \Flagged)" if is_passed_over else r"(\Seen)"
        self._asked(self.server.uid("STORE", key, "+FLAGS", flags))
