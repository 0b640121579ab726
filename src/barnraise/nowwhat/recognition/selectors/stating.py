"""What a partner gave in a period, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.what.commitments.models import Commitment
from barnraise.what.events.models import CoHost, Registration
from barnraise.what.projects.models import Contribution
from barnraise.who.organisations.models import Organisation

MOST = 2000
"""So many rows of a kind are shown; a statement of more is cut and says so."""


@dataclass(frozen=True, slots=True)
class Gift:
    """One row of a statement: what it is, its day, what it was, where it stands, and what it adds."""

    ref: Ref
    on: date
    what: str
    where: str
    address: str
    value: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a partner gave. Every figure is the sum, or the number, of its rows.

    `hours` in hours; `money`, `goods` and `services` (as far as they count as money, METHODS 1.4) in minor units by currency;
    `space` are events that it hosted with us, with how many came (`reach`); `promises` are those it kept.
    """

    hours: Sequence[Gift]
    money: Sequence[Gift]
    goods: Sequence[Gift]
    services: Sequence[Gift]
    space: Sequence[Gift]
    promises: Sequence[Gift]
    is_cut: bool

    @property
    def is_empty(self) -> bool:
        """Nothing is noted of the period."""
        return not any((self.hours, self.money, self.goods, self.services, self.space, self.promises))


def sums(gifts: Sequence[Gift]) -> Mapping[str, Decimal]:
    """The sum of values by currency ("" where there is none)."""
    found: dict[str, Decimal] = {}
    for one in gifts:
        found[one.currency] = found.get(one.currency, Decimal(0)) + one.value
    return found


def statement(organisation: Organisation, period: Period) -> Statement:
    """All that is noted as given by this partner from the first to the last day. Four queries."""
    given = _given(organisation, period)
    kinds = Contribution.Kind
    hours = [_gift(row, row.hours) for row in given if row.hours]
    valued = [row for row in given if row.value]
    of_kind = {
        kind: [_gift(row, Decimal(row.value), row.project.currency) for row in valued if row.kind == kind]
        for kind in (kinds.MONEY, kinds.GOODS, kinds.SERVICE)
    }
    space, kept = _space(organisation, period), _kept(organisation, period)
    return Statement(
        hours=hours,
        money=of_kind[kinds.MONEY],
        goods=of_kind[kinds.GOODS],
        services=of_kind[kinds.SERVICE],
        space=space,
        promises=kept,
        is_cut=any(len(rows) >= MOST for rows in (given, space, kept)),
    )


def _given(organisation: Organisation, period: Period) -> list[Contribution]:
    rows = Contribution.objects.filter(
        organisation=organisation, on__gte=period.begins, on__lte=period.ends
    ).select_related("project")
    return list(rows.order_by("on", "pk")[:MOST])


def _gift(row: Contribution, value: Decimal, currency: str = "") -> Gift:
    return Gift(
        ref=Ref("projects", "contribution", row.pk),
        on=row.on,
        what=row.what or str(row.get_kind_display()),
        where=row.project.name,
        address=reverse("projects:change_contribution", args=[row.uuid]),
        value=value,
        currency=currency,
    )


def _instants(period: Period) -> tuple[datetime, datetime]:
    zone = timezone.get_current_timezone()
    begins = datetime.combine(period.begins, time.min, zone)
    ends = datetime.combine(period.ends + timedelta(days=1), time.min, zone)
    return begins.astimezone(UTC), ends.astimezone(UTC)


def _space(organisation: Organisation, period: Period) -> list[Gift]:
    begins, ends = _instants(period)
    rows = list(
        CoHost.objects.filter(
            organisation=organisation,
            event__starts_at__gte=begins,
            event__starts_at__lt=ends,
            event__cancelled_at__isnull=True,
        )
        .select_related("event")
        .order_by("event__starts_at", "event_id")[:MOST]
    )
    came = dict(
        Registration.objects.filter(event_id__in=[row.event_id for row in rows], came_at__isnull=False)
        .order_by()
        .values_list("event_id")
        .annotate(many=Count("pk"))
    )
    return [
        Gift(
            ref=Ref("events", "event", row.event_id),
            on=timezone.localdate(row.event.starts_at),
            what=row.event.title,
            where=str(row.event.place or ""),
            address=row.event.get_absolute_url(),
            value=Decimal(came.get(row.event_id, 0)),
        )
        for row in rows
    ]


def _kept(organisation: Organisation, period: Period) -> list[Gift]:
    theirs = Q(direction="theirs") | Q(direction="between")
    rows = Commitment.objects.filter(
        theirs,
        organisation=organisation,
        settled="kept",
        settled_on__gte=period.begins,
        settled_on__lte=period.ends,
    )
    found: list[Any] = list(rows.order_by("settled_on", "pk")[:MOST])
    return [
        Gift(
            ref=Ref("commitments", "commitment", row.pk),
            on=row.settled_on,
            what=row.what,
            where="",
            address=row.get_absolute_url(),
            value=Decimal(1),
        )
        for row in found
    ]
