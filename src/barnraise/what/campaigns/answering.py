"""The page that an invitation's links open, and what its button does; what comes back about mails of campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from barnraise.foundation.mail.placeholders import filled
from barnraise.foundation.refs import Ref
from barnraise.plumbing.mail.sockets import Return

from . import selectors, services
from .drawing import invited_to, said_in
from .models import CampaignReader


def shown(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the page says, with the answer chosen that was tapped. Raises CampaignReader.DoesNotExist."""
    reader = selectors.one_reader(ref.id)
    chosen = str(data.get("a", ""))
    return {
        "title": _subject(reader, str(data.get("l", ""))),
        "text": _("Press the button to send your answer. You can change it later by the same links."),
        "event": invited_to(reader.campaign),
        "choices": [
            (value, word, value == (chosen or reader.answer)) for value, word in CampaignReader.Answer.choices
        ],
        "said": reader.get_answer_display() if reader.answer else "",
    }


def _subject(reader: CampaignReader, language: str) -> str:
    """The subject as it stands in their mail; the campaign's where there is no mail any more."""
    mail = reader.message
    if mail is not None and not mail.erased_at:
        return filled(mail.body.subject, mail.values)
    return said_in(reader.campaign, language or reader.campaign.language).subject


def act(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> None:
    """Note the answer. Raises CampaignReader.DoesNotExist."""
    given = request.POST.get("answer") or str(data.get("a", ""))
    if given in CampaignReader.Answer.values:
        services.note_answer(selectors.one_reader(ref.id), answer=given)


def came_back(what: Return) -> None:
    """Somebody unsubscribed by a mail of a campaign."""
    if what.what == "unsubscribe":
        services.note_unsubscribed(what.message, at=what.at)
