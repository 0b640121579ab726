"""Begin a partnership."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.organisations.models import Organisation

from ..faults import stage_faults, standing_faults
from ..models import Partnership, Stage
from ..selectors import one_by_key
from .writing import New, write

ALREADY = _("There is a partnership with them already.")
OURSELVES = _("This is our own organisation: nobody is a partner of their own.")


def begin_partnership(
    partner: Any,
    *,
    by: Any,
    stage: str = Stage.PROSPECT.value,
    since_on: date | None = None,
    reason: str = "",
    about: str = "",
    owner: Any = None,
    cadence_days: int | None = None,
    agreement: str = "",
    agreed_on: date | None = None,
    agreement_ends_on: date | None = None,
    is_sample: bool = False,
) -> Partnership:
    """A new relation with an organisation or a person (`partner`, a row of either).

    Raises ValidationError by field, also when there is one with them already; then nothing is written.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    day = since_on or today
    reason, about, agreement = reason.strip(), about.strip(), agreement.strip()
    found = stage_faults(stage, day, reason, today)
    found += standing_faults(cadence_days, agreed_on, agreement_ends_on, about, agreement)
    is_body = isinstance(partner, Organisation)
    if is_body and partner.is_own:
        found.append(("partner", OURSELVES))
    refuse(found)
    new = New(
        stage=stage,
        since_on=day,
        organisation=partner.pk if is_body else None,
        person=None if is_body else partner.pk,
        reason=reason,
        about=about,
        owner=getattr(owner, "pk", None),
        cadence_days=cadence_days,
        agreement=agreement,
        agreed_on=agreed_on,
        agreement_ends_on=agreement_ends_on,
    )
    try:
        with transaction.atomic():
            (row,) = write([new], by=by, at=now, is_sample=is_sample)
            record(by=by, verb="partnerships.begun", about=[partner, row])
    except IntegrityError:
        raise ValidationError({"partner": [ALREADY]}) from None
    return one_by_key(row.pk)
