"""Take messages away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Message, SocialAccount, Variant
from ..models.variant import POSTED
from ..selectors import KIND


def take_away(keys: Sequence[int]) -> None:
    """Delete these with their variants and pictures, without a sentence, in the caller's transaction."""
    files.forget(kind=KIND, keys=list(keys))
    search.remove(KIND, list(keys))
    Message.objects.filter(pk__in=list(keys)).delete()


def remove_message(message: Message, *, by: Any) -> None:
    """Away with all its drafts. One that stands in a network, or is on its way there, stays: take it down there first."""
    with transaction.atomic():
        rows = Variant.objects.filter(message=message)
        if rows.filter(state__in=[*POSTED, Variant.State.QUEUED]).exists():
            raise ValidationError(_("It stands in a network: take it down there and say so first."))
        about = [Ref.parse(text) for text in (message.drawn_from, message.cites) if text]
        record(by=by, verb="social.removed", about=about, details={"title": message.name})
        take_away([message.pk])


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's messages and accounts go. How many messages."""
    keys = list(Message.objects.filter(is_sample=True).values_list("pk", flat=True))
    if keys:
        take_away(keys)
        record(by=by, verb="social.sample_removed", about=[], details={"count": len(keys)})
    SocialAccount.objects.filter(is_sample=True).delete()
    return len(keys)
