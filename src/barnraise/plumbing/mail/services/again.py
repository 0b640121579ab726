"""Send a mail once more, as a new one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Message
from .queue import Letter, queue

OVER = (
    Message.State.HANDED_OVER,
    Message.State.BOUNCED,
    Message.State.FAILED,
    Message.State.SUPPRESSED,
    Message.State.CANCELLED,
)


@transaction.atomic
def send_again(message: Message, *, by: Any) -> Message:
    """A new mail with the same text to the same reader. Raises ValidationError when the first is not over, or cannot be sent."""
    row = Message.objects.select_for_update(of=("self",)).select_related("body").get(pk=message.pk)
    if row.state not in OVER:
        raise ValidationError(_("It has not gone yet: it cannot be sent once more."))
    if row.is_bulk:
        raise ValidationError(
            _("It is one of many that all say the same: nobody gets the same campaign twice.")
        )
    if not row.to_address:
        raise ValidationError(_("Its reader was erased."))
    letter = Letter(
        to_address=row.to_address,
        to_name=row.to_name,
        recipient=row.recipient,
        language=row.language,
        values=row.values,
        is_sample=row.is_sample,
    )
    return queue(
        letter,
        subject=row.body.subject,
        text=row.body.text,
        html=row.body.html,
        by=by,
        about=row.about,
        purpose=row.purpose,
        reply_to=row.reply_to,
        again_of=row,
    )
