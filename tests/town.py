"""The sample town, loaded once for all tests that only look at it: loading it takes seconds, and they want it alike."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

FIXTURE = "sample_town"
SECONDS = 35
"""About what all its tests take; none else may take as long, so that they stand beside each other."""


class Loaded:
    """The transaction around all tests of the town, which stand beside each other; each of them has its own inside."""

    def __init__(self) -> None:
        self.around: ExitStack | None = None
        self.counts: dict[str, int] = {}
        self.seconds = 0.0

    def begin(self, blocker: Any) -> None:
        """Load it with an admin, unless it is there."""
        from django.db import transaction

        from barnraise.config.sample_town import change_whole_town
        from barnraise.plumbing.accounts.models import Account

        from .cast import CAST, PASSWORD

        if self.around is not None:
            return
        with ExitStack() as begun:
            begun.enter_context(blocker.unblock())
            begun.enter_context(transaction.atomic())
            begun.callback(transaction.set_rollback, True)
            Account.objects.create_user("ada@example.org", PASSWORD, name="Ada", role=CAST["ada"])
            began = time.monotonic()
            self.counts = change_whole_town("add")
            self.seconds = time.monotonic() - began
            self.around = begun.pop_all()

    def end(self) -> None:
        """Take it all back."""
        if self.around is not None:
            around, self.around = self.around, None
            around.close()


LOADED = Loaded()


@pytest.fixture(scope="session")
def _town_at_the_end(django_db_setup: None) -> Iterator[None]:
    yield
    LOADED.end()


@pytest.fixture
def _town_around(_town_at_the_end: None, django_db_blocker: Any) -> None:
    LOADED.begin(django_db_blocker)


@pytest.fixture
def sample_town(_town_around: None, db: None) -> Loaded:
    """The whole sample town and ada, who loaded it. What the test does to them is undone behind it."""
    return LOADED


def wants_it(item: Any) -> bool:
    """This test looks at the town."""
    return FIXTURE in getattr(item, "fixturenames", ())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[Any]) -> None:
    """All of them in one process; the town is there before anything of their own is."""
    for item in filter(wants_it, items):
        item.add_marker(pytest.mark.xdist_group("town"))
        item.fixturenames.insert(0, "_town_around")


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: Any, nextitem: Any) -> None:
    """After the last of them the database is empty again."""
    if nextitem is None or not wants_it(nextitem):
        LOADED.end()
