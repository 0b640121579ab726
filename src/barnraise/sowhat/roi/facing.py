"""How valuations look: states, why a ratio is hidden and what to mend, amounts and ratios."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from barnraise.foundation.html import Safe
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.components import badge, data, figure, number
from barnraise.plumbing.ui.sockets import kinds

from .models import Assumption, Valuation
from .returns import CASES, Case, impact
from .selectors import MOST_UNSOURCED, Line, Reckoning

CASE_WORDS: Mapping[Case, Any] = {
    "low": gettext_lazy("Low"),
    "base": gettext_lazy("Base"),
    "high": gettext_lazy("High"),
}
ABOUT: Mapping[str, Any] = {
    "quantity": gettext_lazy("How many people or things changed, in the period."),
    "proxy": gettext_lazy("What one is worth in money; negative where something became worse."),
    "deadweight": gettext_lazy("The share that would have happened anyway."),
    "displacement": gettext_lazy("The share that was only moved from somebody else."),
    "attribution": gettext_lazy("The share that is due to others."),
    "dropoff": gettext_lazy("How much less it is every year after the first."),
    "duration": gettext_lazy("For how many years it lasts."),
    "rate": gettext_lazy("By how much a year later value counts less."),
    "hour_value": gettext_lazy(
        "What an hour of a volunteer is worth. Without it hours are shown, and not counted as money."
    ),
}
"""What each assumption means."""


def state_badge(row: Valuation) -> Safe:
    """In use or ended."""
    if row.ended_on is not None:
        return badge(_("Ended"), tone="neutral", icon="archive")
    return badge(_("In use"), tone="good", icon="check")


def state_word(row: Valuation) -> str:
    """The same as text."""
    return _("Ended") if row.ended_on is not None else _("In use")


def named(text: str) -> tuple[str, str]:
    """Title and address of what a typed reference names; empty where it is gone."""
    try:
        ref = Ref.parse(text)
    except ValueError:
        return "", ""
    described = kinds.find(ref.kind)
    title = described.titles([ref.id]).get(ref.id, "") if described else ""
    return (str(title), str(described.url(ref.id))) if described and title else ("", "")


def plain(value: Decimal) -> str:
    """A number as it was typed."""
    return format(value.normalize(), "f")


def shown(value: Decimal) -> str:
    """A number as it was typed, with the reader's separators."""
    return number_format(plain(value), use_l10n=True, force_grouping=True)


def range_of(one: Assumption) -> str:
    """Low to high in few signs."""
    ends = [plain(value) for value in (one.low, one.base, one.high)]
    return ends[0] if len(set(ends)) == 1 else " · ".join(ends)


def ratio_words(value: Decimal) -> str:
    """A ratio to one decimal: more would feign exactness."""
    return f"{value:.1f}"


def hidden_words(found: Reckoning) -> tuple[str, str, str]:
    """Why no ratio is shown, what to mend, and the names of what it is about."""
    why = found.why_hidden
    if why == "outcomes":
        return _("No outcome is valued yet."), _("Add what changed for people, and what one is worth."), ""
    if why == "rate":
        return _("No discount rate is assumed."), _("Say by how much a year later value counts less."), ""
    if why == "missing":
        return (
            _("Something is missing."),
            "",
            "; ".join(_missing(line) for line in found.lines if line.missing),
        )
    if why == "inputs":
        mend = _("Note what was spent on the project or the event, or check the period.")
        return _("Inputs are zero or negative, so a ratio is not defined."), mend, ""
    share = found.unsourced_share or Decimal(0)
    return (
        _("%(share)s of the value rests on assumptions without a source; at most %(most)s may.")
        % {"share": f"{share:.0%}", "most": f"{MOST_UNSOURCED:.0%}"},
        _("Write where these come from, or value less:"),
        "; ".join(name_of(one) for one in found.unsourced),
    )


def name_of(one: Assumption) -> str:
    """An assumption with its outcome."""
    kind = str(one.get_kind_display())
    return f"{one.outcome.name}: {kind}" if one.outcome is not None else kind


def _missing(line: Line) -> str:
    words = [str(Assumption.Kind(name).label) for name in line.missing]
    if line.outcome.indicator_id and "quantity" in line.missing:
        words[0] = _("its indicator has no value in this period")
    return f"{line.outcome.name}: {', '.join(words)}"


def many_of(line: Line) -> Any:
    """How many, leading to what says so."""
    if line.many is None:
        return number(None)
    address = reverse("roi:outcome", args=[line.outcome.uuid])
    if line.outcome.indicator_id:
        return figure(line.many, rows=f"{address}#observed", rule=line.rule, of=_("Value"))
    return data(plain(line.many))


def cases_of(found: Reckoning, currency: str) -> list[dict[str, Any]]:
    """The rows of the reckoning: title, code, and a cell for each case."""
    rows: list[tuple[str, Any, Any]] = [
        ("inputs", _("Inputs"), lambda case: found.inputs[case]),
    ]
    if found.values:
        rows += [
            ("first", _("Value of the first year"), lambda case: first_year(found, case)),
            ("value", _("Value of all years, discounted"), lambda case: found.values[case]),
        ]
    return [
        {"code": code, "title": title, "cells": [(CASE_WORDS[case], give(case)) for case in CASES]}
        for code, title, give in rows
    ]


def first_year(found: Reckoning, case: Case) -> Decimal:
    """What all outcomes are worth in their first year."""
    return sum((impact(line.terms[case]) for line in found.lines), Decimal(0))


def results_of(found: Reckoning) -> list[dict[str, Any]]:
    """Ratios by case; empty while they are hidden."""
    if found.why_hidden:
        return []
    rows: list[tuple[str, Any, Any]] = [
        ("gross", _("Gross ratio: value for each 1 put in"), lambda case: round(found.gross(case), 1)),
        ("net", _("Net ratio: gross less 1"), lambda case: round(found.net(case), 1)),
        ("surplus", _("Value less inputs"), found.surplus),
        ("months", _("Months until value covers inputs"), lambda case: _months(found, case)),
    ]
    return [
        {
            "code": code,
            "title": title,
            "cells": [(CASE_WORDS[case], give(case), f"sroi {code} {case}") for case in CASES],
        }
        for code, title, give in rows
    ]


def _months(found: Reckoning, case: Case) -> Decimal | None:
    months = found.months(case)
    return None if months is None else round(months, 1)


def unsourced_words(many: int) -> str:
    """How many assumptions have no source."""
    return ngettext(
        "%(n)d assumption without a source", "%(n)d assumptions without a source", many
    ) % {"n": many}  # fmt: skip
