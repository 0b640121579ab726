"""Figures: numbers that count or sum something, each with the address of the rows it was made of.

A figure says how it came about in attributes that programs and tests read: `data-value` is the exact value, `data-rule` the
rule, `data-of` the column it was made of, and its address (`href`, or `data-rows` where the rows stand on the same page)
where the rows are. The address of a list means the list's rows; a fragment means the element of that id, in which rows
carry `data-row`. A cell is known by its column's title in `data-label`. A house test follows every figure of the sample
town to its rows and recomputes it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from barnraise.foundation.html import Safe, el

from .values import nothing, number

RULES = frozenset(
    {"count", "sum", "mean", "last", "maximum", "minimum", "distinct", "share", "difference", "formula"}
)
"""How rows become a figure. `share`: the rows whose cell `of` is the numerator; `formula`: see METHODS of the room's docstring."""


def figure(
    value: float | Decimal | None,
    *,
    rows: str,
    rule: str = "count",
    of: Any = "",
    unit: Any = "",
    text: Any = None,
    per: int = 1,
    at_least: bool = False,
    class_: str = "",
) -> Safe:
    """A number that leads to its rows. `text` is shown in its place: a sentence or an amount that holds it.

    `rows`: their address, "" for a reader who may not open them. `rule`: one of RULES, `of` the title of the column it works
    on. `per`: rows are kept in a smaller unit, so many to one of what is shown (60 minutes to the hour). `at_least`: there may
    be more rows. None is a dash. Raises ValueError for an unknown rule.
    """
    if rule not in RULES:
        raise ValueError(f"{rule} is no rule of figures.")
    if value is None:
        return nothing()
    shown = text if text is not None else number(value, unit=unit)
    told = marks(value, rule=rule, of=of, per=per, at_least=at_least)
    classes = f"counted {class_}".strip()
    if not rows:
        return el("span", shown, class_=classes, **told)
    return el("a", shown, href=rows, class_=classes, **told)


def marks(
    value: float | Decimal, *, rule: str = "count", of: Any = "", per: int = 1, at_least: bool = False
) -> dict[str, Any]:
    """The attributes of a figure, for elements that are drawn elsewhere."""
    return {
        "data_value": exact(value),
        "data_rule": rule,
        "data_of": str(of) or None,
        "data_per": per if per != 1 else None,
        "data_at_least": at_least,
    }


def exact(value: float | Decimal) -> str:
    """The value as programs read it: no separators, no exponent."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
