"""Figures as people read them: periods, amounts with their unit, how a value stands beside another."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import get_language, gettext, gettext_lazy, to_locale

from barnraise.foundation.html import Safe, el, join
from barnraise.plumbing.ui.components import badge, data, icon

from .comparing import Benchmark, Standing, Trend
from .models import Figure, Measure

SHORT = {
    Figure.Reason.SUPPRESSED: gettext_lazy("withheld"),
    Figure.Reason.NOT_COLLECTED: gettext_lazy("not collected"),
    Figure.Reason.NOT_APPLICABLE: gettext_lazy("does not apply"),
    Figure.Reason.NOT_GIVEN: gettext_lazy("left blank"),
}
"""Why a value is not known, in the space of a cell."""

DIRECTION_ICONS = {
    Measure.Direction.HIGHER: "arrow-up",
    Measure.Direction.LOWER: "arrow-down",
    Measure.Direction.NEUTRAL: "arrows-sort",
}
_TONES: dict[Standing, tuple[Any, str]] = {
    "better": ("good", "circle-check"),
    "worse": ("warning", "alert-triangle"),
    "higher": ("neutral", "arrow-up"),
    "lower": ("neutral", "arrow-down"),
    "equal": ("neutral", "equal"),
    "unclear": ("neutral", "arrows-sort"),
}


def digits(value: Decimal) -> str:
    """The number with the reader's separators, in as many places as are worth reading: 8,352; 22.4; 0.0123."""
    size = abs(value)
    if size >= 1000 or not size:
        places = 0 if size >= 10_000 or value == value.to_integral_value() else 1
    elif size >= 1:
        places = 2 if size < 10 else 1
    else:
        places = 2 - size.adjusted()
    pattern = "#,##0." + "#" * places if places else "#,##0"
    return str(format_decimal(value, format=pattern, locale=to_locale(get_language() or "en")))


def with_unit(value: Decimal, unit: str) -> str:
    """The number and its unit as plain text: "22.4 %"."""
    return f"{digits(value)}\u00a0{unit}" if unit else digits(value)


def amount(value: Decimal, unit: str) -> Safe:
    """The number and its unit."""
    shown: list[Any] = [el("span", digits(value))]
    if unit:
        shown += ["\u00a0", el("span", unit, class_="unit", translate="no")]
    return el("span", join(shown), class_="number")


def value_shown(figure: Figure) -> Safe:
    """Its value with the unit, or why it is not known; never a zero for what is not known."""
    if figure.value is None:
        words = gettext("not known: %(reason)s") % {"reason": SHORT.get(figure.reason, figure.reason)}  # type: ignore[call-overload]
        return el("span", words, class_="figure-unknown")
    shown = amount(figure.value, figure.measure.unit)
    if not figure.is_unreliable:
        return shown
    return join([shown, " ", badge(gettext("unreliable"), tone="warning")])


def interval(figure: Figure) -> str:
    """The confidence interval as "20.1–24.7", "" where it is not known."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{digits(figure.low)}–{digits(figure.high)}"


def standing_words(found: Standing, name: Any) -> Safe:
    """ "better than Ohio", the name marked as data."""
    sentence = {
        "better": gettext("better than %(name)s"),
        "worse": gettext("worse than %(name)s"),
        "higher": gettext("higher than %(name)s"),
        "lower": gettext("lower than %(name)s"),
        "equal": gettext("the same as %(name)s"),
        "unclear": gettext("not clearly different from %(name)s"),
    }[found]
    before, _mark, after = sentence.partition("%(name)s")
    return join([before, data(name), after])


def standing_shown(found: Standing, benchmark: Benchmark, unit: str) -> Safe:
    """In word, icon and colour how a value stands beside a benchmark, and the benchmark's value."""
    tone, drawn = _TONES[found]
    said = el("span", standing_words(found, benchmark.name), ": ", amount(benchmark.value, unit))
    return el("span", icon(drawn), said, class_=f"standing standing-{tone}")


def trend_words(trend: Trend, unit: str) -> str:
    """ "1.2 points more than in 2019: worse"; shares change by points, others by their unit."""
    change = (
        gettext("%(points)s points") % {"points": digits(abs(trend.change))}
        if unit == "%"
        else with_unit(abs(trend.change), unit)
    )
    said = {"change": change, "since": trend.since}
    if trend.standing == "equal":
        return gettext("the same as in %(since)s") % said
    moved = (
        gettext("%(change)s more than in %(since)s")
        if trend.change > 0
        else gettext("%(change)s less than in %(since)s")
    ) % said
    meaning = {
        "better": gettext("better"),
        "worse": gettext("worse"),
        "unclear": gettext("perhaps by chance"),
    }.get(trend.standing, "")
    return f"{moved}: {meaning}" if meaning else moved


def trend_shown(trend: Trend, unit: str) -> Safe:
    """The trend with its arrow; what it means stands in words."""
    arrow = "equal" if not trend.change else ("trending-up" if trend.change > 0 else "trending-down")
    tone = {"better": "good", "worse": "warning"}.get(trend.standing, "neutral")
    return el("span", icon(arrow), el("span", trend_words(trend, unit)), class_=f"trend trend-{tone}")


def about(figure: Figure) -> Safe:
    """Whom it is about: the community, or the wider area that others are compared with."""
    from .areas import name_of

    return data(figure.community.name if figure.community is not None else name_of(figure.area))
