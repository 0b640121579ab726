"""What other pages show of waves: the panel of organisations, the card of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import figure

from . import policies, selectors
from .models import Member

CARD, PANEL = 4, 5


def panel(actor: Any, thing: Any) -> Mapping[str, Any] | None:
    """The latest waves in which an organisation was asked; nothing where it never was."""
    rows = Member.objects.filter(organisation=thing).select_related("wave")
    found = list(rows.order_by("-wave__begins_on", "-pk")[:PANEL])
    return {"rows": found} if found else None


def due_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: open waves with partners that have not answered; None when there are none."""
    found = selectors.to_remind(timezone.localdate(now), CARD)
    if not found:
        return None
    rows: list[Any] = []
    for row in found:
        told: Any = row
        said = {"n": told.answered_count, "all": told.member_count}
        words = _("%(n)s of %(all)s partners have answered") % said
        where = f"{row.get_absolute_url()}#partners"
        rows.append((row, figure(told.answered_count, rows=where, of=_("Answered"), text=words)))
    return {"rows": rows, "may_edit": policies.may_edit(actor)}
