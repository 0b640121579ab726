"""Lines over time: what was observed, and the path it was to take."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from babel import dates
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from .charts import Chart

TICKS = 5


@dataclass(frozen=True, slots=True)
class Point:
    """One observation: `at` an ISO date or a number, `low` and `high` its uncertainty where it is known."""

    series: str
    at: str | float
    value: float | None
    low: float | None = None
    high: float | None = None


def lines(
    title: str,
    description: str,
    points: Iterable[Point],
    *,
    columns: tuple[str, str, str],
    is_time: bool = True,
    guide: str = "",
) -> Chart:
    """Lines over time, each labelled at its end; a band shows uncertainty. `columns` head the twin: series, at, value.

    `guide` names the series that nobody observed, a path to a target: it is dashed, and labels keep away from it. What was observed in
    whole numbers has no ticks between them.
    """
    kept = list(points)
    values = [
        {"series": p.series, "at": p.at, "value": p.value, "low": p.low, "high": p.high}
        for p in kept
        if p.value is not None
    ]
    at = {
        "field": "at",
        "type": "temporal" if is_time else "quantitative",
        "axis": {"title": None, "grid": False, "tickCount": 6}
        | ({"labelExpr": _months()} if is_time else {}),
    }
    colour = {"field": "series", "type": "nominal", "legend": None, "sort": None}
    value = {"field": "value", "type": "quantitative", "axis": {"title": None, **_ticks(kept, guide)}}
    tips = [
        {"field": name, "type": kind, "title": head}
        for name, kind, head in zip(
            ("series", "at", "value"), ("nominal", at["type"], "quantitative"), columns, strict=True
        )
    ]
    spec = {
        "data": {"values": values},
        "height": 260,
        "encoding": {"x": at, "color": colour},
        "layer": [
            {
                "transform": [{"filter": "isValid(datum.low)"}],
                "mark": {"type": "area", "opacity": 0.16},
                "encoding": {"y": {"field": "low", "type": "quantitative", "axis": value["axis"]}, "y2": {"field": "high"}},
            },
            *_drawn(guide, value, tips),
            *_named(guide, value, _away(kept, guide)),
        ],
    }  # fmt: skip
    has_band = any(p.low is not None for p in kept)
    heads = [*columns, _("Low"), _("High")] if has_band else list(columns)
    rows = [(p.series, p.at, p.value, p.low, p.high)[: len(heads)] for p in kept]
    return Chart(title, description, spec, heads, rows, numeric=tuple(range(2, len(heads))))


def _ticks(points: Sequence[Point], guide: str) -> dict[str, Any]:
    """About five ticks; of what is observed in whole numbers none between two of them."""
    shown = [one for p in points for one in (p.value, p.low, p.high) if one is not None]
    is_whole = all(float(p.value).is_integer() for p in points if p.series != guide and p.value is not None)
    low, high = floor(min((0, *shown))), ceil(max((0, *shown)))
    if is_whole and high - low <= TICKS:
        return {"values": list(range(low, high + 1)), "format": "d"}
    return {"tickCount": TICKS}


def _only(guide: str, *, is_guide: bool) -> list[dict[str, Any]]:
    """The filter of a layer that shows the guide, or all but it; none where there is no guide."""
    within = {"field": "series", "equal": guide}
    return [{"filter": within if is_guide else {"not": within}}] if guide else []


def _drawn(guide: str, value: Mapping[str, Any], tips: Sequence[Any]) -> list[dict[str, Any]]:
    """The layers of what was observed and, dashed and without points, of the guide."""
    encoding = {"y": value, "tooltip": tips}
    observed = {"type": "line", "point": {"size": 36, "filled": True}}
    layers = [{"transform": _only(guide, is_guide=False), "mark": observed, "encoding": encoding}]
    if guide:
        dashed = {"type": "line", "strokeDash": [6, 4], "strokeWidth": 2}
        layers.append({"transform": _only(guide, is_guide=True), "mark": dashed, "encoding": encoding})
    return layers


def _named(guide: str, value: Mapping[str, Any], away: int) -> list[dict[str, Any]]:
    """The layers that write the name of each series at its end."""
    last: list[dict[str, Any]] = [
        {
            "window": [{"op": "rank", "as": "rank"}],
            "sort": [{"field": "at", "order": "descending"}],
            "groupby": ["series"],
        },
        {"filter": "datum.rank == 1"},
    ]
    return [
        {
            "transform": [*last, *_only(guide, is_guide=is_guide)],
            "mark": {"type": "text", "align": "left", "dx": 8, "dy": below, "fontWeight": 600},
            "encoding": {"y": value, "text": {"field": "series"}},
        }
        for is_guide, below in (((True, 0), (False, away)) if guide else ((False, 0),))
    ]


def _away(points: Sequence[Point], guide: str) -> int:
    """How far below its point a label stands, so that the guide does not run through it."""
    seen = [p for p in points if p.series != guide and p.value is not None]
    last = max(seen, key=lambda p: p.at, default=None)
    there = {p.at: p.value for p in points if p.series == guide}
    planned = there.get(last.at) if last is not None else None
    is_below = last is not None and last.value is not None and planned is not None and last.value < planned
    return 14 if is_below else -14


def _months() -> str:
    """The expression that names month and year in the reader's language: the drawing itself knows English alone."""
    names = dates.get_month_names("abbreviated", locale=to_locale(get_language() or "en"))
    listed = ",".join(json.dumps(names[at]) for at in range(1, 13))
    return f"[{listed}][month(datum.value)] + ' ' + year(datum.value)"
