"""Services that organisations offer, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from barnraise.plumbing.ui.prepared import prepared

from ..documents import Offered
from ..models import Service

SERVICE_KIND = "organisations.service"


def services_listed(actor: Any = None) -> QuerySet[Service]:
    """All services with their organisations, as lists and exports begin with."""
    return Service.objects.select_related("organisation")


def one_service(key: int) -> Service:
    """One with its organisation. Raises Service.DoesNotExist."""
    return Service.objects.select_related("organisation").get(pk=key)


def services_of(organisation: Any) -> list[Service]:
    """What one organisation offers, in its order. One query."""
    return list(_services(organisation.pk))


@prepared
def _services(key: int) -> QuerySet[Service]:
    return Service.objects.filter(organisation_id=key).order_by("position", "id")


def offered(row: Service) -> Offered:
    """What a row says, as a plain value."""
    return Offered.of(**{name: getattr(row, name) for name in Offered.__slots__})


def service_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Service.objects.filter(pk__in=list(keys)).values_list("pk", "name"))
