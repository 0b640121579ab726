"""Headcounts as a chart."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from barnraise.plumbing.ui.charts import Chart, bars

from .models import Headcount


def headcount_chart(headcounts: Sequence[Headcount]) -> Chart | None:
    """The newest year that has more than one count as bars; None when no year has."""
    by_year: dict[int, list[Headcount]] = {}
    for one in headcounts:
        by_year.setdefault(one.year, []).append(one)
    years = [year for year, found in by_year.items() if len(found) > 1]
    if not years:
        return None
    shown = sorted(by_year[max(years)], key=lambda one: (one.group != "", -one.count))
    sources = sorted({one.source for one in shown})
    return bars(
        _("People in %(year)d") % {"year": max(years)},
        _("Source: %(sources)s") % {"sources": "; ".join(sources)},
        [(one.group or _("Everyone"), one.count) for one in shown],
        columns=(_("Group"), _("People")),
        unit=_("people"),
    )
