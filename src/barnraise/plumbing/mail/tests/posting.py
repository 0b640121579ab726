"""A mail server on loopback that answers as a test wants it to, and the work of a worker."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings

from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.plumbing.mail.transport import courier, pace


class Server:
    """`got` are (envelope sender, recipient, content) of mails that were taken; `answers` maps a recipient to what is
    said to it instead, at RCPT or, with "DATA " before it, at the end."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str, bytes]] = []
        self.answers: dict[str, str] = {}
        self.before: Callable[[], None] = lambda: None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        said = self.answers.get(address, "")
        if said and not said.startswith("DATA "):
            return said
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.before()
        address = envelope.rcpt_tos[0]
        if said := self.answers.get(address, ""):
            return said.removeprefix("DATA ")
        self.got.append((envelope.mail_from, address, bytes(envelope.content)))
        return f"250 2.0.0 Ok: queued as {len(self.got):04X}"


@contextmanager
def mail_server(server: Server | None = None) -> Iterator[Server]:
    """A real one on a free port, which Django's backend is set to."""
    server = server or Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    changed = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        "EMAIL_TIMEOUT": 5,
    }
    try:
        with override_settings(**changed):
            yield server
    finally:
        courier().close()
        controller.stop()


def deliver() -> None:
    """What a worker does: every job that waits to empty the outbox."""
    for _turn in range(20):
        job = Job.objects.filter(handler="mail.deliver", state=Job.State.WAITING).order_by("pk").first()
        if job is None:
            return
        pace._next = 0.0
        work(job.pk)
    raise AssertionError("The outbox is never empty.")
