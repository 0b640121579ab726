"""Which step follows which, for projects and for placements."""

from __future__ import annotations

from collections.abc import Mapping

PROJECT: Mapping[str, tuple[str, ...]] = {
    "planned": ("running", "stopped"),
    "running": ("paused", "finished", "stopped"),
    "paused": ("running", "stopped"),
    "finished": ("running",),
    "stopped": ("running",),
}
PLACEMENT: Mapping[str, tuple[str, ...]] = {
    "applied": ("matched", "declined"),
    "matched": ("started", "declined"),
    "started": ("finished", "left"),
    "finished": (),
    "left": (),
    "declined": ("applied",),
}
TAKES_A_PLACE = frozenset({"matched", "started"})


def may_become(steps: Mapping[str, tuple[str, ...]], now: str, wanted: str) -> bool:
    """Whether a thing in the state `now` may be set to `wanted`."""
    return wanted in steps.get(now, ())
