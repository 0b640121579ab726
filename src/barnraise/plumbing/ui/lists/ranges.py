"""Filters of lists with a lower and an upper bound: days and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el

from .filters import BadFilter, Filter


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

    def passing(self, value: Any) -> Q:
        """See Filter."""
        bounds = zip(("gte", "lte"), value, strict=True)
        return Q(
            **{f"{self.field or self.name}__{sign}": bound for sign, bound in bounds if bound is not None}
        )

    def is_range_of(self, field: str, value: Any) -> bool:
        """See Filter."""
        return field == (self.field or self.name)

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
    """Days of a date field; those of a date-time field are an InstantFilter's."""

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
class InstantFilter(DateFilter):
    """Days of a date-time field in the zone of the house, both whole, as a range of its index."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        low, high = value
        found = Q()
        if low is not None:
            found &= Q(**{f"{self.field}__gte": _midnight(low)})
        if high is not None:
            found &= Q(**{f"{self.field}__lt": _midnight(high + timedelta(days=1))})
        return found


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


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
