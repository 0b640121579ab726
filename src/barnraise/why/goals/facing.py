"""How goals, objectives and indicators look."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, join
from barnraise.plumbing.ui.components import badge, data, figure, number

from .models import Endorsement, Goal, Indicator, Objective
from .smart import LETTERS, Missing

ICONS = {"goal": "target", "objective": "target-arrow", "indicator": "chart-line"}


def state_badge(row: Goal | Objective) -> Safe:
    """The state as word, icon and colour."""
    word = row.get_state_display()
    if row.state == "reached":
        return badge(word, tone="good", icon="check")
    if row.state == "agreed":
        return badge(word, tone="accent", icon="flag")
    return badge(word, icon="ban" if row.state == "dropped" else "pencil")


def endorsement_badge(row: Endorsement) -> Safe:
    """What they said as word, icon and colour."""
    word = row.get_state_display()
    if row.state == Endorsement.State.ENDORSED:
        return badge(word, tone="good", icon="check")
    if row.state == Endorsement.State.ASKED:
        return badge(word, tone="warning", icon="hourglass")
    return badge(word, icon="ban")


def letters(standing: str) -> Safe:
    """SMART, with the letters that do not stand yet as dots; read out in words."""
    if standing == "SMART":
        return badge("SMART", tone="good", icon="check")
    lacks = [letter for letter, at in zip("SMART", standing, strict=True) if at == "·"]
    words = _("missing: %(letters)s") % {"letters": ", ".join(str(LETTERS[one]) for one in lacks)}
    return join(
        [
            el("span", standing, class_="number", aria_hidden="true", translate="no"),
            el("span", words, class_="visually-hidden"),
        ]
    )


def missing_of(found: tuple[Missing, ...]) -> list[tuple[str, Any, str, Any]]:
    """(letter, its word, field, how it is mended) for the page."""
    return [(one.letter, LETTERS[one.letter], one.field, one.words) for one in found]


def objectives_of(row: Any) -> Any:
    """In a list: how many objectives a goal has, leading to them."""
    return figure(row.objective_count, rows=f"{row.get_absolute_url()}#objectives")


def who_stand_behind(row: Any) -> Any:
    """In a list: how many partners endorse a goal, leading to them."""
    return figure(row.endorsed_count, rows=f"{row.get_absolute_url()}#behind", of="endorsed")


def indicators_of(row: Any) -> Any:
    """In a list: how many indicators an objective has, leading to them."""
    return figure(row.indicator_count, rows=f"{row.get_absolute_url()}#indicators")


def measured(row: Indicator, value: Any) -> Any:
    """A value with the indicator's unit."""
    return number(value, unit=data(row.unit) if row.unit else "")


def path_of(row: Indicator) -> Any:
    """Baseline → target."""
    return join([measured(row, row.baseline_value), " → ", measured(row, row.target_value)])
