"""Fixtures of the wiring's tests."""

from __future__ import annotations

import pytest

from .houses import House


@pytest.fixture
def house(tmp_path):
    """An empty installation; with DATABASE_URL set, on a PostgreSQL database of its own."""
    made = House(tmp_path / "data")
    yield made
    made.remove()
