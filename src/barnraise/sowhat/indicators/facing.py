"""How observations and their standing look."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, join
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.charts import Chart
from barnraise.plumbing.ui.components import badge, data, figure
from barnraise.plumbing.ui.line_charts import Point, lines
from barnraise.why.goals.models import Indicator

from .models import Observation
from .progress import WORDS, State, planned
from .selectors import path_of

_TONES: dict[State, Any] = {
    "on": "good",
    "slow": "warning",
    "off": "bad",
    "early": "neutral",
    "unknown": "neutral",
}


def value_of(row: Observation) -> Any:
    """The value with its unit, or the reason why there is none."""
    if row.value is None:
        return row.get_reason_display()
    rule = row.indicator.rule
    return figure(
        row.value,
        rows=f"{row.get_absolute_url()}#behind",
        rule=rule,
        of="" if rule in {"count", "distinct"} else _("Value"),
        unit=data(row.indicator.unit) if row.indicator.unit else "",
    )


def rows_of(row: Observation) -> Any:
    """How many rows are behind it."""
    return figure(row.row_count, rows=f"{row.get_absolute_url()}#behind")


def share_done(indicator: Indicator, done: Decimal) -> Any:
    """ "62 % of the way", made of the path's numbers and the latest value."""
    percent = round(done * 100)
    words = _("%(n)s %% of the way from the baseline to the target") % {"n": percent}
    return figure(
        Decimal(percent) / 100,
        rows=f"{indicator.get_absolute_url()}#path",
        rule="formula",
        of="progress",
        text=words,
    )


def marks(row: Observation) -> Safe:
    """Locked, restated."""
    found = []
    if row.is_locked:
        found.append(badge(_("locked"), icon="lock"))
    if row.restated_at is not None:
        found.append(badge(_("restated"), tone="warning", icon="history"))
    return join(found, " ")


def standing_badge(state: State) -> Safe:
    """How it stands to its path, as word, icon and colour."""
    return badge(WORDS[state], tone=_TONES[state])


def chart(indicator: Indicator, rows: list[Observation]) -> Chart | None:
    """Values and the path to the target; None without any value."""
    known = [row for row in rows if row.value is not None]
    if not known:
        return None
    path = path_of(indicator)
    points = [
        Point(_("Value"), row.ends_on.isoformat(), float(row.value)) for row in known if row.value is not None
    ]
    days: list[date] = [path.baseline_on] if path.baseline_on else []
    days += [row.ends_on for row in known]
    days += [path.target_on] if path.target_on else []
    for day in sorted(set(days)):
        value = planned(path, day)
        if value is not None:
            points.append(Point(_("Path to the target"), day.isoformat(), float(round(value, 2))))
    return lines(
        AsWritten(indicator.name),
        _("Values by the end of their period, and the even path from the baseline to the target."),
        points,
        columns=(_("Line"), _("Day"), AsWritten(indicator.unit) if indicator.unit else _("Value")),
        guide=_("Path to the target"),
    )
