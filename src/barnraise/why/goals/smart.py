"""Is an objective specific, measurable, achievable, relevant and time-bound? Names what is missing, gives no mark.

METHODS 9.1: "SMART is a set of form rules that name what is missing, not a mark."
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

LETTERS: dict[str, Any] = {
    "S": _("Specific"),
    "M": _("Measurable"),
    "A": _("Achievable"),
    "R": _("Relevant"),
    "T": _("Time-bound"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an objective; the measure is the indicator's name, `is_up` whether higher is better."""

    measure: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    is_up: bool = True
    has_owner: bool = False
    has_need: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A letter that does not stand yet: which field mends it, and how that reads."""

    letter: str
    field: str
    words: Any


def missing(facts: Facts) -> Sequence[Missing]:
    """What keeps the objective from being SMART, in the order of the letters; empty when nothing does."""
    found = []
    if not facts.measure:
        found.append(Missing("S", "measure", _("Say by which measure it is told: add an indicator.")))
    if not facts.unit:
        found.append(Missing("M", "unit", _("Write the unit in which it is measured.")))
    if facts.baseline is None:
        found.append(Missing("M", "baseline", _("Write the baseline: where things stand now.")))
    if facts.target is None:
        found.append(Missing("A", "target", _("Write the target.")))
    elif facts.baseline is not None and not _moves(facts.baseline, facts.target, facts.is_up):
        found.append(Missing("A", "target", _("The target has to be better than the baseline.")))
    if not facts.has_owner:
        found.append(Missing("A", "owner", _("Say who sees to it.")))
    if not facts.has_need:
        found.append(Missing("R", "need", _("Cite the need that its goal answers.")))
    if facts.due_on is None:
        found.append(Missing("T", "due_on", _("Write the day until which it is to be reached.")))
    return found


def _moves(baseline: Decimal, target: Decimal, is_up: bool) -> bool:
    return target > baseline if is_up else target < baseline
