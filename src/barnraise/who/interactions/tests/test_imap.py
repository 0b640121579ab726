"""A mailbox on a real IMAP server of this machine."""

from __future__ import annotations

import asyncio
import imaplib
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from barnraise.who.interactions import mailboxes, selectors
from barnraise.who.interactions.models import Interaction
from barnraise.who.interactions.services import open_filing_address

pytestmark = pytest.mark.django_db


@contextmanager
def _running(*options: str) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("pymap")),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        *options,
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


@pytest.fixture
def server() -> Iterator[int]:
    """Its port; one unseen mail of a stranger lies in the mailbox."""
    with _running("--no-tls") as port:
        yield port


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with cert.pem and key.pem of a mail server that its operator certified."""
    folder = tmp_path_factory.mktemp("tls")
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("No openssl on this machine.")
    command = [
        program,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=mail of the town",
    ]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


@contextmanager
def _wrapped(plain: int, folder: Path) -> Iterator[int]:
    """A port that speaks TLS from the first byte, as imaps:// wants it, before a server that does not."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    loop = asyncio.new_event_loop()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
            writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind, before = await asyncio.open_connection("127.0.0.1", plain)
        await asyncio.gather(carry(reader, before), carry(behind, writer))

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    # In its own thread from the start: in this one the loop of a browser's driver may be running.
    opening = asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    door = asyncio.run_coroutine_threadsafe(opening, loop).result(10)
    yield door.sockets[0].getsockname()[1]
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


def test_over_tls_only_a_server_that_is_certified_is_trusted(bob, settings, certificate, monkeypatch):
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"mail_domain": "in.example.org"})
    address = selectors.written_address(open_filing_address(account=bob, by=bob))
    text = f"From: Ana <ana@example.org>\r\nTo: {address}\r\nSubject: Chairs\r\nMessage-ID: <1@x>\r\n\r\nTwenty.\r\n"
    keys = ("--cert", str(certificate / "cert.pem"), "--key", str(certificate / "key.pem"))
    with _running(*keys) as port, _running("--no-tls") as plain, _wrapped(plain, certificate) as wrapped:
        ways = {
            "imap+tls": f"imap+tls://demouser:demopass@127.0.0.1:{port}/INBOX",
            "imaps": f"imaps://demouser:demopass@127.0.0.1:{wrapped}/INBOX",
        }
        for mailbox in ways.values():
            with pytest.raises(ssl.SSLCertVerificationError):
                mailboxes.fetch(mailbox)
        assert Interaction.objects.count() == 0
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
        with imaplib.IMAP4("127.0.0.1", plain, timeout=10) as client:
            client.login("demouser", "demopass")
            client.append("INBOX", "", None, text.encode())  # type: ignore[arg-type]
        told = mailboxes.fetch(ways["imaps"])
        assert (told.filed, told.passed_over) == (1, 1)
        assert Interaction.objects.get().subject == "Chairs"
        assert mailboxes.fetch(ways["imap+tls"]).filed == 0
        # A certificate of another host is none of this one.
        with pytest.raises(ssl.SSLCertVerificationError):
            mailboxes.fetch(ways["imaps"].replace("127.0.0.1", "localhost"))


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
