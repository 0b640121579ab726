"""Audiences and their rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from ..models import Audience, Rule

KIND = "audiences.audience"


def listed(actor: Any = None) -> QuerySet[Audience]:
    """All audiences with their rules, in order, ended ones too."""
    rules = Prefetch("rules", Rule.objects.order_by("position", "id"))
    return Audience.objects.select_related("purpose").prefetch_related(rules)


def live() -> QuerySet[Audience]:
    """Those that may be written to, by name."""
    return listed().filter(ended_at__isnull=True).order_by("name_folded", "id")


def one(uuid: UUID) -> Audience:
    """With its rules. Raises Audience.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Audience:
    """Raises Audience.DoesNotExist."""
    return listed().get(pk=key)


def one_rule(uuid: UUID) -> Rule:
    """With its audience. Raises Rule.DoesNotExist."""
    return Rule.objects.select_related("audience").get(uuid=uuid)


def rules_of(audience: Audience) -> list[Rule]:
    """Its rules, in order."""
    return list(audience.rules.all()) if "rules" in _read(audience) else _ordered(audience)


def _read(audience: Audience) -> Mapping[str, Any]:
    found: Mapping[str, Any] = getattr(audience, "_prefetched_objects_cache", {})
    return found


def _ordered(audience: Audience) -> list[Rule]:
    return list(Rule.objects.filter(audience=audience).order_by("position", "id"))


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Audience.objects.filter(pk__in=list(keys)).values_list("pk", "name"))
