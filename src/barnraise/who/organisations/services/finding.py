"""Search documents of what hangs on organisations: their services, and what they give and seek."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.lists.among import Among

from ..models import Exchange, Service
from ..selectors import EXCHANGE_KIND, SERVICE_KIND


@dataclass(frozen=True, slots=True)
class Hanging:
    """Keys of services, and of gives and seeks."""

    services: frozenset[int] = frozenset()
    exchanges: frozenset[int] = frozenset()

    def __or__(self, other: Hanging) -> Hanging:
        return Hanging(self.services | other.services, self.exchanges | other.exchanges)


def hanging_on(organisations: Collection[int]) -> Hanging:
    """What hangs on these now. Two queries, none for no organisation."""
    if not organisations:
        return Hanging()
    found = (
        model.objects.filter(Among("organisation_id", list(organisations))).values_list("pk", flat=True)
        for model in (Service, Exchange)
    )
    services, exchanges = (frozenset(keys) for keys in found)
    return Hanging(services, exchanges)


def found_anew(hanging: Hanging) -> None:
    """Write what search knows of these; those that are gone are taken out. Last in the transaction of the write."""
    for kind, keys in ((SERVICE_KIND, hanging.services), (EXCHANGE_KIND, hanging.exchanges)):
        if keys:
            search.index(kind, keys)
