"""Fixtures of browser tests: one server with the world per process, and people who log in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.cast import PASSWORD

from .house import House, running

LogIn = Callable[..., Any]


@pytest.fixture(scope="session")
def house(chromium: Any) -> Iterator[House]:
    """A server with at least one row of every noun."""
    with running(world=True) as found:
        yield found


@pytest.fixture
def empty_house(chromium: Any) -> Iterator[House]:
    """A server that nobody has entered yet."""
    with running(world=False) as found:
        yield found


@pytest.fixture
def enter(chromium: Any) -> Iterator[LogIn]:
    """`enter(house, "ada", **context)`: a page in a context of its own in which ada logged in; None: a stranger's."""
    contexts = []

    def _enter(house: House, name: str | None, **options: Any) -> Any:
        context = chromium.new_context(
            base_url=house.url,
            reduced_motion="reduce",
            **{"viewport": {"width": 1280, "height": 900}, "locale": "en", **options},
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        if name is not None:
            page.goto("/account/login/")
            page.fill("input[name=login]", f"{name}@example.org")
            page.fill("input[name=password]", PASSWORD)
            page.click("main form button[type=submit]")
            page.wait_for_url(re.compile(rf"^{re.escape(house.url)}/(?!account/login)"))
        return page

    yield _enter
    for context in contexts:
        context.close()
