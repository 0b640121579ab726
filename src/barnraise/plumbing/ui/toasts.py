"""Short confirmations after an act, with a way to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_UNDO = "undo="
_LEVELS = {
    "good": messages.SUCCESS,
    "neutral": messages.INFO,
    "warning": messages.WARNING,
    "bad": messages.ERROR,
}
_ICONS = {
    "good": "circle-check",
    "neutral": "info-circle",
    "warning": "alert-triangle",
    "bad": "alert-octagon",
}


@dataclass(frozen=True, slots=True)
class Toast:
    """A confirmation ready to draw. `undo_url` takes POST, or is empty."""

    text: Any
    tone: str
    icon: str
    undo_url: str


def say(request: HttpRequest, text: Any, *, tone: str = "good", undo_url: str = "") -> None:
    """Show `text` on the next page as a toast. `undo_url`: an address that takes the act back by POST."""
    messages.add_message(request, _LEVELS[tone], text, extra_tags=f"{_UNDO}{undo_url}" if undo_url else "")


def read(message: Message) -> Toast:
    """Any message of Django's framework as a toast."""
    tone = next((name for name, level in _LEVELS.items() if level == message.level), "neutral")
    tags = (message.extra_tags or "").split()
    undo = next((tag.removeprefix(_UNDO) for tag in tags if tag.startswith(_UNDO)), "")
    return Toast(message.message, tone, _ICONS[tone], undo)
