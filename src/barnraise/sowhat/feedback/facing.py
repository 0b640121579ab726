"""How comments look: states, tone, themes, where they stand."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, join
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.ui.components import badge, chip
from barnraise.plumbing.ui.sockets import kinds

from .models import Answer, Comment
from .selectors import channel_words

Tone = Literal["neutral", "good", "warning", "bad", "accent"]
_STATES: dict[str, tuple[Tone, str]] = {
    "waiting": ("warning", "clock"),
    "answered": ("good", "check"),
    "aside": ("neutral", "archive"),
}
_TONES: dict[str, tuple[Tone, str]] = {
    "positive": ("good", "thumb-up"),
    "neutral": ("neutral", "minus"),
    "negative": ("warning", "thumb-down"),
    "unscored": ("neutral", "question-mark"),
}


def state_badge(row: Comment) -> Safe:
    """Unanswered, answered, set aside."""
    tone, icon = _STATES[row.state]
    return badge(row.get_state_display(), tone=tone, icon=icon)


def tone_badge(row: Comment) -> Safe:
    """The heuristic of its words."""
    tone, icon = _TONES[row.sentiment]
    return badge(row.get_sentiment_display(), tone=tone, icon=icon)


def themes_of(row: Comment) -> Safe:
    """What it is about, as chips."""
    return join([chip(mark.theme.name) for mark in row.marks.all()], " ")


def themes_text(row: Comment) -> str:
    """The same as text, as files say it."""
    return "; ".join(sorted((mark.theme.name for mark in row.marks.all()), key=fold))


def channel_word(row: Comment) -> Any:
    """The way by which it came."""
    return dict(channel_words()).get(row.channel, row.channel)


def answer_badge(row: Answer) -> Safe:
    """Draft, public, withdrawn."""
    if row.withdrawn_on is not None:
        return badge(_("Withdrawn"), tone="neutral", icon="ban")
    if row.published_on is not None:
        return badge(_("Public"), tone="good", icon="world")
    return badge(_("Draft"), tone="accent", icon="pencil")


def answer_word(row: Answer) -> str:
    """The same as text."""
    if row.withdrawn_on is not None:
        return _("Withdrawn")
    return _("Public") if row.published_on is not None else _("Draft")


def named(text: str) -> tuple[str, str]:
    """Title and address of what a typed reference names; empty where it is gone."""
    try:
        ref = Ref.parse(text)
    except ValueError:
        return "", ""
    described = kinds.find(ref.kind)
    title = described.titles([ref.id]).get(ref.id, "") if described else ""
    return (str(title), str(described.url(ref.id))) if described and title else ("", "")
