"""What the outbox asks of consents, and what a reader's answer to a mail does to them."""

from __future__ import annotations

from datetime import datetime

from barnraise.foundation.refs import Ref
from barnraise.plumbing.mail.sockets import Return
from barnraise.who.people.models import Person

from . import selectors, services
from .models import Consent, Purpose
from .models.purpose import Channel


def refusal(purpose: str, recipient: str, at: datetime) -> str:
    """Why this reader is not written to for this purpose, "" when they are. Who is not in the directory agreed to nothing."""
    row = Purpose.objects.filter(pk=Ref.parse(purpose).id).first()
    reader = Ref.parse(recipient) if recipient else None
    person = (
        Person.objects.filter(pk=reader.id).first() if reader and reader.kind == "people.person" else None
    )
    if row is None or person is None:
        return selectors.words_of("never_asked", row, Channel.EMAIL) if row else "?"
    why = selectors.may_contact(person, channel=Channel.EMAIL, purpose=row, at=at)
    return selectors.words_of(why, row, Channel.EMAIL) if why else ""


def title(key: int) -> str:
    """What the purpose is called."""
    return selectors.purpose_titles([key]).get(key, "")


def came_back(what: Return) -> None:
    """Who unsubscribes or complains withdraws the consent that the mail was sent for."""
    if (
        what.what not in {"unsubscribe", "complaint"}
        or not what.message.purpose
        or not what.message.recipient
    ):
        return
    purpose, reader = Ref.parse(what.message.purpose), Ref.parse(what.message.recipient)
    if purpose.kind != selectors.PURPOSE or reader.kind != "people.person":
        return
    standing = selectors.standing_of(reader.id, purpose.id, Channel.EMAIL)
    if standing is not None and standing.is_given:
        services.withdraw(standing, by=None, source=Consent.Source.UNSUBSCRIBE)
