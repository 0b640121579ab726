"""What rooms plug into audiences: criteria that tell people apart, and facts about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from barnraise.foundation.registry import Socket

Options = Callable[[Collection[str]], Sequence[tuple[str, Any]]]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One way to tell people apart: "lives in", "attended".

    `options(chosen)` gives the values offered, (value, label), with those chosen among them however many there are; labels
    that are names are foundation.text.AsWritten. `keys(values, today)` gives a query of one column: keys of the people for
    whom any of these values holds. It must be a subquery of the database, never a list: there may be a million of them.
    `passing(values, today)` says the same of a criterion that the row of the person tells by itself.
    """

    title: Any
    options: Options
    keys: Callable[[Sequence[str], date], QuerySet[Any, Any]]
    help: Any = ""
    passing: Callable[[Sequence[str], date], Q] | None = None


criteria: Socket[Criterion] = Socket(
    "audiences.criteria",
    doc="A way to tell people apart: title, the values offered, and a subquery of people for whom any of them holds.",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A column about the people of an audience: `told(keys)` gives a text by key of person, in one query for a page of them."""

    title: Any
    told: Callable[[Sequence[int]], Mapping[int, str]]


facts: Socket[Fact] = Socket(
    "audiences.facts", doc="A column about the people of an audience: title and its text by key of person."
)
