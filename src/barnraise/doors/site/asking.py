"""What blocks ask of the house. Pages know blocks, and the answers know pages: so `feature.py` says who answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Choices = list[tuple[str, str]]
choices: dict[str, Callable[[], Choices]] = {}
"""By name: what editors choose from."""

shown: dict[str, Callable[..., Any]] = {}
"""By name: what a block shows."""


def numbers() -> Choices:
    """Public numbers."""
    return choices["numbers"]()


def partners() -> Choices:
    """Active partners."""
    return choices["partners"]()


def purposes() -> Choices:
    """What people may sign up for."""
    return choices["purposes"]()


def questionnaires() -> Choices:
    """Questionnaires that are open to everybody."""
    return choices["questionnaires"]()
