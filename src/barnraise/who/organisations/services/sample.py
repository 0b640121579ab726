"""Take the sample town's organisations away."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from barnraise.foundation.belongings import part_with
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record

from ..models import Organisation, Source
from ..selectors import KIND
from .remove import delete_rows


def remove_sample(*, by: Any) -> int:
    """Remove every sample organisation, also those people changed since. Real branches of theirs stand alone from then on.

    Returns how many were removed.
    """
    with transaction.atomic():
        keys = list(Organisation.objects.filter(is_sample=True).values_list("pk", flat=True))
        if not keys:
            return 0
        Organisation.objects.filter(parent_id__in=keys, is_sample=False).update(parent=None)
        part_with([Ref.parse(f"{KIND}:{key}") for key in keys], change_set=None)
        kept = delete_rows(keys)
        record(by=by, verb="organisations.sample_removed", about=[], details={"count": len(keys) - len(kept)})
        Source.objects.filter(kind=Source.Kind.SAMPLE).exclude(
            pk__in=Organisation.objects.filter(source__kind=Source.Kind.SAMPLE).values("source_id")
        ).delete()
    return len(keys) - len(kept)
