"""Charts of figures: one measure across communities, one community across the years; each with its table twin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from barnraise.plumbing.ui.charts import COLOURS, Chart
from barnraise.plumbing.ui.spans import period_words

from .comparing import Benchmark
from .figure_words import SHORT, interval, with_unit
from .models import Figure, Measure

Reach = tuple[float, float]
_TIPS = (("label", "nominal"), ("said", "nominal"))


def direction_words(measure: Measure) -> str:
    """Which way is better, in a sentence's end."""
    return str(measure.get_direction_display())


def described(measure: Measure, source: str) -> str:
    """Unit, direction and source of what a chart shows."""
    parts = [measure.unit, direction_words(measure), _("Source: %(sources)s") % {"sources": source}]
    return " · ".join(part for part in parts if part)


def comparison(
    measure: Measure, figures: Sequence[Figure], benchmarks: Sequence[Benchmark], *, source: str
) -> Chart | None:
    """Bars from zero in the order given, with a line for each benchmark; None when no value is known.

    What is not known is named in its place and is no bar. Whiskers are confidence intervals.
    """
    told = [_bar(one) for one in figures]
    if not any(one["value"] is not None for one in told):
        return None
    axis = {"field": "label", "type": "nominal", "sort": None, "axis": {"title": None}}
    reach = _reach(told, benchmarks)
    known = [{"filter": "isValid(datum.value)"}]
    layer: list[dict[str, Any]] = [
        {
            "transform": known,
            "mark": {"type": "bar", "height": 16},
            "encoding": {"y": axis, "x": _length("value", reach), "tooltip": _tooltips()},
        },
        {
            "transform": [{"filter": "isValid(datum.low)"}],
            "mark": {"type": "rule", "strokeWidth": 1.5},
            "encoding": {"y": axis, "x": _length("low", reach), "x2": {"field": "high"}},
        },
        {
            "transform": known,
            "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": 600},
            "encoding": {"y": axis, "x": _length("edge", reach), "text": {"field": "said"}},
        },
        {
            "transform": [{"filter": "!isValid(datum.value)"}],
            "mark": {"type": "text", "align": "left", "dx": 6, "fontStyle": "italic"},
            "encoding": {"y": axis, "x": _length("edge", reach), "text": {"field": "said"}},
        },
        *_lines(benchmarks, measure.unit, reach),
    ]
    spec = {"data": {"values": told}, "height": {"step": 30}, "layer": layer}
    heads = [_("Community"), _head(measure), _("Low"), _("High"), _("If not known, why")]
    rows: list[list[Any]] = [
        [one["label"], one["value"], one["low"], one["high"], one["why"]] for one in told
    ]
    rows += [[str(one.name), float(one.value), None, None, _("Benchmark")] for one in benchmarks]
    return Chart(
        measure.name,
        f"{period_words(figures[0].period)} · {described(measure, source)}",
        spec,
        heads,
        rows,
        numeric=(1, 2, 3),
    )


def course(
    measure: Measure, figures: Sequence[Figure], benchmarks: Sequence[tuple[str, Sequence[tuple[str, float]]]]
) -> Chart | None:
    """The years of one measure for one community as a line with its interval; benchmarks are thin lines of their own.

    None for fewer than two known values. Periods without a known value leave a gap, named in the twin.
    """
    if sum(one.value is not None for one in figures) < 2:
        return None
    points = [{**_bar(one), "label": period_words(one.period), "value": _float(one.value)} for one in figures]
    order = list(dict.fromkeys(one["label"] for one in points))
    at = {"field": "label", "type": "ordinal", "sort": order, "axis": {"title": None, "labelAngle": 0}}
    value = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False},
        "axis": {"title": None, "tickCount": 5},
    }
    others = [
        {"label": label, "name": name, "value": number}
        for name, told in benchmarks
        for label, number in told
        if label in order
    ]
    layer: list[dict[str, Any]] = [
        {
            "transform": [{"filter": "isValid(datum.low)"}],
            "mark": {"type": "area", "opacity": 0.16, "color": COLOURS[0]},
            "encoding": {"x": at, "y": {**value, "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "mark": {"type": "line", "invalid": "break-paths-filter-domains", "color": COLOURS[0]},
            "encoding": {"x": at, "y": value},
        },
        {
            "transform": [{"filter": "isValid(datum.value)"}],
            "mark": {"type": "point", "filled": True, "size": 44, "color": COLOURS[0]},
            "encoding": {"x": at, "y": value, "tooltip": _tooltips()},
        },
    ]
    if others:
        layer += _other_lines(others, at, value, points)
    spec = {"data": {"values": points}, "height": 220, "layer": layer}
    heads = [_("Period"), _head(measure), _("Low"), _("High"), _("If not known, why")]
    rows = [[one["label"], one["value"], one["low"], one["high"], one["why"]] for one in points]
    sources = "; ".join(dict.fromkeys(one.source for one in figures))
    return Chart(measure.name, described(measure, sources), spec, heads, rows, numeric=(1, 2, 3))


def _other_lines(
    others: Sequence[dict[str, Any]], at: Any, value: Any, points: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    colour = {"field": "name", "type": "nominal", "legend": None, "scale": {"range": list(COLOURS[1:])}}
    lasts = {one["name"]: one for one in others}
    return [
        {
            "data": {"values": list(others)},
            "mark": {"type": "line", "strokeDash": [4, 3], "strokeWidth": 1.5},
            "encoding": {"x": at, "y": value, "color": colour},
        },
        {
            "data": {"values": _apart(list(lasts.values()), [*others, *points])},
            "mark": {"type": "text", "align": "right", "baseline": "bottom", "dy": -2},
            "encoding": {"x": at, "y": {**value, "field": "label_at"}, "text": {"field": "name"}},
        },
    ]


def _apart(ends: list[dict[str, Any]], drawn: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ends of lines with heights for their names, moved up until none covers another."""
    heights = [one[name] for one in drawn for name in ("value", "low", "high") if one.get(name) is not None]
    step = (max(heights) - min(heights) or 1.0) / 13
    placed: list[dict[str, Any]] = []
    for one in sorted(ends, key=lambda end: end["value"]):
        at = one["value"]
        if placed and at - placed[-1]["label_at"] < step:
            at = placed[-1]["label_at"] + step
        placed.append({**one, "label_at": at})
    return placed


def _lines(benchmarks: Sequence[Benchmark], unit: str, reach: Reach) -> list[dict[str, Any]]:
    """A line down the chart for each benchmark, its name above it."""
    if not benchmarks:
        return []
    data: dict[str, list[dict[str, Any]]] = {
        "values": [
            {"name": f"{one.name} {with_unit(one.value, unit)}", "value": float(one.value), "at": at}
            for at, one in enumerate(benchmarks)
        ]
    }
    across = _length("value", reach)
    return [
        {
            "data": data,
            "mark": {"type": "rule", "strokeDash": [5, 3], "strokeWidth": 1.5, "color": COLOURS[1]},
            "encoding": {"x": across},
        },
        *(
            {
                "data": {"values": [one]},
                "mark": {**_beside(one["value"], reach), "baseline": "bottom", "dy": -4 - 14 * at},
                "encoding": {"x": across, "y": {"value": 0}, "text": {"field": "name"}},
            }
            for at, one in enumerate(data["values"])
        ),
    ]


def _beside(value: float, reach: Reach) -> dict[str, Any]:
    """A text that stands on the side of a line where there is more room."""
    is_far = value > (reach[0] + reach[1]) / 2
    return {"type": "text", "align": "right" if is_far else "left", "dx": -3 if is_far else 3}


def _bar(figure: Figure) -> dict[str, Any]:
    label = figure.community.name if figure.community is not None else ""
    value = _float(figure.value)
    low, high = _float(figure.low), _float(figure.high)
    why = str(SHORT.get(figure.reason, "")) if figure.value is None else ""  # type: ignore[call-overload]
    span = interval(figure)
    said = why and _("not known: %(reason)s") % {"reason": why}
    if figure.value is not None:
        said = with_unit(figure.value, figure.measure.unit)
    return {
        "label": label,
        "value": value,
        "low": low if span else None,
        "high": high if span else None,
        "edge": max(part for part in (value, high, 0.0) if part is not None),
        "said": said,
        "why": why,
    }


def _length(field: str, reach: Reach) -> dict[str, Any]:
    scale = {"zero": True, "nice": False, "domain": list(reach)}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def _reach(told: Sequence[dict[str, Any]], benchmarks: Sequence[Benchmark]) -> Reach:
    """From zero (or below) to the longest bar, with room for the number behind it."""
    values = [part for one in told for part in (one["value"], one["low"], one["high"]) if part is not None]
    values += [float(one.value) for one in benchmarks]
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low or 1.0) * 0.2
    return low, high + room


def _tooltips() -> list[dict[str, str]]:
    titles = {"label": _("Of"), "said": _("Value")}
    return [{"field": name, "type": kind, "title": titles[name]} for name, kind in _TIPS]


def _head(measure: Measure) -> str:
    return _("Value (%(unit)s)") % {"unit": measure.unit} if measure.unit else _("Value")


def _float(value: Any) -> float | None:
    return None if value is None else float(value)
