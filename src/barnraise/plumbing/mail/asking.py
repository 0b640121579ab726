"""A mail that asks a partner one thing by a signed link: who may be asked, its words, and what became of such mails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from barnraise.foundation.refs import Ref
from barnraise.plumbing.profile.selectors import installation

from . import writing
from .models import Message
from .sockets import Addressee, Reader, Request, requests

LINK = "/l/act/"
"""What stands in the address of every signed link."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A thing that a mail asks about, with who may be asked."""

    thing: Any
    ref: Ref
    request: Request
    addressees: tuple[Addressee, ...]

    def chosen(self, recipient: str) -> Addressee | None:
        """The addressee of that reference, else the first; None when there is nobody."""
        by_reference = {one.recipient or one.address: one for one in self.addressees}
        return by_reference.get(recipient) or next(iter(self.addressees), None)


def asked(kind: str, key: int) -> Asked:
    """Raises DoesNotExist for a kind that no room plugs and for a thing that is not there or asks nothing any more."""
    request = requests.find(kind)
    if request is None:
        raise Message.DoesNotExist
    thing = request.select(key)
    if not request.is_open(thing):
        raise Message.DoesNotExist
    return Asked(thing, Ref.to(thing), request, tuple(request.addressees(thing)))


def may_ask(actor: Any, found: Asked | None = None) -> bool:
    """Those who may ask for the thing itself."""
    return found is not None and found.request.may(actor, found.thing)


def draft(found: Asked, to: Addressee | None, *, by: Any) -> dict[str, str]:
    """The mail as it would go, in the language of its reader."""
    with override((to and to.language) or installation().default_language):
        subject, text = found.request.words(found.thing, to.name if to else "", by)
    return {
        "to_address": to.address if to else "",
        "subject": _plain(subject)[:300],
        "text": _plain(text),
        "reply_to": getattr(by, "email", ""),
    }


def _plain(text: str) -> str:
    """Text that no placeholder hides in."""
    return text.replace("{{", "{ {").replace("}}", "} }")


def sent(found: Asked, to: Addressee | None, given: Mapping[str, Any], *, by: Any) -> Message:
    """Put it into the outbox. Raises ValidationError by field, also when the link was taken out of the text."""
    if LINK not in given["text"]:
        raise ValidationError(
            {"text": _("The link is missing. Without it nobody can answer: leave its line in the text.")}
        )
    is_theirs = to is not None and to.address.lower() == given["to_address"].lower()
    ref = writing.reference(to.recipient) if to and is_theirs else None
    reader = writing.reader_of(ref)
    if reader is None and to is not None and is_theirs:
        reader = Reader(0, to.name, to.address, to.language)
    is_sample = found.request.is_sample(found.thing)
    return writing.queued(given, ref, reader, by=by, about=found.ref, is_sample=is_sample)
