"""What is known of a community in figures: each measure's newest value, what it is compared with, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from barnraise.plumbing.ui.spans import period_words

from . import selectors
from .comparing import Benchmark, Known, Standing, Trend, standing, trend
from .models import Community, Figure, Measure

MOST_LINES = 60
"""Measures on a community's page; the list has all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of one source. `figure` is the newest, `history` all of them, oldest first."""

    measure: Measure
    figure: Figure
    history: Sequence[Figure]
    standings: Sequence[tuple[Benchmark, Standing]]
    trend: Trend | None


@dataclass(slots=True)
class Group:
    """The lines of one category; "" for measures without."""

    category: str
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Portrait:
    """All groups, and how many measures there are beyond those shown."""

    groups: list[Group]
    many: int
    left_out: int


def portrait(community: Community) -> Portrait:
    """The figures of a community as its page shows them. A fixed number of queries."""
    figures = selectors.figures_of(community)
    series = [list(run) for _key, run in groupby(figures, key=lambda one: (one.measure_id, one.source))]
    shown = series[:MOST_LINES]
    told = selectors.benchmarks([run[-1] for run in shown], community)
    lines = [_line(run, told.get(run[-1].pk, ())) for run in shown]
    groups = [
        Group(category, list(run)) for category, run in groupby(lines, key=lambda one: one.measure.category)
    ]
    return Portrait(groups, len(series), len(series) - len(shown))


def known(history: Sequence[Figure]) -> list[Known]:
    """The points of a history whose values are known."""
    return [
        Known(period_words(one.period), one.value, one.low, one.high)
        for one in history
        if one.value is not None
    ]


def standings(figure: Figure, benchmarks: Sequence[Benchmark]) -> list[tuple[Benchmark, Standing]]:
    """Each benchmark with how the figure stands beside it; none when its value is not known."""
    if figure.value is None:
        return []
    return [
        (
            one,
            standing(
                figure.value,
                one.value,
                direction=figure.measure.direction,
                low=figure.low,
                high=figure.high,
            ),
        )
        for one in benchmarks
    ]


def _line(history: Sequence[Figure], benchmarks: Sequence[Benchmark]) -> Line:
    newest = history[-1]
    return Line(
        measure=newest.measure,
        figure=newest,
        history=history,
        standings=standings(newest, benchmarks),
        trend=trend(known(history), direction=newest.measure.direction),
    )
