"""The whole loop: from a need to a number that moves by itself, and from the number to the next partner, in one way through the product.

In a browser, by mail and by the command line: nothing is done or read here but what people can. It runs on the database that DATABASE_URL
names, with the real web and worker processes and a real mail server.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests import databases

from . import (
    walk_circle,
    walk_heard,
    walk_kept,
    walk_next,
    walk_portal,
    walk_sowhat,
    walk_told,
    walk_value,
    walk_what,
    walk_who,
    walk_why,
)
from .house import running
from .walk import Walk, mailbox

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.slow(seconds=240)]


@contextmanager
def database(part: str = "") -> Iterator[str]:
    """A database of this test alone, with its tables: on the server that DATABASE_URL names, else "" for the data folder's."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield ""
        return
    import psycopg

    name = f"journey_{os.getpid()}{part}"
    template = databases.postgresql_template(server)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'create database "{name}" template "{template}"')
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'drop database "{name}" with (force)')


@contextmanager
def walking(chromium: Any, part: str = "") -> Iterator[Walk]:
    """A house that nobody has entered yet, and who walks through it."""
    with (
        mailbox() as (mail, port),
        database(part) as url,
        running(world=False, migrated=True, DATABASE_URL=url, EMAIL_URL=f"smtp://127.0.0.1:{port}") as house,
    ):
        way = Walk(house, chromium, mail)
        try:
            yield way
            assert "Traceback" not in way.log(), way.log()
        finally:
            way.end()


def test_the_whole_loop(chromium: Any, tmp_path: Path) -> None:
    with walking(chromium) as walk:
        to_the_number(walk, tmp_path)
        to_the_next_partner(walk, tmp_path)
        file = walk_circle.playbook(walk, tmp_path)
        walk_circle.involved(walk)
        walk_portal.concerning(walk)
        walk_portal.portal(walk)
    with walking(chromium, "_other") as other:
        walk_who.first_day(other)
        walk_circle.install(other, file)


def to_the_number(walk: Walk, folder: Path) -> None:
    """Who, why, what, so what: a number that nobody typed."""
    walk_who.first_day(walk)
    walk_who.registers(walk, folder)
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


def to_the_next_partner(walk: Walk, folder: Path) -> None:
    """Promises and concerns kept, people heard, value reckoned, told and thanked, and the plan and the circle of partners changed."""
    walk_kept.meeting(walk)
    walk_kept.promises(walk)
    walk_kept.concern(walk)
    walk_heard.wave(walk)
    walk_heard.comments(walk)
    walk_value.value(walk)
    walk_told.website(walk)
    walk_told.story(walk)
    walk_told.posts(walk)
    walk_told.spread(walk)
    walk_told.withdrawn(walk)
    walk_next.thanks(walk)
    walk_next.revision(walk)
    walk_next.candidate(walk, folder)
    walk_next.report(walk)
