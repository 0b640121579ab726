"""Send the mail with the way in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.mail.services import Letter, queue
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations.models import Organisation

from ..entering import LASTS, link_for
from ..selectors import ways_in


def send_link(
    organisation: Organisation,
    *,
    by: Any,
    address: str,
    name: str = "",
    person: int | None = None,
    language: str = "",
) -> None:
    """One mail to one mailbox, with a link that opens once. Raises ValidationError when nothing can be sent there."""
    house = installation()
    tongue = language or house.default_language
    with override(tongue):
        said = {
            "name": name or organisation.name,
            "organisation": organisation.name,
            "house": house.network_name or _("The partnership"),
            "days": LASTS.days,
        }
        subject = _("Your way into the portal for %(organisation)s") % said
        lines = [
            _("Dear %(name)s,") % said,
            _("%(house)s keeps a portal for partners. There you see and answer what concerns %(organisation)s: "
              "its record, promises, numbers that are due, events, meetings and concerns.") % said,
            _("This link lets you in, once and within %(days)d days:") % said,
            link_for(organisation, person, tongue),
            _("If you did not expect this mail, nothing happens when you leave it alone."),
        ]  # fmt: skip
    text = "\n\n".join(lines)
    letter = Letter(
        address,
        name,
        recipient=f"people.person:{person}" if person else "",
        language=tongue,
        is_sample=organisation.is_sample,
    )
    with transaction.atomic():
        queue(letter, subject=_plain(subject)[:200], text=_plain(text), by=by, about=Ref.to(organisation))
        about = [organisation, *([Ref("people", "person", person)] if person else [])]
        record(by=by, verb="portal.link_sent" if by is not None else "portal.link_asked", about=about)


def send_links(address: str) -> int:
    """To whoever asks at the door: a mail for each organisation that this mailbox speaks for. How many; nobody is told."""
    count, address = 0, address.strip().casefold()
    for organisation, person, name, language in ways_in(address)[:5]:
        try:
            send_link(organisation, by=None, address=address, name=name, person=person, language=language)
        except ValidationError:
            continue
        count += 1
    return count


def _plain(text: str) -> str:
    """Text that no placeholder hides in."""
    return text.replace("{{", "{ {").replace("}}", "} }")
