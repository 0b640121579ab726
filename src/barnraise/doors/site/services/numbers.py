"""Make a number public, and take it back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.policy import require
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.why.goals.models import Indicator

from ..models import PublicNumber
from ..policies import may_publish_numbers
from ..selectors import NUMBER


def publish_number(
    indicator: Indicator, *, about: str = "", by: Any, is_sample: bool = False
) -> PublicNumber:
    """Its values may stand on the website from now on, small ones hidden. Raises Refused, or ValidationError when they do already."""
    require(may_publish_numbers, by, reason=_("Admins and coordinators make numbers public."))
    twice = ValidationError({"indicator": _("This number is public already.")})
    about = _told(about)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = PublicNumber.objects.create(
                    indicator=indicator, about=about, by=by, is_sample=is_sample, created_at=timezone.now()
                )
        except IntegrityError:
            raise twice from None
        record(by=by, verb="site.number_published", about=[indicator])
        search.index(NUMBER, [row.pk])
    return row


def _told(about: str) -> str:
    about = about.strip()
    if len(about) > 1000 or "\x00" in about:
        raise ValidationError({"about": _("Write at most 1,000 characters.")})
    return about


def change_number(number: PublicNumber, *, about: str, by: Any) -> PublicNumber:
    """Say in other words what it says. Raises Refused or ValidationError."""
    require(may_publish_numbers, by, reason=_("Admins and coordinators make numbers public."))
    about = _told(about)
    if about != number.about:
        with transaction.atomic():
            changes = {"about": (number.about, about)}
            number.about = about
            number.save(update_fields=["about"])
            record(by=by, verb="site.number_changed", about=[number.indicator], changes=changes)
            search.index(NUMBER, [number.pk])
    return number


def withdraw_number(number: PublicNumber, *, by: Any) -> None:
    """It goes from every page of the website at once. Raises Refused."""
    require(may_publish_numbers, by, reason=_("Admins and coordinators take numbers off the website."))
    with transaction.atomic():
        record(by=by, verb="site.number_withdrawn", about=[number.indicator])
        search.remove(NUMBER, [number.pk])
        number.delete()
