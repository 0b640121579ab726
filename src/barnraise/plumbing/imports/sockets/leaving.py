"""A column that takes away what is there: what nouns share whose rows end by being removed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from . import Bad, Document, Field

TAKEN_AWAY = "taken_away"
NOT_HERE = gettext_noop("There is no such row here that could be taken away.")
STATE = Field("state", _("State"), "choice", options=((TAKEN_AWAY, _("Taken away")),), aliases=("state", "estado"))  # fmt: skip
"""Blank but for a row that is to go. `built` takes it as a choice, `documents` says it is empty."""


def leaving(found: int | None, why_not: str = "") -> int | Bad:
    """What `find` says of a row that is to go: its key, or that nothing is there, or why it has to stay."""
    if found is None:
        return Bad(0, STATE.name, TAKEN_AWAY, NOT_HERE)
    return Bad(0, STATE.name, TAKEN_AWAY, why_not) if why_not else found


def parted(updates: Sequence[tuple[int, Document]]) -> tuple[list[int], list[tuple[int, Document]]]:
    """Updates as keys of those that are to go, and the others."""
    gone = [key for key, one in updates if one.get(STATE.name) == TAKEN_AWAY]
    return gone, [(key, one) for key, one in updates if key not in gone]
