"""What may not be said of a wave, in words for people."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.faults import Fault, text_faults

from .items import HIGHEST, LOWEST
from .models import Wave

MOST = {"name": 200, "about": 2000, "signed_by": 200}


def wave_faults(row: Wave, *, others: Collection[str]) -> list[Fault]:
    """What is wrong with a wave; `others` are the names taken, folded."""
    found = text_faults(MOST, name=row.name, about=row.about)
    if not row.name:
        found.append(("name", _("Give it a name.")))
    elif row.name_folded in others:
        found.append(("name", _("There is a wave of this name.")))
    for name in ("begins_on", "due_on"):
        if not 1900 <= getattr(row, name).year <= 9000:
            found.append((name, _("Write a day after 1900.")))
    if row.due_on < row.begins_on:
        found.append(("due_on", _("It ends before it begins.")))
    return found


def answer_faults(said: Mapping[int, Mapping[str, int | None]], known: Collection[int], own: int) -> list[Fault]:  # fmt: skip
    """What is wrong with what a partner said of others."""
    found: list[Fault] = []
    for key, answers in said.items():
        if key == own or key not in known:
            found.append(("ties", _("Say it of another partner of this wave.")))
        for value in answers.values():
            if value is not None and not LOWEST <= value <= HIGHEST:
                words = _("Answers run from 1 to 4 (got %(got)s); leave a skipped item empty.")
                found.append(("ties", words % {"got": value}))
    return found
