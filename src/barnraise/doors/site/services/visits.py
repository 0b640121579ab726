"""Count visits of pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F

from ..models import PageVisits


def count_visit(page: Any, *, on: date) -> None:
    """One visit more on that day."""
    rows = PageVisits.objects.filter(page_id=page.pk, on=on)
    if not rows.update(count=F("count") + 1):
        PageVisits.objects.get_or_create(page_id=page.pk, on=on)
        rows.update(count=F("count") + 1)
