"""Social return on investment, cost per outcome and net present value. Pure: values in, values out.

Sources: Nicholls, Lawlor, Neitzert, Goodspeed, *A Guide to Social Return on Investment*, SROI Network, January 2012 (rules recalled,
recomputed); HM Treasury, *The Green Book* (3.5 % a year for the first 30 years). Own code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Literal

Case = Literal["low", "base", "high"]
CASES: tuple[Case, ...] = ("low", "base", "high")
ONE, ZERO = Decimal(1), Decimal(0)
MOST_YEARS = 100
SHARE_NAMES = {
    "deadweight": "Deadweight",
    "displacement": "Displacement",
    "attribution": "Attribution",
    "dropoff": "Drop-off",
}


@dataclass(frozen=True, slots=True)
class Range:
    """An assumed number from low over base to high."""

    low: Decimal
    base: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """What the value of one outcome is made of. `proxy` is money for one; a negative proxy is a negative outcome.

    `attribution` is the share due to others; `dropoff` never touches the first year. Raises ValueError in words.
    """

    quantity: Decimal
    proxy: Decimal
    deadweight: Decimal = ZERO
    displacement: Decimal = ZERO
    attribution: Decimal = ZERO
    dropoff: Decimal = ZERO
    duration: Decimal = ONE

    def __post_init__(self) -> None:
        for one in fields(self):
            if not Decimal(getattr(self, one.name)).is_finite():
                raise ValueError(f"{one.name.capitalize()} must be a finite number.")
        for name, word in SHARE_NAMES.items():
            share = getattr(self, name)
            if not 0 <= share <= 1:
                raise ValueError(f"{word} must be between 0 and 1 (got {share}); enter 50% as 0.5.")
        if self.duration < 1 or self.duration != int(self.duration):
            raise ValueError("Duration must be at least one year.")


def impact(terms: Terms) -> Decimal:
    """quantity × proxy × (1 − deadweight)(1 − displacement)(1 − attribution): the value of the first year."""
    kept = (ONE - terms.deadweight) * (ONE - terms.displacement) * (ONE - terms.attribution)
    return terms.quantity * terms.proxy * kept


def years(terms: Terms) -> list[Decimal]:
    """The undiscounted value of each year: impact × (1 − drop-off)^(y−1), y = 1..duration."""
    first, stays = impact(terms), ONE - terms.dropoff
    return [first * (ONE if y == 0 else stays**y) for y in range(int(terms.duration))]


def discounted(values: Sequence[Decimal], rate: Decimal, *, first_period: int = 1) -> Decimal:
    """Σ value_t / (1 + rate)^t, t = first_period, first_period + 1, …

    1 discounts the first year too (the convention of social return), 0 leaves it whole (the Green Book's). Raises ValueError.
    """
    if not rate.is_finite() or rate <= -1:
        raise ValueError("Discount rate must be above -1.")
    return sum((value / (ONE + rate) ** (first_period + t) for t, value in enumerate(values)), ZERO)


def present_value(terms: Terms, rate: Decimal = Decimal("0.035"), *, discount_first_year: bool = True) -> Decimal:  # fmt: skip
    """What an outcome is worth today."""
    return discounted(years(terms), rate, first_period=1 if discount_first_year else 0)


def gross_ratio(value: Decimal, inputs: Decimal) -> Decimal:
    """Present value over inputs. The net ratio is one less. Raises ValueError where inputs are not positive."""
    if inputs <= 0:
        raise ValueError("Inputs are zero or negative, so a ratio is not defined.")
    return value / inputs


def months_until_covered(impacts: Decimal, inputs: Decimal) -> Decimal | None:
    """inputs / (first year's impact / 12): months until value covers inputs; None where it never does."""
    return inputs / (impacts / 12) if impacts > 0 else None


def cost_per_outcome(cost: Decimal, many: Decimal, deadweight: Decimal = ZERO) -> Decimal | None:
    """cost / (many × (1 − deadweight)); with deadweight it is the cost of an additional one. None where there is none."""
    counted = many * (ONE - deadweight)
    return cost / counted if counted > 0 else None


def benefit_cost(benefits: Decimal, costs: Decimal) -> Decimal:
    """Present benefits over present costs. Raises ValueError where costs are not positive."""
    if costs <= 0:
        raise ValueError("A benefit-cost ratio needs positive costs.")
    return benefits / costs


def in_case(ranges: Mapping[str, Range], case: Case) -> Terms:
    """The terms of an outcome in a case: the low one takes of each range the end that gives the least value.

    Of a benefit that is the low end of how many, value and years and the high end of every share that is taken off; of a
    negative outcome (negative value of one) it is the other way round for all but the value itself.
    """
    if case == "base":
        return Terms(**{name: one.base for name, one in ranges.items()})
    proxy = getattr(ranges["proxy"], case)
    is_more = (case == "high") == (proxy >= 0)
    found = {"proxy": proxy}
    for name, one in ranges.items():
        if name != "proxy":
            found[name] = one.low if (name in SHARE_NAMES) == is_more else one.high
    return Terms(**found)


def break_even(terms: Terms, name: str, others: Decimal, inputs: Decimal, rate: Decimal, *, discount_first_year: bool) -> Decimal | None:  # fmt: skip
    """The value of one assumption at which the whole value is just the inputs; None within the allowed range.

    `others` is what all other outcomes are worth. How many, the value of one and the shares that are taken off once work in a
    straight line; drop-off is narrowed down by halving; of years the first whole one that suffices is given.
    """
    wanted = inputs - others

    def worth(value: Decimal) -> Decimal:
        given = replace(terms, **{name: value})
        return present_value(given, rate, discount_first_year=discount_first_year) - wanted

    if name == "duration":
        if worth(ONE) > 0:
            return None
        return next((Decimal(n) for n in range(1, MOST_YEARS + 1) if worth(Decimal(n)) >= 0), None)
    if name == "dropoff":
        return _halved(worth)
    at_zero, at_one = worth(ZERO), worth(ONE)
    if at_zero == at_one:
        return None
    found = at_zero / (at_zero - at_one)
    if name in SHARE_NAMES and not 0 <= found <= 1:
        return None
    return None if name == "quantity" and found < 0 else found


def _halved(worth: Callable[[Decimal], Decimal]) -> Decimal | None:
    low, high = ZERO, ONE
    if (worth(low) > 0) == (worth(high) > 0):
        return None
    rises = worth(high) > 0
    for _step in range(60):
        middle = (low + high) / 2
        if (worth(middle) > 0) == rises:
            high = middle
        else:
            low = middle
    return (low + high) / 2
