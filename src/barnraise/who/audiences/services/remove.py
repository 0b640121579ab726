"""Take audiences away. Their people stay."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import record, take_away
from barnraise.plumbing.search import services as search

from ..models import Audience
from ..selectors import KIND


def remove_audience(audience: Audience, *, by: Any) -> ChangeSet:
    """Remove it with its rules; an undo brings both back. Raises ValidationError when another room works with it: end it instead."""
    key = audience.pk
    try:
        with transaction.atomic():
            row = Audience.objects.get(pk=key)
            named = {"name": row.name}
            done = take_away(row, row.rules.all(), by=by, verb="audiences.removed", details=named)
            search.remove(KIND, [key])
    except ProtectedError:
        raise ValidationError(_("Something was sent to it, and that record stays. End it instead.")) from None
    return done


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's audiences go. How many."""
    keys = list(Audience.objects.filter(is_sample=True).values_list("pk", flat=True))
    if keys:
        Audience.objects.filter(pk__in=keys).delete()
        search.remove(KIND, keys)
        record(by=by, verb="audiences.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
