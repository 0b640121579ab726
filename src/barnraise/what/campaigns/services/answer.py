"""What readers answer, and that they want no more."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.mail.models import Message

from ..models import CampaignReader
from ..sockets import occasions


@transaction.atomic
def note_answer(reader: CampaignReader, *, answer: str, at: datetime | None = None) -> CampaignReader:
    """Whether they come; what they said last counts. Raises ValidationError for another answer."""
    if answer not in CampaignReader.Answer.values:
        raise ValidationError({"answer": _("Answer with yes or no.")})
    row = CampaignReader.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=reader.pk)
    now = at or timezone.now()
    if row.answer == answer:
        return row
    row.answer, row.answered_at, row.updated_at = answer, now, now
    row.save(update_fields=["answer", "answered_at", "updated_at"])
    about = [row.campaign, *([Ref("people", "person", row.person_id)] if row.person_id else [])]
    record(by=None, verb=f"campaigns.answered_{answer}", about=about)
    if row.campaign.occasion and row.person_id:
        ref = Ref.parse(row.campaign.occasion)
        if occasion := occasions.find(ref.kind):
            occasion.answered(ref, row.person_id, answer, now)
    return row


@transaction.atomic
def note_unsubscribed(message: Message, *, at: datetime) -> None:
    """The reader of this mail wants no more of it; consents are noted elsewhere. Of a mail of no campaign nothing changes."""
    rows = CampaignReader.objects.filter(message=message, unsubscribed_at__isnull=True)
    rows.update(unsubscribed_at=at, updated_at=at)
