"""Mails over LMTP: the worker takes them from the mail server beside it and files them."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiosmtpd.lmtp import LMTP
from django.conf import settings
from django.db import close_old_connections, connections

from barnraise.plumbing.mail import selectors as outbox
from barnraise.plumbing.mail import services as mails
from barnraise.who.interactions import selectors, services

log = logging.getLogger("barnraise.mail")

AGAIN_SECONDS = 5.0
_LONGEST_LINE = 1 << 20
_NOBODY = "550 5.1.1 Nobody files mails by this address"
_LATER = "451 4.3.0 The mail could not be filed now; try again later"


class FilingServer(LMTP):
    """Takes long lines too: programs of the world write them, and a mail refused for one would be lost."""

    line_length_limit = _LONGEST_LINE


class Door:
    """What aiosmtpd asks. One recipient for each mail: LMTP answers each by itself, and a mail is filed for one account."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads

    async def _in_thread(self, act: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _with_database, act)

    async def handle_RCPT(  # noqa: N802 - its name in aiosmtpd
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Refuse whom we do not know at once."""
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient for each mail"
        try:
            is_known = await self._in_thread(lambda: _is_known(address))
        except Exception:
            log.exception("A recipient could not be looked up.")
            return _LATER
        if not is_known:
            return _NOBODY
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - its name in aiosmtpd
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        """Answer 250 only after the mail is committed, or when it is one that is never filed."""
        content, recipient = bytes(envelope.content or b""), envelope.rcpt_tos[0]
        is_null_sender = not (envelope.mail_from or "").strip("<> ")
        try:
            answer = await self._in_thread(lambda: _filed(content, recipient, is_null_sender))
        except Exception:
            log.exception("A mail could not be filed; the mail server keeps it.")
            return _LATER
        return str(answer)


def _is_known(address: str) -> bool:
    return outbox.message_of_path(address) is not None or selectors.account_of(address) is not None


def _filed(content: bytes, recipient: str, is_null_sender: bool) -> str:
    if outbox.is_return_path(recipient):
        if outbox.message_of_path(recipient) is None:
            return _NOBODY
        mails.take_returns(content, way="lmtp", return_path=recipient)
        return "250 2.0.0 Taken as a notice about a mail of ours"
    account = selectors.account_of(recipient)
    if account is None:
        return _NOBODY
    done = services.file_raw(content, by=account, is_null_sender=is_null_sender)
    if done.interaction is None:
        return (
            "250 2.0.0 Taken and not filed: a machine wrote it, or a mailing list that names nobody we know"
        )
    return "250 2.0.0 Filed" if done.is_new else "250 2.0.0 Filed before"


def _with_database(act: Callable[[], Any]) -> Any:
    close_old_connections()
    try:
        return act()
    finally:
        close_old_connections()


class MailDoor(threading.Thread):
    """Serves LMTP at `address` ("host:port") until `stop`. When the port is taken it tries again: another worker has it."""

    def __init__(self, address: str) -> None:
        super().__init__(name="lmtp", daemon=True)
        # It writes down every command, and with it whose address files what.
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        self._host, _colon, port = address.rpartition(":")
        self._port = int(port)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None
        self.ready = threading.Event()
        self.port = 0

    def run(self) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            connections.close_all()

    def stop(self) -> None:
        """Take no more mails; what is being filed is finished."""
        if self._loop is not None and self._ending is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ending.set)

    async def _serve(self) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        with ThreadPoolExecutor(2, thread_name_prefix="lmtp") as threads:
            server = await self._listening(Door(threads))
            if server is None:
                return
            self.port = server.sockets[0].getsockname()[1]
            self.ready.set()
            log.info("Mails are taken over LMTP at %s:%s.", self._host, self.port)
            await self._ending.wait()
            server.close()
            threads.submit(connections.close_all)

    async def _listening(self, door: Door) -> asyncio.Server | None:
        ending = self._ending
        loop = asyncio.get_running_loop()
        while ending is not None and not ending.is_set():
            try:
                return await loop.create_server(
                    lambda: self._protocol(door, loop), self._host.strip("[]"), self._port
                )
            except OSError as problem:
                log.warning(
                    "LMTP cannot listen at %s:%s (%s); trying again.", self._host, self._port, problem
                )
            try:
                await asyncio.wait_for(ending.wait(), AGAIN_SECONDS)
            except TimeoutError:
                continue
        return None

    def _protocol(self, door: Door, loop: asyncio.AbstractEventLoop) -> FilingServer:
        return FilingServer(
            door,
            data_size_limit=settings.ENVIRONMENT.mail_limit_mb * 1024 * 1024,
            enable_SMTPUTF8=True,
            hostname="barnraise",
            ident="Barnraise LMTP",
            timeout=120,
            loop=loop,
        )
