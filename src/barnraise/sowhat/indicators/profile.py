"""What other pages show: the panel of an indicator, the cards of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from barnraise.plumbing.ui.spans import period_words
from barnraise.why.goals.models import Indicator

from . import facing, policies, selectors
from .progress import progress

SHOWN, CARD, SOON = 12, 6, timedelta(days=14)


def panel(actor: Any, indicator: Indicator) -> Mapping[str, Any]:
    """Its chart, its latest values and what is waited for."""
    rows = selectors.observations_of(indicator)
    today = timezone.localdate()
    for row in rows:
        row.indicator = indicator
    over = [row for row in rows if row.ends_on < today and row.value is not None]
    latest = over[-1] if over else None
    done = (
        progress(selectors.path_of(indicator), latest.value) if latest and latest.value is not None else None
    )
    reports = [] if indicator.source else selectors.reports_beside(indicator, SHOWN)
    return {
        "thing": indicator,
        "chart": facing.chart(indicator, rows),
        "rows": [
            (row, period_words(row.period), facing.value_of(row), facing.marks(row))
            for row in rows[::-1][:SHOWN]
        ],
        "state": facing.standing_badge(selectors.standing_of(indicator, latest)),
        "done": facing.share_done(indicator, done) if done is not None else "",
        "latest": latest.value if latest else None,
        "reports": [(row, period_words(row.period)) for row in reports],
        "may_record": policies.may_record(actor) and not indicator.is_ended,
        "has_source": bool(indicator.source),
    }


def off_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: indicators off their path; None when there are none."""
    found = selectors.off_track(timezone.localdate(now), most=CARD)
    if not found:
        return None
    rows = []
    for indicator, row in found:
        row.indicator = indicator
        rows.append((indicator, facing.value_of(row), period_words(row.period), row))
    return {"rows": rows}


def due_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: numbers that partners owe within two weeks or overdue; None when there are none."""
    today = timezone.localdate(now)
    rows = selectors.reports_due(today, within=SOON, most=CARD)
    if not rows:
        return None
    return {"rows": [(row, period_words(row.period)) for row in rows], "today": today}
