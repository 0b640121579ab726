"""Filters of the list of people that hang on other tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import fold
from barnraise.plumbing.ui.lists import ChoiceFilter, DateFilter, TextFilter
from barnraise.who.communities import selectors as communities

from .models import Leadership, Role
from .selectors import current

ANY = "any"


@dataclass(frozen=True)
class WorksWith(TextFilter):
    """People with a current role in an organisation whose name begins so."""

    subquery = True

    def passing(self, value: Any) -> Q:
        """See Filter."""
        start = fold(value)
        named = {
            "organisation__name_folded__gte": start,
            "organisation__name_folded__lt": start + "\U0010ffff",
        }
        return Q(pk__in=Role.objects.filter(current(), **named).values("person_id"))


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
class Leads(ChoiceFilter):
    """People who lead now: of a kind, or of any."""

    subquery = True

    def passing(self, value: Any) -> Q:
        """See Filter."""
        found = Leadership.objects.filter(_serving())
        if ANY not in value:
            found = found.filter(kind__in=value)
        return Q(pk__in=found.values("person_id"))


@dataclass(frozen=True)
class TermEnds(DateFilter):
    """People whose term as a leader ends in that time."""

    subquery = True

    def passing(self, value: Any) -> Q:
        """See Filter."""
        low, high = value
        found = Leadership.objects.filter(term_ends_on__isnull=False)
        found = found.filter(term_ends_on__gte=low) if low is not None else found
        found = found.filter(term_ends_on__lte=high) if high is not None else found
        return Q(pk__in=found.values("person_id"))


def _serving() -> Q:
    return Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=timezone.localdate())


LEADER_OPTIONS = ((ANY, _("any kind")), *Leadership.Kind.choices)
