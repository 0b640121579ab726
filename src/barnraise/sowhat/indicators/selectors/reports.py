"""Numbers that people report, and those that are waited for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from barnraise.foundation.periods import Period
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.why.goals.models import Indicator

from ..models import Report


def reports_listed(actor: Any = None) -> QuerySet[Report]:
    """All reports with indicator and organisation."""
    return Report.objects.select_related("indicator", "organisation", "by")


def one_report(uuid: UUID) -> Report:
    """Raises Report.DoesNotExist."""
    return reports_listed().get(uuid=uuid)


def one_report_by_key(key: int) -> Report:
    """Raises Report.DoesNotExist."""
    return reports_listed().get(pk=key)


def report_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """ "Mill Bakery: Children at breakfast, 2026-04" by key."""
    rows = reports_listed().filter(pk__in=list(keys))
    return {row.pk: f"{row.organisation.name}: {row}" if row.organisation else str(row) for row in rows}


def reports_beside(indicator: Indicator, most: int) -> list[Report]:
    """The latest reports that say more than the indicator's values: of partners, beside theirs ours, and what is waited for."""
    rows = reports_listed().filter(indicator=indicator)
    of_partners = rows.filter(organisation__isnull=False).order_by().values("begins_on")
    more = Q(organisation__isnull=False) | Q(answered_at__isnull=True) | Q(begins_on__in=of_partners)
    return list(rows.filter(more).order_by("-begins_on", "id")[:most])


def answered(indicator: Indicator, period: Period) -> list[Report]:
    """The answered reports of a period."""
    rows = Report.objects.filter(
        indicator=indicator, begins_on=period.begins, ends_on=period.ends, answered_at__isnull=False
    )
    return list(rows.order_by("id"))


def reports_due(today: date, *, within: timedelta, most: int) -> list[Report]:
    """Reports asked of partners that are due by then or overdue and not answered, the first one first."""
    rows = reports_listed().filter(answered_at__isnull=True, due_on__lte=today + within)
    rows = awake(rows, "indicators.due", today)
    return list(rows.order_by("due_on", "id")[:most])
