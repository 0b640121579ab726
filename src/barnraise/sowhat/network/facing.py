"""How waves look: states, indexes, what changed since the wave before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe
from barnraise.plumbing.ui.components import badge

from . import selectors
from .models import Wave
from .selectors import Measured


def state_badge(row: Wave) -> Safe:
    """Open or closed."""
    if row.ended_on is not None:
        return badge(_("Closed"), tone="neutral", icon="lock")
    return badge(_("Answers come in"), tone="accent", icon="clock")


def state_word(row: Wave) -> str:
    """The same as text."""
    return _("Closed") if row.ended_on is not None else _("Answers come in")


def index_words(value: float | None) -> str:
    """An index in whole numbers of 100; why it is hidden."""
    return _("Hidden: fewer than 3 raters.") if value is None else f"{value:.0f}"


def cell_words(value: float | None) -> str:
    """The same for a table: its foot says why one is hidden."""
    return _("hidden") if value is None else index_words(value)


def decimal_words(value: float | None) -> str:
    """A number of the network to two places; why there is none."""
    return _("Needs at least 3 members.") if value is None else number_format(round(value, 2), 2)


@dataclass(frozen=True, slots=True)
class Change:
    """What is different from the wave before."""

    before: Wave
    lines: list[tuple[Any, str, str]]
    gained: int
    lost: int


def change_since(wave: Wave, now: Measured) -> Change | None:
    """Beside the latest closed wave before; None where there is none."""
    before = selectors.wave_before(wave)
    if before is None:
        return None
    then = selectors.measured(before, is_whole=False)
    here, there = selectors.pairs_by_organisation(wave), selectors.pairs_by_organisation(before)
    lines = [
        (_("Density"), decimal_words(then.shape.density), decimal_words(now.shape.density)),
        (_("Trust index"), index_words(then.trust), index_words(now.trust)),
        (_("Value index"), index_words(then.value), index_words(now.value)),
        (_("Partners without a tie"), str(len(then.shape.isolates)), str(len(now.shape.isolates))),
    ]
    return Change(before, lines, len(here - there), len(there - here))
