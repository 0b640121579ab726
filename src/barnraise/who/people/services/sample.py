"""Take the sample town's people away."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from barnraise.foundation.belongings import part_with
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record

from ..models import Person
from ..selectors import KIND
from .remove import delete_rows


def remove_sample(*, by: Any) -> int:
    """Remove every sample person, also those changed since. Returns how many were removed."""
    with transaction.atomic():
        keys = list(Person.objects.filter(is_sample=True).values_list("pk", flat=True))
        if not keys:
            return 0
        part_with([Ref.parse(f"{KIND}:{key}") for key in keys], change_set=None)
        kept = delete_rows(keys)
        record(by=by, verb="people.sample_removed", about=[], details={"count": len(keys) - len(kept)})
    return len(keys) - len(kept)
