"""What a process remembers of a database is forgotten between tests, which each have one of their own."""

from __future__ import annotations

import sys

import pytest


@pytest.fixture(autouse=True)
def _no_memory():
    sys.modules["barnraise.plumbing.search.selectors.find"]._rarity.clear()
