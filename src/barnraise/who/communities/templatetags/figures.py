"""`{% load figures %}`: values, periods, standings and trends of figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template

from barnraise.foundation.html import Safe, el
from barnraise.plumbing.ui.icons import icon
from barnraise.plumbing.ui.spans import period_words

from .. import figure_words
from ..comparing import Benchmark, Standing, Trend
from ..models import Figure, Measure
from ..sparks import spark as drawn_spark

register = template.Library()


@register.simple_tag
def value(figure: Figure) -> Safe:
    """`{% value figure %}`: the value with its unit, or why it is not known."""
    return figure_words.value_shown(figure)


@register.simple_tag
def period(figure: Figure) -> str:
    """`{% period figure %}`: "2020–2022"."""
    return period_words(figure.period)


@register.simple_tag
def interval(figure: Figure) -> str:
    """`{% interval figure %}`: "20.1–24.7", nothing where it is not known."""
    return figure_words.interval(figure)


@register.simple_tag
def digits(number: Decimal) -> str:
    """`{% digits figure.numerator %}`: a number with the reader's separators."""
    return figure_words.digits(number)


@register.simple_tag
def standing(found: Standing, benchmark: Benchmark, unit: str) -> Safe:
    """`{% standing found benchmark unit %}`: better or worse than what, in words, icon and colour."""
    return figure_words.standing_shown(found, benchmark, unit)


@register.simple_tag
def trend(found: Trend, unit: str) -> Safe:
    """`{% trend line.trend unit %}`."""
    return figure_words.trend_shown(found, unit)


@register.simple_tag
def direction(measure: Measure) -> Safe:
    """`{% direction measure %}`: which way is better, with an arrow."""
    drawn = figure_words.DIRECTION_ICONS.get(measure.direction, "arrows-sort")  # type: ignore[call-overload]
    return el("span", icon(drawn), el("span", measure.get_direction_display()), class_="direction")


@register.simple_tag
def spark(history: Sequence[Figure]) -> Any:
    """`{% spark line.history %}`: the known values as a small line."""
    return drawn_spark([one.value for one in history if one.value is not None])
