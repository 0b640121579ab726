"""What a partner says of its own promises."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from barnraise.foundation.policy import require
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.what.commitments.models import Commitment
from barnraise.what.commitments.services import change_commitment, settle

from ..policies import Visitor, may_settle_promise


def keep(promise: Commitment, *, by: Visitor) -> None:
    """It was kept today. Raises Refused for a promise that is not theirs, ValidationError when it is settled."""
    require(may_settle_promise, by, promise)
    with transaction.atomic(), arriving_by("portal"):
        settle(promise, by=by.account, settled="kept")
        record(by=by.account, verb="portal.kept", about=about(by, promise))


def say_late(promise: Commitment, *, by: Visitor, reason: str) -> None:
    """It will be late, and why: noted with the promise, whose day stays. Raises ValidationError at "reason"."""
    require(may_settle_promise, by, promise)
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why: it helps us to plan.")})
    line = f"{date_format(timezone.localdate(), 'DATE_FORMAT')}: {reason}"
    with transaction.atomic(), arriving_by("portal"):
        change_commitment(promise, by=by.account, detail=f"{promise.detail}\n\n{line}".strip())
        record(by=by.account, verb="portal.late", about=about(by, promise), details={"reason": reason[:300]})


def about(by: Visitor, *things: Any) -> list[Any]:
    """What a sentence of the portal is about: the thing, then the organisation and the person who spoke."""
    person = [Ref("people", "person", by.person)] if by.person else []
    return [*things, by.organisation, *person]
