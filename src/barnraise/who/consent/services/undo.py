"""Take back lines that an import or a mistake brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change

from ..models import Consent, Standing
from .settle import settle


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added lines in the caller's transaction; what stands is again what was said before them."""
    keys = [change.key for change in changes if change.action == Change.Action.CREATED]
    with transaction.atomic():
        take_away(keys)
    return {}


def take_away(keys: Sequence[int]) -> None:
    """Delete these lines of the record, without a sentence."""
    rows = Consent.objects.filter(pk__in=keys)
    about = list(rows.values_list("person_id", "purpose_id", "channel"))
    Standing.objects.filter(last_id__in=keys).delete()
    rows.delete()
    settle(about)
