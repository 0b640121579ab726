"""The source of the house as text and syntax trees, read once for all house tests."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from barnraise.config.rooms import ROOMS

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "src" / "barnraise"
FLOORS = ("foundation", "plumbing", "who", "why", "what", "sowhat", "nowwhat", "doors", "config")


@cache
def modules(*, with_tests: bool = False) -> tuple[Path, ...]:
    """Every Python file of the package but migrations; tests only when asked for."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        if "migrations" in parts or (not with_tests and "tests" in parts):
            continue
        found.append(path)
    return tuple(found)


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(), filename=str(path))


def name_of(path: Path) -> str:
    """How messages call a file: its path below src/barnraise."""
    return str(path.relative_to(PACKAGE))


def room_of(path: Path) -> str | None:
    """ "plumbing.jobs" for a file of that room; None on the foundation, in config and between rooms."""
    parts = path.relative_to(PACKAGE).parts
    if len(parts) < 3 or f"barnraise.{parts[0]}.{parts[1]}" not in ROOMS:
        return None
    return f"{parts[0]}.{parts[1]}"


def room_folders() -> list[Path]:
    """The folder of every room."""
    return [PACKAGE.joinpath(*room.split(".")[1:]) for room in ROOMS]
