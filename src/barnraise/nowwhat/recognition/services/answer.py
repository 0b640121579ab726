"""What a partner answers to the wording, by its link."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import forget_detail, record
from barnraise.plumbing.ui.faults import refuse, text_faults
from barnraise.who.people.selectors import signed_by as signed_by_person

from ..faults import MOST
from ..models import Thanks
from .thanks import locked, touch


def answer_wording(
    thanks: Thanks, *, wording: str, approves: bool, wish: str = "", signed_by: str = ""
) -> Thanks:
    """The partner approves the wording that it was shown, or says what it wishes instead.

    Raises ValidationError by field; also where the wording is another one by now, or was ended. Then nothing is written.
    """
    wish, signed_by = squeeze(wish), squeeze(signed_by)
    found = text_faults(MOST, wish=wish, signed_by=signed_by)
    if not approves and not wish:
        found.append(("wish", _("Write the words you wish.")))
    if not signed_by:
        found.append(("signed_by", _("Write your name: we note who answered.")))
    refuse(found)
    with transaction.atomic():
        row = locked(thanks)
        if row.state in (Thanks.State.DRAFT, Thanks.State.ENDED) or row.wording != wording:
            raise ValidationError(_("These words are changed or no longer used. We will write to you again."))
        row.state = Thanks.State.APPROVED if approves else Thanks.State.WISHED
        row.answered_at, row.signed_by, row.wish = timezone.now(), signed_by, "" if approves else wish
        touch(row, "state", "answered_at", "signed_by", "wish")
        verb = "recognition.approved" if approves else "recognition.wished"
        record(by=None, verb=verb, about=[row, row.organisation], details={"name": signed_by})
    return row


def forget_signer(ref: Ref) -> None:
    """An erased person's name goes from the wordings they answered, in the caller's transaction; the answer stays."""
    for row in signed_by_person(ref, Thanks.objects.all()):
        verbs = ["recognition.approved", "recognition.wished"]
        forget_detail(verbs=verbs, about=Ref.to(row), name="name", value=row.signed_by)
        row.signed_by = ""
        touch(row, "signed_by")
