"""Reads of snoozed reminders."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import cards, kinds

from .models import Snooze

M = TypeVar("M", bound=Model)
KIND = "snoozes.snooze"


def asleep(card: str, kind: str, today: date) -> QuerySet[Snooze, int]:
    """The keys of that kind of which the card says nothing today, as a subquery."""
    rows = Snooze.objects.filter(card=card, kind=kind, until__gte=today)
    return rows.values_list("key", flat=True)


def awake(rows: QuerySet[M], card: str, today: date, *, kind: str = "", key: str = "pk") -> QuerySet[M]:
    """Those rows of which the card speaks today. `kind` and `key` where the thing is not the row: what it is, and where its key stands."""
    return rows.exclude(**{f"{key}__in": asleep(card, kind or rows.model._meta.label_lower, today)})


def cards_of(actor: Any) -> list[str]:
    """The names of the cards that this reader may see."""
    return [name for name, card in cards.items() if card.policy(actor, None)]


def kinds_of(actor: Any) -> list[str]:
    """The kinds of things that this reader may open."""
    return [name for name, kind in kinds.items() if kind.policy(actor, None)]


def listed(actor: Any = None) -> QuerySet[Snooze]:
    """Reminders that wait today, of the cards and kinds that this reader may see; of all without a reader."""
    rows = Snooze.objects.select_related("by").filter(until__gte=timezone.localdate())
    if actor is None:
        return rows
    return rows.filter(card__in=cards_of(actor), kind__in=kinds_of(actor))


def how_many(actor: Any) -> int:
    """How many reminders wait today, as far as this reader may see them."""
    return listed(actor).count()


def one(uuid: UUID) -> Snooze:
    """Raises Snooze.DoesNotExist."""
    return Snooze.objects.select_related("by").get(uuid=uuid)


def one_by_key(key: int) -> Snooze:
    """Raises Snooze.DoesNotExist."""
    return Snooze.objects.select_related("by").get(pk=key)


def of_thing(card: str, ref: Ref, today: date) -> Snooze | None:
    """How the card's reminder of this thing waits; None when it does not."""
    rows = Snooze.objects.select_related("by").filter(card=card, kind=ref.kind, key=ref.id)
    return rows.filter(until__gte=today).first()


def titles_of(rows: Collection[Snooze]) -> dict[Ref, str]:
    """What the things of these are called. One query for each kind; things that are gone are not in it."""
    found: dict[Ref, str] = {}
    for kind in sorted({row.kind for row in rows}):
        described = kinds.find(kind)
        if described is not None:
            keys = [row.key for row in rows if row.kind == kind]
            label, _dot, model = kind.partition(".")
            found |= {Ref(label, model, key): str(text) for key, text in described.titles(keys).items()}
    return found


def snooze_titles(keys: Sequence[int]) -> dict[int, str]:
    """What the things of these are called, by key of the snooze."""
    rows = list(Snooze.objects.filter(pk__in=list(keys)))
    titles = titles_of(rows)
    return {row.pk: titles.get(row.ref, row.reason) for row in rows}
