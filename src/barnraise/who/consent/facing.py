"""How consents look."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, join
from barnraise.plumbing.ui.components import badge, day, icon

from .models import Standing
from .models.purpose import Channel

ICONS = {"email": "mail", "text": "message", "phone": "phone", "post": "home", "public": "speakerphone"}
STATES = ("given", "expired", "withdrawn")


def state_of(row: Standing, today: date) -> str:
    """One of STATES."""
    if not row.is_given:
        return "withdrawn"
    return "given" if row.counts(today) else "expired"


def state_word(state: str) -> Any:
    """The state in a word."""
    return {"given": _("Given"), "expired": _("Expired"), "withdrawn": _("Withdrawn")}[state]


def state_badge(row: Standing, today: date) -> Safe:
    """The state as word and icon."""
    state = state_of(row, today)
    word = state_word(state)
    if state == "given":
        return badge(word, tone="good", icon="check")
    if state == "expired":
        return badge(word, tone="warning", icon="calendar-due")
    return badge(word, icon="ban")


def channel_word(channel: str) -> Safe:
    """Icon and name of a channel."""
    return join([icon(ICONS[channel]), " ", Channel(channel).label])


def until(row: Standing) -> Any:
    """The last day on which it counts."""
    return day(row.expires_on) if row.expires_on else ""
