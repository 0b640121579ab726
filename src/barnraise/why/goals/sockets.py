"""What rooms plug into goals: where the values of indicators come from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, QuerySet

from barnraise.foundation.periods import Period
from barnraise.foundation.policy import Policy, team
from barnraise.foundation.refs import Ref
from barnraise.foundation.registry import Socket
from barnraise.plumbing.ui.sockets import Panel


def stamp_of(rows: QuerySet[Any], *fields: str) -> str:
    """A `stamp` of rows: how many there are, and the latest of each of these date-time fields."""
    found = rows.aggregate(many=Count("pk"), **{f"last{at}": Max(name) for at, name in enumerate(fields)})
    return ":".join([str(found["many"]), *(str(found[f"last{at}"] or "") for at in range(len(fields)))])


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a value: what it is, the day it counts for, its value (1 where it is only counted).

    `counts` is what "number of different people or things" tells apart; `ref` itself where it is None. `part` is the key of
    the part that it stands in, of sources that have parts.
    """

    ref: Ref
    on: date
    value: Decimal = Decimal(1)
    counts: Ref | None = None
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What the rows of a period come in, so that one of them can be read alone: events, for those who came.

    `stamps(options, period)` has every part of the period by key, with a short text that changes whenever rows of that part
    come, go or change; `rows(options, period, keys)` gives all rows of these parts, each with its part.
    """

    stamps: Callable[[Mapping[str, Any], Period], Mapping[int, str]]
    rows: Callable[[Mapping[str, Any], Period, Sequence[int]], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an indicator's values come from by themselves.

    `rows(options, period)` gives all rows of a period in any order, each once, read lazily; the value is the indicator's rule over them.
    `form` (a form class, called with data or initial) asks for options, JSON values only; `words(options)` says them.
    `stamp(options, period)` is a short text that changes whenever rows of the period come, go or change; without it they are read
    anew at every round. With `parts` only parts that changed are read; `rows` then says each row's part too.
    `rules` are the codes of the aggregation rules that make sense, the first one is suggested.
    """

    label: Any
    about: Any
    unit: Any
    rules: tuple[str, ...]
    rows: Callable[[Mapping[str, Any], Period], Iterable[Row]]
    form: Callable[..., Any] | None = None
    words: Callable[[Mapping[str, Any]], Any] = lambda options: ""
    stamp: Callable[[Mapping[str, Any], Period], str] | None = None
    parts: Parts | None = None
    policy: Policy = team


sources: Socket[Source] = Socket(
    "goals.sources",
    doc="By name: an indicator's values from living data: label, options form, rows(options, period) with references and values.",
)

counters: Socket[Callable[[Collection[str]], object]] = Socket(
    "goals.counters",
    doc="Told, in the same transaction, that rows of these sources came, went or changed: who keeps values counts them soon.",
)


def rows_changed(*names: str) -> None:
    """Say that rows of these sources changed. Nothing is counted here and now."""
    for _name, count_soon in counters.items():
        count_soon(names)


indicator_panels: Socket[Panel] = Socket(
    "goals.indicator_panels",
    doc="A panel on an indicator's page: title, policy, template, select(actor, indicator).",
)
goal_panels: Socket[Panel] = Socket(
    "goals.panels",
    doc="A panel on a goal's or an objective's page: title, policy, template, select(actor, thing).",
)
