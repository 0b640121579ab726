"""How projects, amounts and placements look."""

from __future__ import annotations

from typing import Any

from barnraise.foundation.html import Safe
from barnraise.plumbing.ui.components import badge, data, money

from .models import Contribution, Placement, Project

_PROJECT: dict[str, tuple[Any, str]] = {
    "planned": ("neutral", "pencil"),
    "running": ("good", "player-play"),
    "paused": ("warning", "player-pause"),
    "finished": ("good", "check"),
    "stopped": ("neutral", "ban"),
}
_PLACEMENT: dict[str, tuple[Any, str]] = {
    "applied": ("warning", "hourglass"),
    "matched": ("accent", "link"),
    "started": ("good", "player-play"),
    "finished": ("good", "check"),
    "left": ("neutral", "door-exit"),
    "declined": ("neutral", "ban"),
}


def state_badge(row: Project) -> Safe:
    """The state as word, icon and colour."""
    tone, icon = _PROJECT[row.state]
    return badge(row.get_state_display(), tone=tone, icon=icon)


def placement_badge(row: Placement) -> Safe:
    """Where they are as word, icon and colour."""
    tone, icon = _PLACEMENT[row.state]
    return badge(row.get_state_display(), tone=tone, icon=icon)


def giver(row: Contribution) -> Any:
    """Who gave it."""
    return data(giver_name(row)) if giver_name(row) else ""


def giver_name(row: Contribution) -> str:
    """Who gave it, as text; "" once they were erased."""
    if row.organisation is not None:
        return row.organisation.name
    return row.person.display_name if row.person is not None else ""


def worth(row: Contribution) -> Any:
    """What it counts as money."""
    return money(row.value, row.project.currency) if row.value else ""
