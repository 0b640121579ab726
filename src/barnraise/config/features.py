"""Import every room's `feature.py` and `lists.py` once, when Django is ready."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from .rooms import ROOMS


def plug_all() -> None:
    """Let each room plug into the sockets below it."""
    for room in ROOMS:
        for part in ("feature", "lists"):
            if find_spec(f"{room}.{part}"):
                import_module(f"{room}.{part}")
