"""The card of Today: drafts of reports whose days are over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from . import policies, selectors

CARD = 5


def drafts_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Drafts that could be issued; None when there are none."""
    found = selectors.drafts_over(timezone.localdate(now), CARD)
    return {"rows": found, "may_edit": policies.may_edit(actor)} if found else None
