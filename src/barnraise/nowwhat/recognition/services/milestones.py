"""Tell a milestone: drafts of a campaign and of a message for the networks; or let it go."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.what.campaigns.models import Campaign
from barnraise.what.campaigns.services import add_block, make_campaign
from barnraise.what.social.models import Message
from barnraise.what.social.services import draft_from

from ..models import Milestone
from ..wording import told


def _told(milestone: Milestone, by: Any) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(state=Milestone.State.TOLD, updated_at=timezone.now())
    record(by=by, verb="recognition.told", about=[milestone, milestone.mark.indicator])


def draft_campaign(milestone: Milestone, *, by: Any) -> Campaign:
    """A campaign with the milestone in it, still without readers. Raises ValidationError when it cannot be."""
    title, words = told(milestone)
    with transaction.atomic():
        row = make_campaign(name=title[:120], subject=title[:200], by=by)
        row = add_block(row, kind="heading", values={"text": title}, by=by)
        row = add_block(row, kind="text", values={"text": words}, by=by)
        _told(milestone, by)
    return row


def draft_message(milestone: Milestone, *, by: Any, language: str) -> Message:
    """A message for the networks with the milestone in it. Raises ValidationError when it cannot be."""
    with transaction.atomic():
        made = draft_from(Ref.to(milestone), by=by, language=language, owner=by)
        _told(milestone, by)
    return made


def leave(milestone: Milestone, *, by: Any) -> None:
    """It is not told. Raises ValidationError when it was told or let go already."""
    with transaction.atomic():
        rows = Milestone.objects.filter(pk=milestone.pk, state=Milestone.State.NEW)
        if not rows.update(state=Milestone.State.LEFT, updated_at=timezone.now()):
            raise ValidationError(_("It was told, or let go, already."))
        record(by=by, verb="recognition.left", about=[milestone])
