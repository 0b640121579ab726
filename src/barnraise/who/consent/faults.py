"""What a consent or a purpose may not say, in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Consent, Purpose
from .models.purpose import Channel

AHEAD = timedelta(minutes=15)
"""Clocks of phones and servers differ by so much."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said, by keys: the values of one line of the record."""

    person: int
    purpose: int
    channel: str
    is_given: bool
    source: str
    happened_at: datetime
    expires_on: date | None = None
    wording: int | None = None
    proof: str = ""
    by: int | None = None


def faults(said: Said, purpose: Purpose, *, now: datetime) -> list[tuple[str, Any]]:
    """(field, reason) of everything that is wrong."""
    found: list[tuple[str, Any]] = []
    if said.channel not in Channel.values:
        found.append(("channel", _("Choose one of the channels.")))
    elif said.is_given and said.channel not in purpose.channels:
        found.append(("channel", _("Nobody is contacted for this purpose by that channel.")))
    if said.is_given and purpose.is_ended:
        found.append(("purpose", _("This purpose has ended: nobody is asked for it any more.")))
    if said.source not in Consent.Source.values:
        found.append(("source", _("Choose how it was said.")))
    if len(said.proof) > 300:
        found.append(("proof", _("At most 300 characters are kept here.")))
    if "\x00" in said.proof:
        found.append(("proof", _("It contains a character that cannot be stored.")))
    return [*found, *_time_faults(said, now)]


def _time_faults(said: Said, now: datetime) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    if said.happened_at > now + AHEAD:
        found.append(("happened_at", _("This lies in the future. Note it when it has been said.")))
    if said.happened_at.year < 1900:
        found.append(("happened_at", _("Nobody said it before 1900.")))
    if said.expires_on is not None:
        if not said.is_given:
            found.append(("expires_on", _("What is withdrawn stays withdrawn: it has no last day.")))
        elif said.expires_on < timezone.localdate(said.happened_at):
            found.append(("expires_on", _("It would end before it was said.")))
    return found


def wording_faults(texts: Mapping[str, str]) -> list[Any]:
    """What is wrong with the words of a version."""
    found: list[Any] = []
    if not any(text.strip() for text in texts.values()):
        found.append(_("Write the words in which people are asked, in one language at least."))
    if any(len(text) > 2000 for text in texts.values()):
        found.append(_("The words are longer than 2,000 characters."))
    if any("\x00" in text for text in texts.values()):
        found.append(_("It contains a character that cannot be stored."))
    return found
