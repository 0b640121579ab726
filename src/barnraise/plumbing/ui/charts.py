"""Charts: one Vega-Lite specification drawn by the server and again in the browser, always with its table twin.

Colours are written as CSS properties (`var(--chart-1)`), so one picture serves light and dark. Data stand in the
specification; nothing is fetched, and specifications are written by the house, never by users.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, attributes, el
from barnraise.foundation.text import AsWritten

from .components import icon, table
from .values import data, nothing, number

WIDTH = 640
KEPT_FOR = 7 * 24 * 3600
COLOURS = tuple(f"var(--chart-{n})" for n in range(1, 7))
"""Told apart by people with any colour vision; in this order."""

ON_PAPER: Mapping[str, str] = {
    "--chart-1": "#1b6e52",
    "--chart-2": "#9c5a00",
    "--chart-3": "#2f6db3",
    "--chart-4": "#b0486f",
    "--chart-5": "#6b5fa8",
    "--chart-6": "#626966",
    "--chart-soft": "#bcd3c6",
    "--chart-grid": "#e5dece",
    "--chart-ink": "#5c574a",
    "--ink": "#23211b",
}
"""The light values of the tokens, for pictures that leave the page (PDF, mail)."""

_FONT = "Inter, sans-serif"
CONFIG: Mapping[str, Any] = {
    "background": None,
    "font": _FONT,
    "view": {"stroke": None},
    "range": {"category": list(COLOURS)},
    "axis": {
        "domain": False, "ticks": False, "gridColor": "var(--chart-grid)", "labelColor": "var(--chart-ink)",
        "titleColor": "var(--chart-ink)", "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 500, "labelPadding": 8,
        "labelLimit": 220,
    },
    "text": {"color": "var(--ink)", "fontSize": 12, "font": _FONT},
    "bar": {"color": COLOURS[0], "cornerRadiusEnd": 3},
    "line": {"strokeWidth": 2.5, "strokeCap": "round"},
    "rule": {"color": "var(--chart-ink)"},
    "legend": {"labelColor": "var(--chart-ink)", "titleColor": "var(--chart-ink)"},
}  # fmt: skip
_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_IDS = re.compile(r'(\bid="|url\(#)')


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to stand in a page: `{{ chart }}`.

    `spec` is Vega-Lite with inline data only (ValueError otherwise). `columns` and `rows` are the table twin: the same
    numbers; None in a row is "not known". `numeric` are the twin's columns of figures.
    """

    title: str
    description: str
    spec: Mapping[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    numeric: Sequence[int] = field(default=(1,))

    def __post_init__(self) -> None:
        _refuse_addresses(self.spec)

    @property
    def full_spec(self) -> dict[str, Any]:
        """The specification with the house's configuration, JSON-ready."""
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "width": WIDTH,
            **self.spec,
            "config": CONFIG,
        }

    def svg(self) -> Safe:
        """The picture as inline SVG that follows the page's light or dark."""
        source = json.dumps(self.full_spec, sort_keys=True)
        key = hashlib.sha256(source.encode()).hexdigest()[:24]
        drawn = str(caches["memory"].get_or_set(f"chart:{key}", lambda: _draw(source), KEPT_FOR))
        unique = _IDS.sub(rf"\g<1>c{key[:8]}-", drawn)
        spoken = attributes({"role": "img", "aria_label": self.label})
        return Safe(unique.replace("<svg", f"<svg{spoken}", 1))

    def svg_on_paper(self) -> str:
        """The picture with plain light colours, for documents."""
        return _plain(_draw(json.dumps(self.full_spec, sort_keys=True)))

    @property
    def label(self) -> str:
        """What a screen reader says of the picture."""
        return f"{self.title}. {self.description}".strip()

    def twin(self) -> Safe:
        """The same numbers as a table."""
        rows = [[_cell(value) for value in row] for row in self.rows]
        return table(self.columns, rows, caption=self.title, numeric=self.numeric)

    def __str__(self) -> str:
        return Safe(self.__html__())

    def __html__(self) -> str:
        written = "no" if isinstance(self.title, AsWritten) else None
        words = el(
            "figcaption",
            el("p", self.title, class_="chart-title", translate=written),
            el("p", self.description, class_="chart-text"),
        )
        picture = el(
            "div",
            self.svg(),
            class_="chart-picture",
            tabindex="0",
            role="group",
            aria_label=self.title,
            translate=written,
        )
        spec = Safe(
            json.dumps(self.full_spec).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
        )
        block = el("script", spec, type="application/json")
        twin = el(
            "details",
            el("summary", icon("table"), _("The numbers as a table")),
            self.twin(),
            class_="chart-twin",
        )
        return el(
            "figure", words, picture, block, twin, class_="chart", data_chart=True, data_label=self.label
        )


def bars(
    title: str,
    description: str,
    rows: Iterable[tuple[str, float | None]],
    *,
    columns: tuple[str, str],
    unit: str = "",
) -> Chart:
    """Horizontal bars from zero, in the order given, each with its number behind it. `columns` head the twin."""
    kept = list(rows)
    axis = {"field": "label", "type": "nominal", "sort": None, "axis": {"title": None}}
    shown = {"field": "value", "type": "quantitative", "scale": {"zero": True}, "axis": None}
    spec = {
        "data": {"values": [{"label": label, "value": value} for label, value in kept if value is not None]},
        "height": {"step": 30},
        "encoding": {"y": axis, "x": shown},
        "layer": [
            {
                "mark": {"type": "bar", "height": 18},
                "encoding": {
                    "tooltip": [
                        {"field": "label", "type": "nominal", "title": columns[0]},
                        {"field": "value", "type": "quantitative", "title": columns[1], "format": ",~r"},
                    ]
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": 600},
                "encoding": {"text": {"field": "value", "type": "quantitative", "format": ",~r"}},
            },
        ],
    }
    heads = (columns[0], f"{columns[1]} ({unit})" if unit else columns[1])
    return Chart(title, description, spec, heads, kept)


def _cell(value: Any) -> Any:
    if value is None:
        return nothing()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    return value if isinstance(value, Safe) else data(value)


def _draw(source: str) -> str:
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(source)
    return _ROLES.sub("", drawn)


def _plain(svg: str) -> str:
    return re.sub(r"var\((--[\w-]+)\)", lambda found: ON_PAPER[found[1]], svg)


def _refuse_addresses(part: Any) -> None:
    """Specifications fetch nothing: a `url` anywhere is a mistake."""
    if isinstance(part, Mapping):
        if "url" in part:
            raise ValueError("A chart takes its data inline; its specification names an address.")
        for inner in part.values():
            _refuse_addresses(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            _refuse_addresses(inner)
