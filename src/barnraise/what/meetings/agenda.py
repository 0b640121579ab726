"""An agenda as people type it: one point a line, a number at its end is how many minutes it may take."""

from __future__ import annotations

from collections.abc import Sequence

from barnraise.foundation.text import squeeze

from .faults import Item
from .models import AgendaItem


def read_agenda(text: str) -> list[Item]:
    """One point a line; a number at its end is how many minutes it may take."""
    items = []
    for line in text.splitlines():
        words = squeeze(line)
        if not words:
            continue
        title, _blank, last = words.rpartition(" ")
        has_minutes = bool(title) and last.isdigit() and len(last) <= 3
        items.append(Item(title[:200], int(last)) if has_minutes else Item(words[:200]))
    return items


def agenda_text(items: Sequence[AgendaItem]) -> str:
    """The agenda as it is typed."""
    return "\n".join(f"{one.title} {one.minutes}" if one.minutes is not None else one.title for one in items)
