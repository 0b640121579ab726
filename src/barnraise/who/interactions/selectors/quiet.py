"""Whom we have not heard of for long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from barnraise.foundation.policy import leads, team
from barnraise.foundation.refs import Ref
from barnraise.plumbing.snoozes.selectors import asleep
from barnraise.plumbing.ui.lists.opaque import tested
from barnraise.plumbing.ui.lists.subqueries import column_of, is_there
from barnraise.plumbing.ui.prepared import prepared
from barnraise.who.people.models import Person

from ..models import Heard, NextStep
from ..sockets import watches

AFTER = timedelta(days=90)
"""So long without a word is quiet."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody with a history who has gone quiet. `days` since the last interaction this reader may know of."""

    ref: Ref
    name: str
    url: str
    days: int
    owner: str
    step: NextStep | None


WINDOW, KEPT = 4_000, 300
"""So many of those who went quiet last are looked at for somebody else's, and for those of a reader who keeps more than KEPT: a look at
all of a million would cost too much."""


def _quiet(actor: Any, now: datetime) -> QuerySet[Heard]:
    rows = Heard.objects.filter(last_at__lt=now - AFTER).order_by("-last_at", "-id")
    return rows if leads(actor) else rows.filter(team_last_at__isnull=False)


def _not_reminded(rows: QuerySet[Heard], today: date) -> QuerySet[Heard]:
    """Without those that may wait today, and those that another card reminds of: asked for each, since there may be very many of them."""
    for kind, key in (("people.person", "person_id"), ("organisations.organisation", "organisation_id")):
        left_out = [
            asleep("interactions.quiet", kind, today),
            *(keys(kind) for _name, keys in watches.items()),
        ]
        for keys in left_out:
            rows = rows.filter(~_among(keys, key))
    return rows


def _among(keys: QuerySet[Any, Any], column: str) -> Q:
    """The one that the column names is among these keys."""
    return is_there(keys.filter(**{column_of(keys): OuterRef(column)}))


def gone_quiet(actor: Any, *, now: datetime, most: int) -> list[Quiet]:
    """At most `most` of those that somebody keeps (a person's owner, or an open next step), the actor's own first, quiet longest last.

    Somebody who has moved away or died, or has closed, is not called. At most nine queries.
    """
    if not team(actor):
        return []
    rows = _quiet(actor, now).select_related("person", "person__owner", "organisation")
    rows = _not_reminded(rows, timezone.localdate(now))
    steps = NextStep.objects.filter(done_at__isnull=True)
    mine = steps.filter(owner_id=actor.pk)
    # Asked of one thing, its steps are looked up by the thing and not among all of the owner.
    of_one = steps.filter(tested(Q(owner_id=actor.pk)))
    persons = Person.objects.filter(owner_id=actor.pk).values("pk")
    own = (
        ("person_id", persons, persons),
        ("person_id", _of(mine, "person_id"), _of(of_one, "person_id")),
        ("organisation_id", _of(mine, "organisation_id"), _of(of_one, "organisation_id")),
    )
    last = _last(rows, actor, now)
    found: dict[int, Heard] = {}
    many = Q()
    for column, keys, asked in own:
        some = list(keys.values_list(column_of(keys), flat=True)[: KEPT + 1])
        if len(some) > KEPT:
            many |= _among(asked, column)
        elif some:
            found |= _called(rows.filter(**{f"{column}__in": some}), most)
    if many:
        found |= _called(last.filter(many), most)
    ordered = sorted(found.values(), key=lambda row: (row.last_at, row.pk), reverse=True)[:most]
    if len(ordered) < most:
        kept = Q(person__owner__isnull=False) | _among(_of(steps, "person_id"), "person_id")
        kept |= _among(_of(steps, "organisation_id"), "organisation_id")
        others = _called(last.filter(kept), most)
        ordered += [row for row in others.values() if row.pk not in found][: most - len(ordered)]
    return _described(ordered, actor, now)


def _last(rows: QuerySet[Heard], actor: Any, now: datetime) -> QuerySet[Heard]:
    """Of these rows those among the WINDOW who went quiet last."""
    edge = _quiet(actor, now).values_list("last_at", flat=True)[WINDOW - 1 : WINDOW].first()
    return rows.filter(last_at__gte=edge) if edge is not None else rows


def _called(rows: QuerySet[Heard], most: int) -> dict[int, Heard]:
    """The first of these whom anybody would still call, by key."""
    return {row.pk: row for row in rows[: most * 2] if _is_about(row)}


def _of(steps: QuerySet[NextStep], column: str) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = steps.filter(**{f"{column}__isnull": False}).values(column)
    return found


def _is_about(row: Heard) -> bool:
    """Whether anybody would still call."""
    if row.person is not None:
        return row.person.is_active
    return row.organisation is not None and not row.organisation.is_closed


def _described(rows: Sequence[Heard], actor: Any, now: datetime) -> list[Quiet]:
    steps = _steps(rows)
    found = []
    for row in rows:
        thing: Any = row.person or row.organisation
        last = row.last_at if leads(actor) else row.team_last_at or row.last_at
        owner = row.person.owner if row.person is not None else None
        found.append(
            Quiet(
                ref=Ref.to(thing),
                name=str(thing),
                url=thing.get_absolute_url(),
                days=(now - last).days,
                owner=str(owner) if owner else "",
                step=steps.get((row.person_id, row.organisation_id)),
            )
        )
    return found


def _steps(rows: Sequence[Heard]) -> dict[tuple[int | None, int | None], NextStep]:
    people = [row.person_id for row in rows if row.person_id]
    bodies = [row.organisation_id for row in rows if row.organisation_id]
    steps = NextStep.objects.filter(done_at__isnull=True, visibility="team").filter(
        Q(person_id__in=people) | Q(organisation_id__in=bodies)
    )
    found: dict[tuple[int | None, int | None], NextStep] = {}
    for step in sorted(steps.select_related("owner"), key=lambda one: (one.due_on or date.max, one.pk)):
        found.setdefault((step.person_id, None), step)
        found.setdefault((None, step.organisation_id), step)
    return found


_heard = prepared(lambda key, *, model: Heard.objects.filter(**{f"{model}_id": key})[:1])


def last_contact(ref: Ref, *, actor: Any) -> tuple[datetime, int] | None:
    """When the last interaction was and how many there are, as far as this reader may know; None without any. One query."""
    row = _heard.first(ref.id, model=ref.model)
    if row is None:
        return None
    if leads(actor):
        return row.last_at, row.count
    return (row.team_last_at, row.team_count) if row.team_last_at is not None else None
