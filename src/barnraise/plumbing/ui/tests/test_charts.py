"""A chart's picture, its specification and its table hold the same numbers; it fetches nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from barnraise.plumbing.ui import charts
from barnraise.plumbing.ui.charts import Chart, bars
from barnraise.plumbing.ui.line_charts import Point, lines

KINDS = [("Nonprofit", 24), ("School", 14), ("Grassroots <b>", None)]


def _bars():
    return bars("Partners", "By kind.", KINDS, columns=("Kind", "Organisations"))


def test_picture_twin_and_specification_have_the_same_numbers():
    chart = _bars()
    assert re.findall(r">(\d+)</text>", chart.svg()) == ["24", "14"]
    assert re.findall(r'<span class="number">(\d+)</span>', chart.twin()) == ["24", "14"]
    page = str(chart)
    block = json.loads(re.search(r'<script type="application/json">(.*?)</script>', page)[1])
    assert [row["value"] for row in block["data"]["values"]] == [24, 14]
    assert block == json.loads(json.dumps(chart.full_spec))


def test_what_is_not_known_stands_in_the_table_and_is_not_drawn_as_zero():
    assert "not known" in _bars().twin()
    assert ">0</text>" not in _bars().svg()


def test_labels_are_escaped_in_picture_table_and_specification():
    page = str(_bars())
    assert "<b>" not in page


def test_a_line_chart_lists_every_observation_with_its_range():
    chart = lines(
        "Breakfasts", "Per week.", [Point("Oak", "2026-01-01", 40, 35, 45), Point("Oak", "2026-02-01", 52, 50, 60)],
        columns=("Community", "Month", "Breakfasts"),
    )  # fmt: skip
    assert re.findall(r'<span class="number">(\d+)</span>', chart.twin()) == [
        "40",
        "35",
        "45",
        "52",
        "50",
        "60",
    ]
    assert ">Oak</text>" in chart.svg()


def test_two_charts_on_a_page_share_no_id():
    first, second = _bars().svg(), bars("Other", "", [("A", 1)], columns=("Kind", "n")).svg()
    assert not set(re.findall(r'id="([^"]+)"', first)) & set(re.findall(r'id="([^"]+)"', second))


def test_pictures_obey_the_page_policy_and_follow_its_theme():
    svg = _bars().svg()
    assert " style=" not in svg
    assert "<style" not in svg
    assert 'fill="var(--chart-1)"' in svg
    assert "var(" not in _bars().svg_on_paper()


def test_a_specification_with_an_address_is_refused():
    with pytest.raises(ValueError, match="inline"):
        Chart("T", "", {"data": {"url": "https://example.org/x.csv"}, "mark": "bar"}, ["a"], [])
    with pytest.raises(ValueError, match="inline"):
        Chart("T", "", {"layer": [{"mark": "image", "encoding": {"url": {"value": "x"}}}]}, ["a"], [])


def test_paper_has_the_light_colours_of_the_tokens():
    tokens = (Path(charts.__file__).parent / "static/ui/tokens.css").read_text()
    light = tokens.split('[data-bs-theme="dark"]')[0]
    for name, value in charts.ON_PAPER.items():
        assert f"{name}: {value};" in light


def _ticks(values, guide=()):
    points = [Point("Value", f"2026-0{at}-01", value) for at, value in enumerate(values, 1)]
    points += [Point("Path", f"2026-0{at}-01", value) for at, value in enumerate(guide, 1)]
    drawn = lines("Hives", "", points, columns=("Line", "Day", "Hives"), guide="Path" if guide else "").svg()
    return re.findall(r">(\d+(?:\.\d+)?)</text>", drawn), drawn


def test_whole_numbers_have_no_ticks_between_them():
    assert _ticks([1, 2])[0] == ["0", "1", "2"]
    assert _ticks([1, 2], [0.5, 2.25])[0] == ["0", "1", "2"], "a path between them asks for none"
    assert "0.5" in _ticks([1, 1.5])[0]


def test_the_guide_is_dashed_and_the_label_keeps_away_from_it():
    def heights(drawn):
        return {
            name: float(y)
            for y, name in re.findall(r'translate\([\d.]+,([-\d.]+)\)"[^>]*>(Value|Path)</text>', drawn)
        }

    above, below = _ticks([1, 3], [1, 2])[1], _ticks([1, 1], [1, 2])[1]
    assert "stroke-dasharray" in above
    assert re.search(r'fill="var\(--chart-1\)"[^>]*>Value</text>', above), (
        "what was observed has the first colour"
    )
    assert heights(above)["Value"] < heights(above)["Path"]
    assert heights(below)["Value"] > heights(below)["Path"] + 14
