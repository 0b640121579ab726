"""Remember that two people who look alike are two."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.services import record

from ..models import Apart, Person


def tell_apart(one: Person, other: Person, *, by: Any) -> None:
    """They are not proposed as duplicates again. Raises ValidationError for one and the same."""
    if one.pk == other.pk:
        raise ValidationError(_("Choose two different people."))
    first, second = sorted((one, other), key=lambda row: row.pk)
    with transaction.atomic():
        _row, is_new = Apart.objects.get_or_create(
            first=first,
            second=second,
            defaults={"by": by if getattr(by, "pk", None) else None, "at": timezone.now()},
        )
        if is_new:
            record(by=by, verb="people.told_apart", about=[first, second])


def forget_apart(one: Person, other: Person, *, by: Any) -> None:
    """They may be proposed again."""
    first, second = sorted((one, other), key=lambda row: row.pk)
    with transaction.atomic():
        gone, _rows = Apart.objects.filter(first=first, second=second).delete()
        if gone:
            record(by=by, verb="people.apart_forgotten", about=[first, second])
