"""Filters of lists: each reads its part of an address, narrows the rows, and says itself as part of a sentence.

A value is None when the filter is not set. Bad input never raises out of `read`: it is a `Problem` in words for the reader.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.fields import DateTimeField
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation.html import Safe, el, join
from barnraise.foundation.text import fold, squeeze

from ..values import data
from . import controls

V = TypeVar("V")
Option = tuple[Any, Any]
_SINGLE_DIGITS = re.compile(r"^\d{1,18}$")
LONGEST = 200


class Parameters(Protocol):
    """What a filter reads: a QueryDict, or a saved view's parameters in its shape."""

    def getlist(self, key: str) -> list[str]:
        """All values of a parameter."""
        ...


class Problem(Exception):
    """A value that cannot be used. `reason` is HTML that names filter and value."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Filter(ABC, Generic[V]):
    """A condition that a reader may set."""

    name: str
    label: Any

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the address this filter reads."""
        return (self.name,)

    @abstractmethod
    def read(self, given: Parameters) -> V | None:
        """The value in an address, None when it is not set. Raises Problem."""

    @abstractmethod
    def narrow(self, rows: QuerySet[Any], value: V) -> QuerySet[Any]:
        """Only the rows that meet the condition."""

    @abstractmethod
    def words(self, value: V) -> Safe:
        """What follows the label in the sentence: "is Nonprofit or School"."""

    @abstractmethod
    def pairs(self, value: V) -> list[tuple[str, str]]:
        """The parameters that `read` reads as this value."""

    @abstractmethod
    def control(self, value: V | None) -> Safe:
        """The fields that ask for a value."""

    def refuse(self, given: str) -> Problem:
        """The problem of a value that cannot be used."""
        words = _("%(filter)s: “%(value)s” cannot be used here, so this filter is left out.")
        shown = {"filter": Safe(f"<b>{_escaped(self.label)}</b>"), "value": data(given[:60])}
        return Problem(Safe(words % shown))


def _escaped(label: Any) -> str:
    from barnraise.foundation.html import text

    return str(text(label))


def _options(given: Callable[[], Iterable[Option]] | Iterable[Option]) -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in (given() if callable(given) else given)]


def _listed(labels: Sequence[Any], *, is_data: bool) -> Safe:
    shown = [data(label) if is_data else el("span", label) for label in labels]
    return join(shown, f" {_('or')} ")


@dataclass(frozen=True)
class _OneOf(Filter[tuple[str, ...]]):
    """Any of some options; what ChoiceFilter, RelatedFilter and SubqueryFilter share."""

    name: str
    label: Any
    options: Callable[[], Iterable[Option]] | Iterable[Option]
    verb: Any = gettext_lazy("is")
    is_data = False

    def read(self, given: Parameters) -> tuple[str, ...] | None:
        values = tuple(dict.fromkeys(value for value in given.getlist(self.name) if value))
        if not values:
            return None
        known = {value for value, _label in _options(self.options)}
        for value in values:
            if value not in known:
                raise self.refuse(value)
        return values

    def words(self, value: tuple[str, ...]) -> Safe:
        labels = dict(_options(self.options))
        return join([self.verb, _listed([labels.get(one, one) for one in value], is_data=self.is_data)], " ")

    def pairs(self, value: tuple[str, ...]) -> list[tuple[str, str]]:
        return [(self.name, one) for one in value]

    def control(self, value: tuple[str, ...] | None) -> Safe:
        return controls.boxes(self.name, self.label, _options(self.options), value or (), is_data=self.is_data)


@dataclass(frozen=True)
class ChoiceFilter(_OneOf):
    """Any of a field's choices. `field` defaults to the name."""

    field: str = ""

    def narrow(self, rows: QuerySet[Any], value: tuple[str, ...]) -> QuerySet[Any]:
        path = self.field or self.name
        return rows.filter(**({path: value[0]} if len(value) == 1 else {f"{path}__in": value}))


@dataclass(frozen=True)
class RelatedFilter(_OneOf):
    """Rows that belong to one of some others. `options()` gives (key, title); `field` is the path of that key, default `<name>_id`.

    Keys are primary keys or UUIDs, as `field` says ("community_id", "community__uuid").
    """

    field: str = ""
    is_data = True

    def narrow(self, rows: QuerySet[Any], value: tuple[str, ...]) -> QuerySet[Any]:
        path = self.field or f"{self.name}_id"
        return rows.filter(**({path: value[0]} if len(value) == 1 else {f"{path}__in": value}))


@dataclass(frozen=True)
class SubqueryFilter(_OneOf):
    """Rows whose key is in a subquery: `subquery(value)` gives a queryset of keys for one option. Several options mean any of them."""

    subquery: Callable[[str], Any] = field_missing = lambda value: ()  # noqa: E731
    is_data = True

    def narrow(self, rows: QuerySet[Any], value: tuple[str, ...]) -> QuerySet[Any]:
        from django.db.models import Q

        wanted = Q()
        for one in value:
            wanted |= Q(pk__in=self.subquery(one))
        return rows.filter(wanted)
