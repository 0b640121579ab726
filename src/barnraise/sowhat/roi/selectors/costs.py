"""What was put in: money spent, goods and services given, hours worked and hours given at volunteer days, each row with where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.what.events.models import Cost, Event, Registration
from barnraise.what.projects.models import Actual, Contribution, Project

from ..models import Valuation

MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Costs:
    """Sums in minor units; `hours` are volunteer hours that nothing else counts as money: those given to the project, and those of
    volunteer days.

    `foreign`: currencies of events' costs that are left out.
    """

    spent: int
    events: int
    given: int
    hours: Decimal
    foreign: int

    @property
    def cash(self) -> int:
        """What was paid."""
        return self.spent + self.events

    @property
    def full(self) -> int:
        """Cash and valued gifts in kind, without hours."""
        return self.cash + self.given


@dataclass(frozen=True, slots=True)
class CostRow:
    """One row behind a sum: `part` is spent, events, given or hours."""

    part: str
    ref: Ref
    what: str
    on: date
    amount: int = 0
    hours: Decimal | None = None


def thing_of(valuation: Valuation) -> Ref | None:
    """What it values; None where the reference cannot be read."""
    try:
        return Ref.parse(valuation.cites)
    except ValueError:
        return None


def currency_of(ref: Ref, otherwise: str) -> str:
    """The currency of a project, of events that of the house."""
    if ref.model == "project":
        return Project.objects.filter(pk=ref.id).values_list("currency", flat=True).first() or otherwise
    return otherwise


def _project(valuation: Valuation) -> int:
    ref = thing_of(valuation)
    return ref.id if ref is not None and ref.model == "project" else 0


def actuals_of(valuation: Valuation) -> QuerySet[Actual]:
    """Money spent on the project in the period."""
    rows = Actual.objects.filter(project_id=_project(valuation), line__is_income=False)
    return rows.filter(on__gte=valuation.begins_on, on__lte=valuation.ends_on)


def event_costs_of(valuation: Valuation) -> QuerySet[Cost]:
    """Costs of the event, or of events that serve the project, that began in the period."""
    return Cost.objects.filter(event__in=events_of(valuation))


def events_of(valuation: Valuation) -> QuerySet[Event]:
    """The event, or events that serve the project, that began in the period."""
    ref = thing_of(valuation)
    if ref is None:
        return Event.objects.none()
    zone = timezone.get_current_timezone()
    since = datetime.combine(valuation.begins_on, time.min, zone)
    until = datetime.combine(valuation.ends_on + timedelta(days=1), time.min, zone)
    events = Event.objects.filter(starts_at__gte=since, starts_at__lt=until)
    return (
        events.filter(pk=ref.id) if ref.model == "event" else events.filter(naming("cites", valuation.cites))
    )


def worked_at_events(valuation: Valuation) -> list[tuple[int, str, datetime, Decimal]]:
    """Key, title, begin and hours of each volunteer day: of those who came, as long as they stayed. One query.

    METHODS 1.3: the hours of volunteers are counted, those of people who came to a workshop are not. In hundredths of an hour.
    """
    days = events_of(valuation).filter(kind=Event.Kind.VOLUNTEER)
    rows = Registration.objects.filter(event__in=days, came_at__isnull=False, minutes__gt=0)
    found = rows.values_list("event_id", "event__title", "event__starts_at").annotate(total=Sum("minutes"))
    return [
        (key, title, at, round(Decimal(minutes) / 60, 2))
        for key, title, at, minutes in found.order_by("event__starts_at", "event_id")
    ]


def gifts_of(valuation: Valuation) -> QuerySet[Contribution]:
    """Goods and services to the project that count as money, and hours. Money that was given is not a cost: what it paid for is."""
    rows = Contribution.objects.filter(project_id=_project(valuation)).exclude(kind="money")
    return rows.filter(on__gte=valuation.begins_on, on__lte=valuation.ends_on)


def costs_of(valuation: Valuation) -> Costs:
    """Four queries."""
    spent = actuals_of(valuation).aggregate(total=Sum("amount"))["total"] or 0
    events: dict[bool, int] = {}
    foreign = 0
    for currency, total in event_costs_of(valuation).values_list("currency").annotate(total=Sum("amount")):
        if currency == valuation.currency:
            events[True] = total
        else:
            foreign += 1
    gifts = gifts_of(valuation).aggregate(worth=Sum("value"), worked=Sum("hours", filter=Q(value=0)))
    hours = (gifts["worked"] or Decimal(0)) + sum((one[3] for one in worked_at_events(valuation)), Decimal(0))
    return Costs(spent, events.get(True, 0), gifts["worth"] or 0, hours, foreign)


def cost_rows(valuation: Valuation) -> list[CostRow]:
    """The rows behind the sums, at most MOST_ROWS of each part, by day."""
    rows = [*_spent(valuation), *_of_events(valuation), *_given(valuation), *_worked(valuation)]
    return sorted(rows, key=lambda row: (row.on, row.part, row.ref.id))


def _spent(valuation: Valuation) -> Iterable[CostRow]:
    found: Any = actuals_of(valuation).select_related("line").order_by("on", "pk")[:MOST_ROWS]
    for row in found:
        what = f"{row.line.name}: {row.note}" if row.note else row.line.name
        yield CostRow("spent", Ref("projects", "project", row.project_id), what, row.on, row.amount)


def _of_events(valuation: Valuation) -> Iterable[CostRow]:
    rows = event_costs_of(valuation).filter(currency=valuation.currency).select_related("event")
    for row in rows.order_by("event__starts_at", "pk")[:MOST_ROWS]:
        on = timezone.localtime(row.event.starts_at).date()
        ref = Ref("events", "event", row.event_id)
        yield CostRow("events", ref, f"{row.event.title}: {row.what}", on, row.amount)


def _given(valuation: Valuation) -> Iterable[CostRow]:
    for row in gifts_of(valuation).order_by("on", "pk")[:MOST_ROWS]:
        ref = Ref("projects", "contribution", row.pk)
        if row.value:
            yield CostRow("given", ref, str(row), row.on, row.value)
        elif row.hours:
            yield CostRow("hours", ref, str(row), row.on, hours=row.hours)


def _worked(valuation: Valuation) -> Iterable[CostRow]:
    for key, title, at, hours in worked_at_events(valuation)[:MOST_ROWS]:
        yield CostRow("hours", Ref("events", "event", key), title, timezone.localtime(at).date(), hours=hours)
