"""One headless Chromium per process, for every test that asks for a browser: a process can drive no second one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.browser.house import FLAGS, browser_path


@contextmanager
def launched() -> Iterator[Any]:
    """A headless Chromium for the length of the block; the test is left out where there is none."""
    path = browser_path()
    if path is None and "browser" in os.environ.get("BARNRAISE_REQUIRE", ""):
        pytest.fail("BARNRAISE_REQUIRE asks for a browser, and there is no Chromium on this machine.")
    if path is None:
        pytest.skip("No Chromium on this machine.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests of the process that ask for it, to its end."""
    with launched() as browser:
        yield browser
