"""Filters of the list of people that hang on other tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import fold
from barnraise.plumbing.ui.lists import ChoiceFilter, DateFilter, Filter, TextFilter
from barnraise.who.communities import selectors as communities

from .models import Leadership, Role
from .selectors import current

ANY = "any"


@dataclass(frozen=True)
class Through(Filter):
    """People that rows of another table name: `found` gives these rows, each with its `person_id`."""

    subquery = True

    def found(self, value: Any) -> QuerySet[Any]:
        """The rows that stand for the value."""
        raise TypeError(f"{type(self).__name__} finds nothing")

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return Q(pk__in=self.found(value).values("person_id"))

    def keys(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        return self.found(value).order_by().values("person_id").distinct()

    def listing(self, model: type[Model], value: Any) -> QuerySet[Any]:
        """See Filter."""
        return self.found(value).order_by().values("person_id")

    def is_exact(self, rows: QuerySet[Any]) -> bool:
        """See Filter."""
        return not rows.query.where

    def test(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Ask for every person whether the other table has such a row, instead of collecting all of its rows first."""
        return rows.filter(Q(Exists(self.found(value).filter(person_id=OuterRef("pk")))))


@dataclass(frozen=True)
class WorksWith(Through, TextFilter):
    """People with a current role in an organisation whose name begins so."""

    def found(self, value: Any) -> QuerySet[Any]:
        """See Through."""
        start = fold(value)
        named = {
            "organisation__name_folded__gte": start,
            "organisation__name_folded__lt": start + "\U0010ffff",
        }
        return Role.objects.filter(current(), **named)


@dataclass(frozen=True)
class BelongsTo(ChoiceFilter):
    """People of a community or of a part of it."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        keys: set[int] = set()
        for one in value:
            keys |= {int(one), *communities.descendant_keys(int(one))}
        return Q(community_id__in=keys)


@dataclass(frozen=True)
class Leads(Through, ChoiceFilter):
    """People who lead now: of a kind, or of any."""

    def found(self, value: Any) -> QuerySet[Any]:
        """See Through."""
        rows = Leadership.objects.filter(_serving())
        return rows if ANY in value else rows.filter(kind__in=value)


@dataclass(frozen=True)
class TermEnds(Through, DateFilter):
    """People whose term as a leader ends in that time."""

    def found(self, value: Any) -> QuerySet[Any]:
        """See Through."""
        low, high = value
        rows = Leadership.objects.filter(term_ends_on__isnull=False)
        rows = rows.filter(term_ends_on__gte=low) if low is not None else rows
        return rows.filter(term_ends_on__lte=high) if high is not None else rows


def _serving() -> Q:
    return Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=timezone.localdate())


LEADER_OPTIONS = ((ANY, _("any kind")), *Leadership.Kind.choices)
