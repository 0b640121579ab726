"""Filters of lists: each reads its part of the address, narrows the rows, and says so in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, join
from barnraise.foundation.text import fold

Options = Sequence[tuple[str, Any]] | Callable[[], Iterable[tuple[Any, Any]]]


class BadFilter(ValueError):
    """A filter's value in the address cannot be read. The message is for the person."""


@dataclass(frozen=True)
class Filter:
    """`name` stands in the address, `label` on the page."""

    name: str
    label: Any

    @property
    def parameters(self) -> tuple[str, ...]:
        """What it reads from the address."""
        return (self.name,)

    def read(self, params: QueryDict) -> Any:
        """Its value, None when it is not set. Raises BadFilter."""
        return params.get(self.name, "").strip() or None

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The rows that pass."""
        raise TypeError(f"{type(self).__name__} narrows nothing")

    def words(self, value: Any) -> Any:
        """The value as people say it."""
        return value

    def widget(self, params: QueryDict) -> Safe:
        """Its form field, filled with what the address says."""
        return el(
            "input",
            id=f"f-{self.name}",
            name=self.name,
            type="search",
            class_="form-control",
            value=params.get(self.name, ""),
        )


def _choices(options: Options) -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in (options() if callable(options) else options)]


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One or several of fixed options; rows whose `field` is any of them pass."""

    options: Options = ()
    field: str = ""

    def read(self, params: QueryDict) -> Any:
        """The values chosen."""
        given = [value for value in params.getlist(self.name) if value]
        if not given:
            return None
        known = {value for value, _label in _choices(self.options)}
        strange = next((value for value in given if value not in known), None)
        if strange is not None:
            raise BadFilter(
                _("“%(value)s” is not one of the choices of %(filter)s.")
                % {"value": strange[:60], "filter": self.label}
            )
        return given

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        return rows.filter(**{f"{self.field or self.name}__in": value})

    def words(self, value: Any) -> Any:
        """See Filter."""
        labels = dict(_choices(self.options))
        return _(" or ").join(str(labels.get(one, one)) for one in value)

    def widget(self, params: QueryDict) -> Safe:
        """See Filter."""
        chosen = set(params.getlist(self.name))
        options = [
            el("option", label, value=value, selected=value in chosen, translate="no")
            for value, label in _choices(self.options)
        ]
        return el(
            "select",
            *options,
            id=f"f-{self.name}",
            name=self.name,
            multiple=True,
            size=min(6, max(2, len(options))),
            class_="form-select",
        )


@dataclass(frozen=True)
class TextFilter(Filter):
    """Rows whose folded text field holds the words, or starts with them when `starts` is set."""

    field: str = ""
    starts: bool = False
    is_folded: bool = True

    def read(self, params: QueryDict) -> Any:
        """The text, without NUL, at most 200 characters."""
        return params.get(self.name, "").replace("\x00", "").strip()[:200] or None

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        text = fold(value) if self.is_folded else value
        if self.starts:
            return rows.filter(**{f"{self.field}__gte": text, f"{self.field}__lt": text + "\U0010ffff"})
        return rows.filter(**{f"{self.field}__contains": text})

    def words(self, value: Any) -> Any:
        """See Filter."""
        return f"“{value}”"


@dataclass(frozen=True)
class BooleanFilter(Filter):
    """Yes or no: rows that pass `condition`, or do not."""

    condition: Q = Q()
    yes: Any = ""
    no: Any = ""

    def _options(self) -> list[tuple[str, Any]]:
        return [("1", self.yes or _("yes")), ("0", self.no or _("no"))]

    def read(self, params: QueryDict) -> Any:
        """ "1" or "0"."""
        value = params.get(self.name) or None
        if value not in {None, "0", "1"}:
            raise BadFilter(_("%(filter)s is yes (1) or no (0).") % {"filter": self.label})
        return value

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        return rows.filter(self.condition if value == "1" else ~self.condition)

    def words(self, value: Any) -> Any:
        """See Filter."""
        return dict(self._options())[value]

    def widget(self, params: QueryDict) -> Safe:
        """See Filter."""
        options = [el("option", _("any"), value="")]
        options += [
            el("option", label, value=value, selected=params.get(self.name) == value)
            for value, label in self._options()
        ]
        return el("select", *options, id=f"f-{self.name}", name=self.name, class_="form-select")


@dataclass(frozen=True)
class RangeFilter(Filter):
    """From and to, both included, either may be missing. Subclasses say how a bound is read."""

    field: str = ""
    input_type = "text"

    @property
    def parameters(self) -> tuple[str, ...]:
        """See Filter."""
        return (f"{self.name}_from", f"{self.name}_to")

    def bound(self, text: str) -> Any:
        """One bound. Raises BadFilter."""
        raise BadFilter(text)

    def read(self, params: QueryDict) -> Any:
        """(from, to) or None."""
        texts = [params.get(name, "").strip() for name in self.parameters]
        values = tuple(self.bound(text) if text else None for text in texts)
        return values if any(value is not None for value in values) else None

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        low, high = value
        rows = rows.filter(**{f"{self.field or self.name}__gte": low}) if low is not None else rows
        return rows.filter(**{f"{self.field or self.name}__lte": high}) if high is not None else rows

    def words(self, value: Any) -> Any:
        """See Filter."""
        low, high = value
        shown = {"from": self.said(low), "to": self.said(high)}
        if low is None:
            return _("up to %(to)s") % shown
        return _("from %(from)s") % shown if high is None else _("%(from)s to %(to)s") % shown

    def said(self, bound: Any) -> Any:
        """One bound as people write it; "" for an open end."""
        return "" if bound is None else bound

    def widget(self, params: QueryDict) -> Safe:
        """See Filter."""
        labels = (_("from"), _("to"))
        fields = [
            el(
                "input",
                name=name,
                id=f"f-{self.name}" if at == 0 else None,
                type=self.input_type,
                class_="form-control",
                value=params.get(name, ""),
                aria_label=f"{self.label} {labels[at]}",
            )
            for at, name in enumerate(self.parameters)
        ]
        return el("span", *fields, class_="range")


@dataclass(frozen=True)
class DateFilter(RangeFilter):
    """Days; for a date-time field give its `__date` lookup as `field`."""

    input_type = "date"

    def said(self, bound: Any) -> Any:
        """See RangeFilter."""
        return "" if bound is None else date_format(bound, "DATE_FORMAT")

    def bound(self, text: str) -> Any:
        """A day as year-month-day."""
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise BadFilter(
                _("%(filter)s: “%(value)s” is not a date; write it like 2026-03-31.")
                % {"filter": self.label, "value": text[:40]}
            ) from None


@dataclass(frozen=True)
class NumberFilter(RangeFilter):
    """Numbers."""

    input_type = "number"

    def said(self, bound: Any) -> Any:
        """See RangeFilter."""
        return "" if bound is None else number_format(bound, force_grouping=True)

    def bound(self, text: str) -> Any:
        """A finite number."""
        try:
            found = Decimal(text)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or abs(found) > 10**18:
            raise BadFilter(
                _("%(filter)s: “%(value)s” is not a number.") % {"filter": self.label, "value": text[:40]}
            )
        return found


@dataclass(frozen=True)
class SubqueryFilter(ChoiceFilter):
    """Rows whose key is among `subquery(value)`, for things that hang on other tables (tags, communities)."""

    subquery: Callable[[str], Any] = lambda value: ()
    is_all: bool = False

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Any of the values, or all of them when `is_all`."""
        if self.is_all:
            for one in value:
                rows = rows.filter(pk__in=self.subquery(one))
            return rows
        passing = Q()
        for one in value:
            passing |= Q(pk__in=self.subquery(one))
        return rows.filter(passing)


def labelled(filter_: Filter, params: QueryDict) -> Safe:
    """A filter's field with its label."""
    return join([el("label", filter_.label, for_=f"f-{filter_.name}"), filter_.widget(params)])
