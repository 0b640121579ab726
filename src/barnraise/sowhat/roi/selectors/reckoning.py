"""A valuation reckoned: inputs, values and ratios in three cases, what is missing, and how much rests on unsourced assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from babel.numbers import get_currency_precision

from barnraise.sowhat.indicators.models import Observation

from ..models import KINDS_OF_OUTCOME, Assumption, Outcome, Valuation
from ..returns import (
    CASES,
    Case,
    Range,
    Terms,
    break_even,
    cost_per_outcome,
    gross_ratio,
    impact,
    in_case,
    months_until_covered,
    present_value,
)
from .costs import Costs, costs_of

MOST_UNSOURCED = Decimal("0.3")
"""Over this share of the value on assumptions without a source the ratio is hidden. Our own limit, named as ours."""
ADDITIVE = ("sum", "count")


@dataclass(frozen=True, slots=True)
class Line:
    """One outcome: how many, what each assumption says, and what it is worth in each case (None while something is missing)."""

    outcome: Outcome
    many: Decimal | None
    rule: str
    observations: Sequence[Observation]
    assumed: Mapping[str, Assumption]
    missing: Sequence[str]
    terms: Mapping[Case, Terms]
    values: Mapping[Case, Decimal]
    unsourced: Sequence[Assumption]


@dataclass(frozen=True, slots=True)
class Sensitive:
    """What one assumption alone does to the base ratio, and where the ratio is 1."""

    assumption: Assumption
    low: Decimal
    high: Decimal
    even: Decimal | None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Money in whole units of the currency. `why_hidden` is a code while no ratio is shown: see `hidden_reason`."""

    costs: Costs
    lines: Sequence[Line]
    whole: Mapping[str, Assumption]
    inputs: Mapping[Case, Decimal]
    values: Mapping[Case, Decimal] = field(default_factory=dict)
    unsourced_share: Decimal | None = None
    why_hidden: str = ""

    @property
    def unsourced(self) -> list[Assumption]:
        """Assumptions without a source."""
        whole = [one for one in self.whole.values() if not one.source]
        return [*whole, *(one for line in self.lines for one in line.unsourced)]

    def gross(self, case: Case) -> Decimal:
        """Value over inputs. Raises ValueError where inputs are not positive."""
        return gross_ratio(self.values[case], self.inputs[case])

    def net(self, case: Case) -> Decimal:
        """The gross ratio less one."""
        return self.gross(case) - 1

    def surplus(self, case: Case) -> Decimal:
        """Net present value."""
        return self.values[case] - self.inputs[case]

    def months(self, case: Case) -> Decimal | None:
        """Months until value covers inputs."""
        first = sum((impact(line.terms[case]) for line in self.lines), Decimal(0))
        return months_until_covered(first, self.inputs[case])

    def cost_each(self, line: Line, *, is_additional: bool = False) -> Decimal | None:
        """The full base cost for one of an outcome, or for one that would not have happened anyway."""
        if line.many is None:
            return None
        deadweight = line.assumed.get("deadweight")
        if is_additional and deadweight is None:
            return None
        off = deadweight.base if is_additional and deadweight else Decimal(0)
        return cost_per_outcome(self.inputs["base"], line.many, off)


def observations_of(outcomes: Iterable[Outcome], valuation: Valuation) -> dict[int, list[Observation]]:
    """Those with a value that lie wholly in the period, by indicator, oldest first. One query."""
    rows = Observation.objects.filter(
        indicator_id__in={one.indicator_id for one in outcomes if one.indicator_id},
        begins_on__gte=valuation.begins_on,
        ends_on__lte=valuation.ends_on,
        value__isnull=False,
    )
    found: dict[int, list[Observation]] = {}
    for row in rows.order_by("begins_on"):
        found.setdefault(row.indicator_id, []).append(row)
    return found


def observed(
    outcome: Outcome, found: Mapping[int, list[Observation]]
) -> tuple[Decimal | None, str, list[Observation]]:
    """How many its indicator says for the period, by which rule, and the observations it says so from (of `observations_of`).

    Sums and counts of periods that lie wholly inside are added up; of any other rule the latest stands. METHODS 9.1: a period
    without a value adds nothing and is no zero.
    """
    if outcome.indicator is None:
        return None, "", []
    rows = found.get(outcome.indicator.pk, [])
    rule = "sum" if outcome.indicator.rule in ADDITIVE else "last"
    values = [row.value for row in rows if row.value is not None]
    if not values:
        return None, rule, []
    return (sum(values, Decimal(0)) if rule == "sum" else values[-1]), rule, rows


def _line(
    outcome: Outcome,
    valuation: Valuation,
    rates: Mapping[str, Assumption],
    found: Mapping[int, list[Observation]],
) -> Line:
    assumed = {one.kind: one for one in outcome.assumptions.all()}
    many, rule, observations = observed(outcome, found)
    ranges = {name: Range(one.low, one.base, one.high) for name, one in assumed.items()}
    if outcome.indicator is not None:
        assumed.pop("quantity", None)
        ranges.pop("quantity", None)
        if many is not None:
            ranges["quantity"] = Range(many, many, many)
    elif "quantity" in ranges:
        many = ranges["quantity"].base
    missing = [name for name in KINDS_OF_OUTCOME if name not in ranges]
    terms: dict[Case, Terms] = {} if missing else {case: in_case(ranges, case) for case in CASES}
    values = {
        case: present_value(one, _rate(rates, case), discount_first_year=valuation.is_first_year_discounted)
        for case, one in terms.items()
        if rates.get("rate") is not None
    }
    unsourced = [one for name, one in assumed.items() if not one.source and name in KINDS_OF_OUTCOME]
    return Line(outcome, many, rule, observations, assumed, missing, terms, values, unsourced)


def _rate(whole: Mapping[str, Assumption], case: Case) -> Decimal:
    """The low case discounts most."""
    one = whole["rate"]
    return {"low": one.high, "base": one.base, "high": one.low}[case]


def _inputs(valuation: Valuation, costs: Costs, whole: Mapping[str, Assumption]) -> dict[Case, Decimal]:
    """Full costs, and hours where a value of one hour is assumed; the low case has the dearest hours."""
    places = get_currency_precision(valuation.currency)
    full = Decimal(costs.full).scaleb(-places)
    hour = whole.get("hour_value")
    if hour is None:
        return dict.fromkeys(CASES, full)
    worth = {"low": hour.high, "base": hour.base, "high": hour.low}
    return {case: full + costs.hours * worth[case] for case in CASES}


def lines_of(valuation: Valuation) -> tuple[list[Line], dict[str, Assumption]]:
    """Its outcomes and what is assumed for the whole."""
    whole = {one.kind: one for one in valuation.assumptions.filter(outcome__isnull=True)}
    rows = valuation.outcomes.select_related("indicator").prefetch_related("assumptions")
    outcomes = list(rows.order_by("id"))
    found = observations_of(outcomes, valuation)
    return [_line(one, valuation, whole, found) for one in outcomes], whole


def reckon(valuation: Valuation) -> Reckoning:
    """Everything a valuation says. The ratio is hidden while something is missing or too much rests on unsourced assumptions."""
    lines, whole = lines_of(valuation)
    costs = costs_of(valuation)
    inputs = _inputs(valuation, costs, whole)
    begun = Reckoning(costs, lines, whole, inputs)
    why = _why_incomplete(begun)
    if why:
        return Reckoning(costs, lines, whole, inputs, why_hidden=why)
    values = {case: sum((line.values[case] for line in lines), Decimal(0)) for case in CASES}
    share = unsourced_share(lines, whole)
    why = "unsourced" if share > MOST_UNSOURCED else "inputs" if min(inputs.values()) <= 0 else ""
    return Reckoning(costs, lines, whole, inputs, values, share, why)


def _why_incomplete(begun: Reckoning) -> str:
    if not begun.lines:
        return "outcomes"
    if "rate" not in begun.whole:
        return "rate"
    return "missing" if any(line.missing for line in begun.lines) else ""


def unsourced_share(lines: Sequence[Line], whole: Mapping[str, Assumption]) -> Decimal:
    """The share of the base value that rests on an assumption without a source, by size; all of it where the rate has none.

    Where nothing is worth anything it is the share of outcomes.
    """
    if not whole["rate"].source:
        return Decimal(1)
    sizes = [(abs(line.values["base"]), bool(line.unsourced)) for line in lines]
    total = sum((size for size, _is in sizes), Decimal(0))
    if not total:
        return Decimal(sum(1 for _size, is_so in sizes if is_so)) / len(sizes)
    return sum((size for size, is_so in sizes if is_so), Decimal(0)) / total


def sensitivity(valuation: Valuation, found: Reckoning) -> list[Sensitive]:
    """One assumption changed at a time, all others at base; the widest first. Empty while no ratio is shown."""
    if found.why_hidden:
        return []
    rate, inputs, total = found.whole["rate"].base, found.inputs["base"], found.values["base"]
    told = []
    for line in found.lines:
        others = total - line.values["base"]
        for name, one in line.assumed.items():
            if name not in KINDS_OF_OUTCOME:
                continue
            ends = [
                gross_ratio(others + _worth(valuation, line, rate, {name: end}), inputs)
                for end in (one.low, one.high)
            ]
            even = break_even(
                line.terms["base"], name, others, inputs, rate, discount_first_year=valuation.is_first_year_discounted
            )  # fmt: skip
            told.append(Sensitive(one, min(ends), max(ends), even))
    return sorted(told, key=lambda one: (one.low - one.high, one.assumption.pk))


def _worth(valuation: Valuation, line: Line, rate: Decimal, changed: Mapping[str, Decimal]) -> Decimal:
    ranges = {name: Range(one.base, one.base, one.base) for name, one in line.assumed.items()}
    if line.many is not None:
        ranges["quantity"] = Range(line.many, line.many, line.many)
    ranges |= {name: Range(value, value, value) for name, value in changed.items()}
    terms = in_case(ranges, "base")
    return present_value(terms, rate, discount_first_year=valuation.is_first_year_discounted)
