"""A mailbox on a real IMAP server of this machine."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from barnraise.who.interactions import mailboxes, selectors
from barnraise.who.interactions.models import Interaction
from barnraise.who.interactions.services import open_filing_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> Iterator[int]:
    """Its port; one unseen mail of a stranger lies in the mailbox."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("pymap")),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-tls",
    ]
    command += ["--no-service", "admin", "--no-service", "managesieve", "dict", "--demo-data"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _attempt in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        running.kill()
        running.wait()


def test_mails_are_marked_when_they_are_filed(server, bob, settings):
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"mail_domain": "in.example.org"})
    address = selectors.written_address(open_filing_address(account=bob, by=bob))
    text = f"From: Ana <ana@example.org>\r\nTo: {address}\r\nSubject: Chairs\r\nMessage-ID: <1@x>\r\n\r\nTwenty.\r\n"
    with imaplib.IMAP4("127.0.0.1", server, timeout=10) as client:
        client.login("demouser", "demopass")
        client.append("INBOX", "", None, text.encode())  # type: ignore[arg-type]
    mailbox = f"imap://demouser:demopass@127.0.0.1:{server}/INBOX"
    told = mailboxes.fetch(mailbox)
    assert (told.filed, told.twice, told.passed_over) == (1, 0, 1)
    made = Interaction.objects.get()
    assert (made.by, made.subject, made.text) == (bob, "Chairs", "Twenty.")
    again = mailboxes.fetch(mailbox)
    assert (again.filed, again.twice, again.passed_over) == (0, 0, 0)
    with imaplib.IMAP4("127.0.0.1", server, timeout=10) as client:
        client.login("demouser", "demopass")
        client.select("INBOX", readonly=True)
        assert client.search(None, "UNSEEN", "UNFLAGGED")[1] == [b""]


def test_a_wrong_password_is_told(server):
    with pytest.raises(imaplib.IMAP4.error):
        mailboxes.fetch(f"imap://demouser:wrong@127.0.0.1:{server}/INBOX")
