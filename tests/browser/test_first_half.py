"""From a need to a number that moves by itself: one way through the product, in a browser, by mail and by the command line.

Nothing is done or read here but what people can: pages, received mails, `barnraise`. It runs on the database that DATABASE_URL
names, with the real web and worker processes and a real mail server.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import databases

from . import walk_sowhat, walk_what, walk_who, walk_why
from .conftest import launched
from .house import running
from .walk import Walk, mailbox

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.slow(seconds=90)]


@contextmanager
def database() -> Iterator[str]:
    """A database of this test alone, with its tables: on the server that DATABASE_URL names, else "" for the data folder's."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield ""
        return
    import psycopg

    name = f"journey_{os.getpid()}"
    template = databases.postgresql_template(server)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'create database "{name}" template "{template}"')
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'drop database "{name}" with (force)')


@pytest.fixture
def walk() -> Iterator[Walk]:
    """A house that nobody has entered yet, and who walks through it."""
    with (
        launched() as chromium,
        mailbox() as (mail, port),
        database() as url,
        running(world=False, migrated=True, DATABASE_URL=url, EMAIL_URL=f"smtp://127.0.0.1:{port}") as house,
    ):
        way = Walk(house, chromium, mail)
        try:
            yield way
        finally:
            way.end()


def test_from_a_need_to_a_number_that_moves_by_itself(walk: Walk, tmp_path: Path) -> None:
    walk_who.first_day(walk)
    walk_who.registers(walk, tmp_path)
    walk_who.survey(walk)
    walk_why.need(walk)
    walk_why.priorities(walk)
    walk_why.decision(walk)
    walk_why.goal(walk)
    walk_why.endorsement(walk)
    walk_what.project(walk)
    walk_what.event(walk)
    walk_what.invitation(walk)
    walk_what.registering(walk)
    walk_what.door(walk)
    walk_sowhat.moves(walk)
    walk_sowhat.report(walk)
    walk_sowhat.restated(walk)
    walk_sowhat.left_out(walk)
    assert "Traceback" not in walk.log(), walk.log()
