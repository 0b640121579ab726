"""What the pages of a valuation show: plain values and cells for their templates."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import figure, money, number
from barnraise.plumbing.ui.figures import exact
from barnraise.plumbing.ui.sockets import kinds

from . import facing, selectors
from .models import KINDS_OF_OUTCOME, KINDS_OF_WHOLE, Assumption, Outcome, Valuation
from .returns import CASES, years
from .selectors import Line, Reckoning

PARTS = ("spent", "events", "given", "hours")


def minor(value: Decimal, currency: str) -> int:
    """Whole units of a currency as its minor ones, rounded."""
    return round(value.scaleb(get_currency_precision(currency)))


def amount(value: Decimal | None, currency: str) -> Any:
    """An amount in whole units as people read it."""
    return money(None if value is None else minor(value, currency), currency)


def _cents(value: Decimal, currency: str) -> Decimal:
    return round(value, get_currency_precision(currency))


def part_words() -> Mapping[str, str]:
    """The parts of the costs in words."""
    return {
        "spent": _("Spent on the project"),
        "events": _("Costs of events"),
        "given": _("Goods and services given"),
        "hours": _("Volunteer hours"),
    }


def _puts(valuation: Valuation, found: Reckoning) -> list[tuple[str, Any]]:
    rows, words = reverse("roi:costs", args=[valuation.uuid]), part_words()
    sums = {"spent": found.costs.spent, "events": found.costs.events, "given": found.costs.given}
    shown: list[tuple[str, Any]] = []
    for part, value in sums.items():
        if value:
            shown.append((words[part], _sum(value, valuation.currency, f"{rows}#{part}")))
    if found.costs.hours:
        hours = figure(found.costs.hours, rows=f"{rows}#hours", rule="sum", of=_("Hours"))
        shown.append((words["hours"], hours))
    if found.costs.full:
        shown.append(
            (_("Full costs, without hours"), _sum(found.costs.full, valuation.currency, f"{rows}#all"))
        )
    return shown


def _sum(value: int, currency: str, rows: str) -> Any:
    whole = Decimal(value).scaleb(-get_currency_precision(currency))
    return figure(whole, rows=rows, rule="sum", of=_("Amount"), text=money(value, currency))


def whole(valuation: Valuation) -> dict[str, Any]:
    """The page of a valuation."""
    found = selectors.reckon(valuation)
    currency = valuation.currency
    why, mend, names = facing.hidden_words(found) if found.why_hidden else ("", "", "")
    return {
        "values": facing.named(valuation.cites),
        "why": why,
        "mend": mend,
        "names": names,
        "puts": _puts(valuation, found),
        "foreign": found.costs.foreign,
        "has_hour_value": "hour_value" in found.whole,
        "has_hours": bool(found.costs.hours),
        "reckoned": [_reckoned(row, currency, found) for row in facing.cases_of(found, currency)],
        "results": [_result(row, currency) for row in facing.results_of(found)],
        "cases": [facing.CASE_WORDS[case] for case in CASES],
        "lines": [_outcome_row(line, found, currency) for line in found.lines],
        "register": [_register_row(name, found.whole.get(name)) for name in KINDS_OF_WHOLE],
        "unsourced": len(found.unsourced),
        "unsourced_words": facing.unsourced_words(len(found.unsourced)),
        "unsourced_url": f"{reverse('roi:assumptions')}?valuation={valuation.pk}&sourced=0",
        "sensitive": [
            (facing.name_of(one.assumption), facing.ratio_words(one.low), facing.ratio_words(one.high), _even(one.even, one.assumption.low))
            for one in selectors.sensitivity(valuation, found)
        ],
    }  # fmt: skip


def _even(value: Decimal | None, low: Decimal) -> str:
    """Where the ratio is one. What is never assumed to be less than nothing is not said to be so here either."""
    if value is None or (value < 0 <= low):
        return _("none within the allowed range")
    return facing.shown(round(value, 3))


def _reckoned(row: dict[str, Any], currency: str, found: Reckoning) -> dict[str, Any]:
    cells = []
    for word, value in row["cells"]:
        shown = amount(value, currency)
        if row["code"] == "value":
            shown = figure(
                _cents(value, currency), rows="#outcomes", rule="sum", of=word, text=amount(value, currency)
            )
        cells.append((word, shown, exact(value)))
    return {**row, "cells": cells}


def _result(row: dict[str, Any], currency: str) -> dict[str, Any]:
    cells = []
    for word, value, formula in row["cells"]:
        text = None
        if row["code"] == "surplus":
            text, value = amount(value, currency), _cents(value, currency)
        cells.append((word, figure(value, rows="#reckoned", rule="formula", of=formula, text=text)))
    return {**row, "cells": cells}


def _outcome_row(line: Line, found: Reckoning, currency: str) -> dict[str, Any]:
    address = line.outcome.get_absolute_url()
    cells = []
    for case in CASES:
        value = line.values.get(case)
        shown = (
            number(None)
            if value is None
            else figure(
                _cents(value, currency),
                rows=f"{address}#terms",
                rule="formula",
                of=f"sroi value {case}",
                text=amount(value, currency),
            )
        )
        cells.append((facing.CASE_WORDS[case], shown, exact(value) if value is not None else ""))
    each = found.cost_each(line)
    cost = (
        number(None)
        if each is None
        else figure(
            _cents(each, currency),
            rows=f"{address}#cost",
            rule="formula",
            of="cost for one",
            text=amount(each, currency),
        )
    )
    missing = [str(Assumption.Kind(name).label) for name in line.missing]
    return {
        "outcome": line.outcome,
        "many": facing.many_of(line),
        "cells": cells,
        "cost": cost,
        "missing": ", ".join(missing),
        "unsourced": len(line.unsourced),
    }


def _register_row(name: str, one: Assumption | None) -> dict[str, Any]:
    return {
        "code": name,
        "title": Assumption.Kind(name).label,
        "about": facing.ABOUT[name],
        "row": one,
        "range": facing.range_of(one) if one else "",
    }


def costs(valuation: Valuation) -> dict[str, Any]:
    """The page of the rows behind the costs."""
    words = part_words()
    parts: dict[str, list[Any]] = {part: [] for part in PARTS}
    found = list(selectors.cost_rows(valuation))
    keys: dict[str, list[int]] = {}
    for row in found:
        keys.setdefault(row.ref.kind, []).append(row.ref.id)
    known = {kind: described.addresses(of) for kind, of in keys.items() if (described := kinds.find(kind))}
    for row in found:
        address = known.get(row.ref.kind, {}).get(row.ref.id, "")
        whole_units = Decimal(row.amount).scaleb(-get_currency_precision(valuation.currency))
        parts[row.part].append((row, address, exact(whole_units)))
    return {
        "parts": [(part, words[part], rows) for part, rows in parts.items() if rows],
        "currency": valuation.currency,
        "most": selectors.MOST_ROWS,
        "is_cut": any(len(rows) >= selectors.MOST_ROWS for rows in parts.values()),
        "values": facing.named(valuation.cites),
    }


def outcome(row: Outcome) -> dict[str, Any]:
    """The page of an outcome."""
    found = selectors.reckon(row.valuation)
    line = next(one for one in found.lines if one.outcome.pk == row.pk)
    currency = row.valuation.currency
    names = [name for name in KINDS_OF_OUTCOME if not (name == "quantity" and row.indicator_id)]
    each, additional = found.cost_each(line), found.cost_each(line, is_additional=True)
    return {
        "valuation": row.valuation,
        "indicator": row.indicator,
        "observations": [
            (one, facing.plain(one.value) if one.value is not None else "") for one in line.observations
        ],
        "many": facing.many_of(line),
        "register": [_register_row(name, line.assumed.get(name)) for name in names],
        "cases": [facing.CASE_WORDS[case] for case in CASES],
        "terms": _terms(line, found, row.valuation),
        "years": _years(line, currency),
        "total": [
            (facing.CASE_WORDS[case], amount(line.values[case], currency)) for case in CASES if case in line.values
        ],
        "missing": ", ".join(str(Assumption.Kind(name).label) for name in line.missing),
        "cost": _cost(found, line, each, additional, currency),
    }  # fmt: skip


def _terms(line: Line, found: Reckoning, valuation: Valuation) -> list[dict[str, Any]]:
    """What goes into the formula in each case, and the first period that is discounted."""
    if not line.terms or "rate" not in found.whole:
        return []
    rate = found.whole["rate"]
    rates = {"low": rate.high, "base": rate.base, "high": rate.low}
    rows = []
    for name in KINDS_OF_OUTCOME:
        cells = [Decimal(getattr(line.terms[case], name)) for case in CASES]
        rows.append((name, str(Assumption.Kind(name).label), cells))
    rows.append(("rate", str(Assumption.Kind.RATE.label), [rates[case] for case in CASES]))
    first = Decimal(1 if valuation.is_first_year_discounted else 0)
    rows.append(("first", _("First period (0: the first year is not discounted)"), [first] * 3))
    return [
        {
            "code": code,
            "title": title,
            "cells": [
                (facing.CASE_WORDS[case], facing.plain(value))
                for case, value in zip(CASES, cells, strict=True)
            ],
        }
        for code, title, cells in rows
    ]


def _years(line: Line, currency: str) -> list[dict[str, Any]]:
    """The undiscounted value of each year in each case; of more than ten years the first ten."""
    if not line.terms:
        return []
    by_case = {case: years(line.terms[case]) for case in CASES}
    longest = min(10, max(len(found) for found in by_case.values()))
    return [
        {
            "year": at + 1,
            "cells": [
                (facing.CASE_WORDS[case], amount(found[at] if at < len(found) else Decimal(0), currency))
                for case, found in by_case.items()
            ],
        }
        for at in range(longest)
    ]


def _cost(found: Reckoning, line: Line, each: Any, additional: Any, currency: str) -> dict[str, Any] | None:
    if each is None or line.many is None:
        return None
    deadweight = line.assumed.get("deadweight")
    shown = {
        "inputs": amount(found.inputs["base"], currency),
        "inputs_exact": exact(found.inputs["base"]),
        "many": facing.plain(line.many),
        "deadweight": facing.plain(deadweight.base) if deadweight else "",
        "each": figure(
            _cents(each, currency), rows="#cost", rule="formula", of="cost for one", text=amount(each, currency)
        ),
    }  # fmt: skip
    if additional is not None:
        shown["additional"] = figure(
            _cents(additional, currency),
            rows="#cost",
            rule="formula",
            of="cost for one more",
            text=amount(additional, currency),
        )
    return shown
