"""What an interaction or a next step may not say, in words for people."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from .documents import InteractionDocument, StepDocument
from .models import Interaction

LONGEST = 100_000
"""Characters of a text that are kept."""

AHEAD = timedelta(minutes=15)
"""Clocks of phones and servers differ by so much."""

_CHOICES: tuple[tuple[str, Any, Any], ...] = (
    ("kind", Interaction.Kind, _("Choose one of the kinds.")),
    ("direction", Interaction.Direction, _("Choose from whom it came.")),
    ("visibility", Interaction.Visibility, _("Choose who may read it.")),
)


def faults(said: InteractionDocument, *, now: datetime) -> list[tuple[str, Any]]:
    """(field, reason) of everything that is wrong."""
    found: list[tuple[str, Any]] = [
        (name, reason)
        for name, choices, reason in _CHOICES
        if getattr(said, name) not in {*choices.values, *([""] if name == "direction" else [])}
    ]
    if not said.text.strip() and not said.subject.strip():
        found.append(("text", _("Write what was said or what happened.")))
    if len(said.text) > LONGEST:
        found.append(("text", _("The text is longer than 100,000 characters.")))
    if len(said.subject) > 200:
        found.append(("subject", _("The subject is longer than 200 characters.")))
    found += [
        (name, _("It contains a character that cannot be stored."))
        for name in ("text", "subject", "message_id")
        if "\x00" in getattr(said, name)
    ]
    if said.happened_at > now + AHEAD:
        found.append(("happened_at", _("This lies in the future. What is still to come is a next step.")))
    if said.happened_at.year < 1900:
        found.append(("happened_at", _("Write a day after 1900.")))
    for step in said.steps:
        found += step_faults(step)
    return found


def step_faults(said: StepDocument) -> list[tuple[str, Any]]:
    """(field, reason) of everything that is wrong with a next step."""
    found: list[tuple[str, Any]] = []
    if not said.text.strip():
        found.append(("text", _("Write what is to be done.")))
    if len(said.text) > 300:
        found.append(("text", _("A next step has at most 300 characters.")))
    if "\x00" in said.text:
        found.append(("text", _("It contains a character that cannot be stored.")))
    if said.due_on is not None and not 1900 <= said.due_on.year <= 9000:
        found.append(("due_on", _("Write a day that somebody will live to see.")))
    return found
