"""Somebody wants to get involved: an interaction of the notebook, with a next step that is due in a few days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.mail.services import Letter, queue
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.interactions.models import Interaction
from barnraise.who.interactions.services import log_interaction, next_step, propose
from barnraise.who.people.models import Person
from barnraise.who.people.selectors import by_addresses

from ..house import house_name

ANSWER_DAYS = 3
"""Working days within which somebody answers."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was sent. `way` is "volunteer", "partner" or "leader"."""

    way: str
    name: str
    email: str
    phone: str = ""
    organisation: str = ""
    message: str = ""
    language: str = ""


def way_words(way: str) -> str:
    """As what they want to take part, as a heading."""
    return {
        "volunteer": _("Wants to volunteer"),
        "partner": _("Wants to become a partner"),
        "leader": _("Wants to speak for a community"),
    }[way]


def due(today: date) -> date:
    """The day by which somebody answers; Saturdays and Sundays do not count."""
    day, left = today, ANSWER_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def involve(wish: Wish) -> Interaction:
    """Keep it, tell the team by a next step on Today, and tell the sender by when they are answered.

    Whoever has name and address of one person of the directory is that person; another address waits, as one of a filed mail
    does, for somebody to say who it is. Raises ValidationError by field; then nothing is written.
    """
    name, email = squeeze(wish.name), wish.email.strip().casefold()
    if not name or "\x00" in name + wish.message + wish.organisation + wish.phone:
        raise ValidationError({"name": _("Write the name.")})
    now = timezone.now()
    answer_by = due(timezone.localdate(now))
    known = _known(name, email)
    house = installation()
    with override(house.default_language):
        heading = way_words(wish.way)
        lines = [f"{heading}: {name}", email, squeeze(wish.phone), squeeze(wish.organisation)]
        text = "\n".join([line for line in lines if line] + ["", wish.message.strip()])
        step = next_step(by=None, text=f"{_('Answer')}: {name}, {heading}"[:300], due_on=answer_by)
    with transaction.atomic():
        row = log_interaction(
            by=None,
            text=text,
            kind=Interaction.Kind.MAIL,
            direction=Interaction.Direction.IN,
            subject=f"{heading}: {name}"[:200],
            people=[known] if known is not None else [],
            step=step,
            now=now,
        )
        if known is None:
            propose(row, unknown=[(email, name, "from")], by=None)
        _tell(wish, name, email, answer_by, row, known)
    return row


def _known(name: str, email: str) -> Person | None:
    keys = by_addresses([email]).get(email, [])
    same = list(Person.objects.filter(pk__in=keys, name_folded=fold(name)[:200])[:2])
    return same[0] if len(same) == 1 else None


def _plain(text: str) -> str:
    """Text that no placeholder hides in."""
    return text.replace("{{", "{ {").replace("}}", "} }")


def _tell(wish: Wish, name: str, email: str, answer_by: date, row: Interaction, known: Person | None) -> None:
    language = wish.language or installation().default_language
    with override(language):
        said: dict[str, Any] = {"day": date_format(answer_by, "DATE_FORMAT")}
        subject = _("Your message has arrived")
        text = "\n".join(
            [
                _("Thank you. Somebody of us answers you by %(day)s.") % said,
                "",
                house_name(),
            ]
        )
    letter = Letter(
        email, _plain(name), recipient=f"people.person:{known.pk}" if known else "", language=language
    )
    try:
        with transaction.atomic():
            queue(letter, subject=_plain(subject), text=_plain(text), by=None, about=Ref.to(row))
    except ValidationError:
        # An address that nothing is sent to keeps nobody from being heard.
        return
