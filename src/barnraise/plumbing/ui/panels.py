"""Panels of an object's page and cards of Today: what is plugged, as this reader gets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .sockets import Card, Panel


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel with its context, drawn by `{% panel shown %}`."""

    title: Any
    template: str
    context: Mapping[str, Any]
    place: str = ""
    has_timeline: bool = False


def shown_panels(plugged: Iterable[Panel], *, actor: Any, thing: Any) -> list[Shown]:
    """The panels of a thing that this actor may see and that have something to show, in the socket's order."""
    found = []
    for panel in plugged:
        if panel.policy(actor, thing):
            context = panel.select(actor, thing)
            if context is not None:
                found.append(Shown(panel.title, panel.template, context, panel.place, panel.has_timeline))
    return found


def shown_cards(plugged: Iterable[Card], *, actor: Any, now: datetime) -> list[Shown]:
    """The cards of Today for this actor, in the socket's order."""
    found = []
    for card in plugged:
        if card.policy(actor, None):
            context = card.select(actor, now)
            if context is not None:
                found.append(Shown(card.title, card.template, context))
    return found
