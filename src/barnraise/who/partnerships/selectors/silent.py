"""Last contacts, read from the interactions, and who is silent for longer than was agreed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, DateField, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from barnraise.foundation.clock import offsets
from barnraise.foundation.policy import leads
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.snoozes.models import Snooze
from barnraise.who.interactions.models import Heard
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from ..models import Partnership
from ..models.partnership import LIVE
from ..silence import SOON

CARD = "partnerships.silences"
"""The card of Today."""
_ZONE = re.compile(r"[A-Za-z0-9_+\-/]+")


class _Day(Func):
    """The day of an instant in the time zone of the house. Done by the database itself, where Django would call Python for every row.

    `zone` is a name of a zone. SQLite knows none: it is told how many minutes each stretch of the zone's time is ahead of UTC.
    """

    output_field = DateField()
    arity = 1

    def __init__(self, *expressions: Any, zone: str) -> None:
        super().__init__(*expressions)
        self.zone = zone

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """It knows all zones."""
        if not _ZONE.fullmatch(self.zone):
            raise ValueError(f"not a time zone: {self.zone!r}")
        return self.as_sql(
            compiler, connection, template=f"(%(expressions)s AT TIME ZONE '{self.zone}')::date", **context
        )

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Instants are stored as texts in UTC, which sort as the instants do. The instant is read once: it may be a subquery."""
        stretches = offsets(self.zone, until=timezone.now().year + 1)
        whens = " ".join(
            f"WHEN at >= '{begin:%Y-%m-%d %H:%M:%S}' THEN '{minutes:+d} minutes'"
            for begin, minutes in stretches[:-1]
        )
        last = f"'{stretches[-1][1]:+d} minutes'"
        shift = f"CASE {whens} ELSE {last} END" if whens else last
        template = f"(SELECT date(at, {shift}) FROM (SELECT %(expressions)s AS at LIMIT 1))"  # noqa: S608 - only dates and numbers
        return self.as_sql(compiler, connection, template=template, **context)


class _Later(Func):
    """A day, so many days later."""

    output_field = DateField()
    arity = 2
    template = "(%(expressions)s)"
    arg_joiner = " + "

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Days are stored as texts."""
        template, joiner = "date(%(expressions)s || ' days')", ", '+' || "
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **context)


def with_snooze(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each row with `snoozed_until` and `snooze_reason`: until when Today says nothing of the silence, and why; None and "" when it does."""
    there = Snooze.objects.filter(card=CARD, kind="partnerships.partnership", key=OuterRef("pk"))
    there = there.filter(until__gte=timezone.localdate())
    read: QuerySet[Any] = rows.annotate(
        snoozed_until=Subquery(there.values("until")[:1]),
        snooze_reason=Coalesce(Subquery(there.values("reason")[:1]), Value("")),
    )
    return read


def with_contact(rows: QuerySet[Any], actor: Any) -> QuerySet[Any]:
    """Each row with `last_at`: when we last had to do with the partner, as far as this reader may know; None when never."""
    return heard_of(rows, knows_all=actor is None or leads(actor))


def heard_of(rows: QuerySet[Any], *, knows_all: bool) -> QuerySet[Any]:
    """`with_contact` for a reader who may know of all interactions, or of those of the team."""
    field = "last_at" if knows_all else "team_last_at"
    bodies = Heard.objects.filter(organisation=OuterRef("organisation_id")).values(field)[:1]
    persons = Heard.objects.filter(person=OuterRef("person_id")).values(field)[:1]
    read: QuerySet[Any] = rows.annotate(last_at=Coalesce(Subquery(bodies), Subquery(persons)))
    return read


def due(*, knows_all: bool) -> Case:
    """What `due_all_on` and `due_team_on` have to be, worked out from contacts, cadence and stage. Days are those of the house."""
    field = "last_at" if knows_all else "team_last_at"
    bodies = Heard.objects.filter(organisation=OuterRef("organisation_id")).values(field)[:1]
    persons = Heard.objects.filter(person=OuterRef("person_id")).values(field)[:1]
    last = Coalesce(Subquery(bodies), Subquery(persons))
    begin = Coalesce(_Day(last, zone=installation().time_zone), F("begun_on"), output_field=DateField())
    counts = When(cadence_days__isnull=False, stage__in=LIVE, then=_Later(begin, F("cadence_days")))
    return Case(counts, output_field=DateField())


def with_due(rows: QuerySet[Any], actor: Any) -> QuerySet[Any]:
    """Each row with `last_at`, and `due_on`: the last day on which a contact keeps what was agreed; None where nobody expects one."""
    field = "due_all_on" if actor is None or leads(actor) else "due_team_on"
    read: QuerySet[Any] = with_contact(rows, actor).annotate(due_on=F(field))
    return read


def in_silence(state: str, today: date) -> Q:
    """Of rows read `with_due`: those in this state of silence.Silence ("" for those without one)."""
    over = Q(due_on__lt=today)
    waiting = Snooze.objects.filter(card=CARD, kind="partnerships.partnership", until__gte=today)
    snoozed = Q(pk__in=waiting.values("key"))
    return {
        "": Q(due_on__isnull=True),
        "over": over & ~snoozed,
        "snoozed": over & snoozed,
        "soon": Q(due_on__gte=today, due_on__lte=today + timedelta(days=SOON)),
        "fine": Q(due_on__gt=today + timedelta(days=SOON)),
    }[state]


def with_a_cadence(kind: str) -> QuerySet[Any]:
    """Keys of the organisations or people ("label.model") whose silence is measured by what was agreed with them."""
    column = f"{kind.partition('.')[2]}_id"
    rows = Partnership.objects.filter(
        cadence_days__isnull=False, stage__in=LIVE, **{f"{column}__isnull": False}
    )
    keys: QuerySet[Any] = rows.values(column)
    return keys


def silences_for(actor: Any, *, today: date, most: int) -> list[Any]:
    """At most `most` silences that this reader should break: of relations they keep, else of those nobody keeps; longest first.

    Whoever has moved away, died or closed is not called. At most two queries.
    """
    found: list[Any] = []
    for condition in (Q(owner_id=actor.pk), Q(owner__isnull=True)):
        if len(found) < most:
            rows: QuerySet[Any] = with_snooze(
                Partnership.objects.select_related("organisation", "person", "owner")
            )
            rows = rows.filter(condition)
            rows = with_due(rows, actor).filter(in_silence("over", today))
            rows = rows.exclude(person__status__in=(Person.Status.INACTIVE, Person.Status.DECEASED))
            rows = rows.exclude(organisation__status=Organisation.Status.CLOSED)
            found += list(rows.order_by("due_on", "pk")[: most - len(found)])
    return found
