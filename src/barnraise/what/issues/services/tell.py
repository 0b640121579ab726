"""Write to whoever raised a concern, in their language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.services import sign
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.mail.services import Letter, queue
from barnraise.plumbing.profile.selectors import installation

from ..models import Issue
from ..selectors import asker_of

PURPOSE = "issues.follow"
LASTS = timedelta(days=365)


def address(issue: Issue) -> str:
    """The page on which whoever raised it follows it; whoever has the address may read the answers and say more."""
    return sign(PURPOSE, Ref.to(issue), expires=LASTS)


def _plain(text: str) -> str:
    """Text that no placeholder hides in."""
    return text.replace("{{", "{ {").replace("}}", "} }")


def _named(words: Any, issue: Issue) -> str:
    """A subject; the outbox, which the team reads, is not told what a confidential concern is."""
    return str(words) % {"what": _("confidential") if issue.is_confidential else issue.what}


def _lines(issue: Issue, *texts: str) -> str:
    said = [*texts, _named(_("Your concern: %(what)s"), issue)]
    parts = [
        *([_("It is confidential: you read what we say on its page.")] if issue.is_confidential else said),
        _("Read it, say more, or say that it is not settled:") + "\n" + address(issue),
        installation().network_name,
    ]
    return _plain("\n\n".join(part for part in parts if part))


def _send(issue: Issue, subject: str, *texts: str, by: Any) -> Message:
    reader = asker_of(issue)
    if reader is None:
        raise ValidationError({"way": _("No e-mail address of whoever raised it is known.")})
    letter = Letter(
        reader.address,
        reader.name,
        recipient=reader.recipient,
        language=reader.language,
        is_sample=issue.is_sample,
    )
    with override(reader.language):
        title, text = str(subject), _lines(issue, *(str(one) for one in texts))
    try:
        return queue(letter, subject=_plain(title)[:200], text=text, by=by, about=Ref.to(issue))
    except ValidationError as no:
        raise ValidationError({"way": no.messages}) from None


def tell_received(issue: Issue, *, by: Any) -> None:
    """That it has arrived and until when it is answered. Without an address, or with one nothing is sent to, nothing happens."""
    reader = asker_of(issue)
    if reader is None:
        return
    with override(reader.language):
        day = date_format(timezone.localtime(issue.answer_by), "DATE_FORMAT")
        subject = _named(_("We have your concern: %(what)s"), issue)
        text = _("Thank you for telling us. We answer by %(day)s.") % {"day": day}
    try:
        with transaction.atomic():
            _send(issue, subject, text, by=by)
    except ValidationError:
        return


def tell_answer(issue: Issue, text: str, *, by: Any) -> Message:
    """The answer. Raises ValidationError at "way" when it cannot be sent."""
    reader = asker_of(issue)
    with override(reader.language if reader else None):
        subject = _named(_("Our answer to your concern: %(what)s"), issue)
    return _send(issue, subject, text, by=by)


def tell_outcome(issue: Issue, *, by: Any) -> None:
    """What came of it, where an address is known and may be written to."""
    reader = asker_of(issue)
    if reader is None:
        return
    with override(reader.language):
        subject = _named(_("What came of your concern: %(what)s"), issue)
    try:
        with transaction.atomic():
            _send(issue, subject, issue.outcome, by=by)
    except ValidationError:
        return
