"""A worker is killed while it sends: nothing is lost, and only what the server had taken and never answered for goes twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections import Counter
from contextlib import closing, contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import sweep, work
from barnraise.plumbing.mail.models import Body, Message
from barnraise.plumbing.mail.services import Letter, queue_many
from barnraise.plumbing.mail.transport import pace

from .posting import Server, mail_server

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as Unix has them"),
]
READERS = [f"reader{number}@example.org" for number in range(8)]
BEFORE, AFTER = READERS[1], READERS[4]
"""At whose mail the worker dies: while it is given, and when the server has just taken it."""


class Deadly(Server):
    """Kills the worker (`victim`) once at each of two mails."""

    victim = 0

    def __init__(self) -> None:
        super().__init__()
        self.dying = {BEFORE, AFTER}

    def _kill(self, reader: str) -> None:
        self.dying.remove(reader)
        os.kill(self.victim, signal.SIGKILL)

    async def handle_DATA(self, server, session, envelope):
        (reader,) = envelope.rcpt_tos
        if reader == BEFORE and reader in self.dying:
            self._kill(reader)
            return "451 4.3.0 not taken"
        answer = await super().handle_DATA(server, session, envelope)
        if reader == AFTER and reader in self.dying:
            self._kill(reader)
        return answer


@contextmanager
def one_database(tmp_path):
    """SQLite's tests live in memory, where another process sees nothing: they move to a file meanwhile."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    with closing(sqlite3.connect(tmp_path / "mails.sqlite3")) as file:
        memory.backup(file)
    connection.connection, connection.settings_dict["NAME"] = None, str(tmp_path / "mails.sqlite3")
    try:
        yield
    finally:
        connection.connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name


def worker(server) -> int:
    """A process that empties the outbox; what became of it, as os.waitpid says."""
    start, go = os.pipe()
    if not (child := os.fork()):
        os.read(start, 1)
        parents, connection.connection = (
            connection.connection,
            None,
        )  # kept, so that it is not closed from here
        pace._next = 0.0
        try:
            sweep(now=timezone.now(), alone=True)
            for job in Job.objects.filter(handler="mail.deliver", state__in=("waiting", "running")):
                work(job.pk)
        finally:
            sys.stdout.flush()
            os._exit(parents is None)
    server.victim = child
    os.write(go, b"!")
    _pid, status = os.waitpid(child, 0)
    os.close(start), os.close(go)
    return status


def test_nothing_is_lost_and_only_the_mail_in_flight_goes_twice(tmp_path):
    environment = settings.ENVIRONMENT.model_copy(update={"mails_per_minute": 0})
    with override_settings(ENVIRONMENT=environment), mail_server(Deadly()) as server, one_database(tmp_path):
        body = Body.objects.create(subject="Hello", text="Good day.", created_at=timezone.now())
        queue_many([Letter(reader, "Reader") for reader in READERS], body=body, by=None)
        ends = [worker(server) for _ in range(3)]
        rows = {row.to_address: row for row in Message.objects.all()}
    assert [os.WIFSIGNALED(end) for end in ends] == [True, True, False]
    assert {row.state for row in rows.values()} == {"handed_over"}
    assert Counter(to for _sender, to, _content in server.got) == {
        reader: 1 + (reader == AFTER) for reader in READERS
    }
    assert {to: row.repeats for to, row in rows.items() if row.repeats} == {BEFORE: 1, AFTER: 1}, (
        "they say so"
    )
