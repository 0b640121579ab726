"""Who belongs to an audience now, how many they are, and who of them may be contacted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from barnraise.plumbing.ui.lists.among import Among
from barnraise.plumbing.ui.lists.subqueries import column_of, is_there
from barnraise.who.consent.models import Purpose
from barnraise.who.consent.selectors import Reach, reachable
from barnraise.who.people.models import Person

from ..models import Audience, Rule
from ..sockets import criteria
from .rows import rules_of

FEW = 20_000
"""Of so many people the reasons why some are not reached are counted at once; of more when somebody asks."""
NOBODY = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Told:
    """A rule in words: the criterion's title, whether it is turned around, and its values. `is_known`: some room plugs it."""

    rule: Rule
    title: Any
    values: list[Any]
    is_known: bool


def condition(
    rules: Sequence[Rule], mode: str, today: date, *, is_asked: bool = False, most: int | None = None
) -> Q:
    """What a person has to be, as subqueries. Without a rule it is nobody; a rule that no room knows any more lets nobody pass.

    `is_asked`: for rows that are asked one by one, instead of collecting all keys that pass. `most`: no more keys than these
    are collected for a rule, so that some who belong to it may not pass, and nobody who does not.
    """
    if not rules:
        return NOBODY
    parts = [_passing(rule, today, is_asked, most) for rule in rules]
    return reduce(and_ if mode == Audience.Mode.ALL else or_, parts)


def _passing(rule: Rule, today: date, is_asked: bool, most: int | None) -> Q:
    criterion = criteria.get(rule.criterion) if rule.criterion in criteria else None
    if criterion is None or not rule.values:
        return NOBODY
    values = list(rule.values)
    if criterion.passing is not None:
        found = criterion.passing(values, today)
    else:
        keys = criterion.keys(values, today)
        found = asked_of_each(keys) if is_asked else Q(pk__in=keys if rule.is_not else keys[:most])
    return ~found if rule.is_not else found


def asked_of_each(keys: QuerySet[Any, Any]) -> Q:
    """Whether the key of a row is among these. Of several queries laid together each is asked; keys that are worked out are collected."""
    parts = keys.query.combined_queries
    if not parts and not keys.query.values_select:
        return Q(pk__in=keys)
    if not parts:
        return is_there(keys.filter(**{column_of(keys): OuterRef("pk")}))
    found = Q()
    for part in parts:
        rows: QuerySet[Any, Any] = QuerySet(part.model, part)
        found |= asked_of_each(rows)
    return found


def members(audience: Audience) -> QuerySet[Person]:
    """The people of it now. Audiences hold no list: who comes to fit belongs to it from then on."""
    return Person.objects.filter(condition(rules_of(audience), audience.mode, timezone.localdate()))


def keys_of(audience: Audience) -> QuerySet[Any, Any]:
    """Keys of its people, as a query of one column."""
    return members(audience).values("pk")


def size_of(audience: Audience) -> int:
    """How many people. One query."""
    return members(audience).count()


def glance(audience: Audience, first: int) -> tuple[int, bool, list[Person]]:
    """(how many people, at most FEW; whether there are more; the first few by name, of more than FEW those added first).

    Two queries, and the rules are asked once: of a large audience they alone take tens of milliseconds.
    """
    keys = list(members(audience).order_by().values_list("pk", flat=True)[: FEW + 1])
    is_more = len(keys) > FEW
    some = Person.objects.filter(Among("pk", sorted(keys)[:first] if is_more else keys))
    return min(len(keys), FEW), is_more, list(some.order_by("name_folded", "pk")[:first]) if keys else []


def reach_of(audience: Audience, *, purpose: Purpose, channel: str, at: datetime) -> Reach:
    """Who of them may be contacted for a purpose by a channel, and of the others why not."""
    return reachable(members(audience), channel=channel, purpose=purpose, at=at)


def options_of(name: str, chosen: Collection[str] = ()) -> list[tuple[str, Any]]:
    """The values a criterion offers, with those chosen among them."""
    return [(str(value), label) for value, label in criteria.get(name).options(chosen)]


def known_values(name: str, values: Collection[str]) -> set[str]:
    """Those of these values that the criterion knows."""
    return {value for value, _label in options_of(name, values)} & set(values)


def words_of(rules: Sequence[Rule]) -> list[Told]:
    """The rules in words. One query for each criterion with values that are rows."""
    found = []
    for rule in rules:
        if rule.criterion not in criteria:
            found.append(Told(rule, rule.criterion, list(rule.values), is_known=False))
            continue
        labels = dict(options_of(rule.criterion, rule.values))
        values = [labels.get(value, value) for value in rule.values]
        found.append(Told(rule, criteria.get(rule.criterion).title, values, is_known=True))
    return found
