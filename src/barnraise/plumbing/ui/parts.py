"""The first rows of something long on a page, with the way to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el

T = TypeVar("T")
M = TypeVar("M", bound=Model)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """`rows` of `total`. `name` is the id of what holds them on the page, and says in the address which is shown whole."""

    name: str
    rows: list[T]
    total: int

    @property
    def href(self) -> str:
        """Where all rows stand."""
        return f"?all={self.name}#{self.name}" if self.is_part else f"#{self.name}"

    @property
    def is_part(self) -> bool:
        """Some are not shown."""
        return self.total > len(self.rows)

    @property
    def rest(self) -> Safe:
        """A line that says so and leads to all; empty where all are shown."""
        if not self.is_part:
            return Safe("")
        said = _("The first %(shown)s of %(total)s.") % {"shown": len(self.rows), "total": self.total}
        return el("p", said, " ", el("a", _("Show all"), href=self.href))


def part(
    request: HttpRequest, name: str, rows: QuerySet[Any, Any] | Sequence[Any], most: int = SHOWN
) -> Part[Any]:
    """The first `most` rows, or all where the address asks for these (`?all=name`). Of a query no more is read, and its rows counted."""
    if request.GET.get("all") == name:
        found = list(rows)
        return Part(name, found, len(found))
    some = list(rows[: most + 1])
    is_whole = len(some) <= most
    total = len(some) if is_whole else rows.count() if isinstance(rows, QuerySet) else len(rows)
    return Part(name, some[:most], total)


def firsts(rows: QuerySet[M], most: int) -> list[M]:
    """The first rows in their order. What hangs on them is read for these alone, and not for all that are sorted. Two queries."""
    keys = list(rows.select_related(None).values_list("pk", flat=True)[:most])
    return list(rows.filter(pk__in=keys)) if keys else []
