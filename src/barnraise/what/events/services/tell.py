"""Tell people by mail about their place: that they have one, wait, moved up, or that the event moved or was cancelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from barnraise.foundation.refs import Ref
from barnraise.plumbing.mail.models import Body
from barnraise.plumbing.mail.selectors import suppressed
from barnraise.plumbing.mail.services import Letter, queue, queue_many
from barnraise.plumbing.profile.selectors import installation

from ..facing import span
from ..models import Event, Registration
from ..signing import address

PLACE, WAITING, PROMOTED, CHANGED, CANCELLED = "place", "waiting", "promoted", "changed", "cancelled"


def _plain(text: str) -> str:
    """Text that no placeholder hides in."""
    return text.replace("{{", "{ {").replace("}}", "} }")


def _subject(what: str, event: Event) -> str:
    title = {"title": event.title}
    said = {
        PLACE: _("You have a place: %(title)s"),
        WAITING: _("You are on the waitlist: %(title)s"),
        PROMOTED: _("You have a place now: %(title)s"),
        CHANGED: _("Something has changed: %(title)s"),
        CANCELLED: _("Cancelled: %(title)s"),
    }[what]
    return _plain(said % title)[:200]


def _text(what: str, event: Event, link: str) -> str:
    told = {
        PLACE: _("You have a place. We look forward to seeing you."),
        WAITING: _(
            "All places are taken. You get one when somebody cancels, in the order of registration, and we write to you."
        ),
        PROMOTED: _("A place has become free, and it is yours."),
        CHANGED: _("Time, place or title have changed. This is how it stands now:"),
        CANCELLED: _("It does not take place: %(reason)s") % {"reason": event.cancel_reason},
    }[what]
    lines = [told, "", event.title, span(event), event.place]
    if link:
        lines += ["", _("Your own page, with the code for the door and a button to cancel:"), link]
    lines += ["", installation().network_name]
    text = "\n".join(lines)
    return _plain(text)


def _language(row: Registration) -> str:
    return row.language or installation().default_language


def _letter(row: Registration) -> Letter:
    return Letter(
        row.email,
        row.name,
        recipient=f"people.person:{row.person_id}" if row.person_id else "",
        language=_language(row),
        is_sample=row.is_sample,
    )


def tell(row: Registration, what: str, *, by: Any) -> None:
    """One mail to whoever gave an address, in the caller's transaction. An address that nothing is sent to keeps nobody from a place."""
    if not row.email:
        return
    with override(_language(row)):
        subject, text = _subject(what, row.event), _text(what, row.event, address(row))
    try:
        with transaction.atomic():
            queue(_letter(row), subject=subject, text=text, by=by, about=Ref.to(row.event))
    except ValidationError:
        return


def tell_all(event: Event, what: str, *, by: Any) -> int:
    """The same to everybody who is registered and gave an address, one text for each language. How many mails."""
    rows = (
        Registration.objects.filter(event=event).exclude(state=Registration.State.CANCELLED).exclude(email="")
    )
    count = 0
    for language, some in _by_language(rows.order_by("pk")).items():
        blocked = suppressed([row.email for row in some])
        letters = [_letter(row) for row in some if row.email not in blocked]
        if not letters:
            continue
        with override(language):
            subject, text = _subject(what, event), _text(what, event, "")
        body = Body.objects.create(subject=subject, text=text, html="", created_at=timezone.now())
        count += len(queue_many(letters, body=body, by=by, about=Ref.to(event), is_bulk=False))
    return count


def _by_language(rows: Iterable[Registration]) -> dict[str, list[Registration]]:
    found: dict[str, list[Registration]] = defaultdict(list)
    for row in rows:
        found[_language(row)].append(row)
    return found
