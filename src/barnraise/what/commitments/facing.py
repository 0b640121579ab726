"""How promises look: state, who to whom, the kept-rate."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from barnraise.foundation.html import Safe
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.components import badge, data
from barnraise.plumbing.ui.sockets import kinds

from . import selectors
from .models import Commitment
from .states import SOON

Tone = Literal["neutral", "good", "warning", "bad", "accent"]
STATES: tuple[tuple[str, Any], ...] = (
    ("open", gettext_lazy("Open")),
    ("late", gettext_lazy("Late")),
    ("kept", gettext_lazy("Kept in time")),
    ("kept_late", gettext_lazy("Kept late")),
    ("broken", gettext_lazy("Not kept")),
    ("released", gettext_lazy("Released")),
)
_LOOKS: dict[str, tuple[Tone, str]] = {
    "open": ("accent", "clock"),
    "late": ("warning", "bell"),
    "kept": ("good", "check"),
    "kept_late": ("good", "check"),
    "broken": ("bad", "x"),
    "released": ("neutral", "ban"),
}


def state_word(name: str) -> str:
    """The state in a word."""
    return str(dict(STATES)[name])


def state_badge(row: Commitment, today: date) -> Safe:
    """The state as word, icon and colour."""
    name = selectors.state_of(row, today)
    tone, icon = _LOOKS[name]
    if name == "open" and (row.due_on - today).days <= SOON:
        return badge(due_words(row, today), tone="warning", icon="clock")
    if name == "late":
        return badge(due_words(row, today), tone="bad", icon="bell")
    return badge(state_word(name), tone=tone, icon=icon)


def due_words(row: Commitment, today: date) -> str:
    """How far away its day is."""
    days = (row.due_on - today).days
    if days == 0:
        return _("due today")
    if days > 0:
        return ngettext("due in %(n)d day", "due in %(n)d days", days) % {"n": days}
    return ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}


def parties(row: Commitment) -> Safe:
    """Who promised, and to whom, in a few words."""
    return data(parties_text(row))


def parties_text(row: Commitment) -> str:
    """The same as text."""
    if row.direction == "between":
        return f"{row.organisation} → {row.to_organisation}"
    if row.direction == "theirs":
        return f"{row.partner} → {_('us')}"
    return f"{_('we')} → {row.partner}" if row.partner else _("we, to nobody in particular")


def rate_words(rate: float | None) -> str:
    """The kept-rate in percent; a dash as long as nothing was due."""
    return "–" if rate is None else f"{rate:.0%}"


def named(text: str) -> tuple[str, str]:
    """Title and address of what a typed reference names; empty where it is gone."""
    try:
        ref = Ref.parse(text)
    except ValueError:
        return "", ""
    described = kinds.find(ref.kind)
    title = described.titles([ref.id]).get(ref.id, "") if described else ""
    return (str(title), str(described.url(ref.id))) if described and title else ("", "")
