"""Next steps as rows, and the few that a card or a profile shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone

from barnraise.foundation.policy import team
from barnraise.foundation.refs import Ref
from barnraise.foundation.roles import LEADS
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.prepared import prepared

from ..documents import to_json
from ..models import NextStep
from ..policies import read_by, steps_seen_by
from .rows import step_document

UNOWNED, FORGOTTEN_AFTER = 3, timedelta(days=30)
FEED_KEEPS = timedelta(days=60)
"""Done steps stay in a calendar for so long."""


def steps_listed(actor: Any = None) -> QuerySet[NextStep]:
    """The next steps this actor may read, with everything a row shows; without an actor, all."""
    rows = NextStep.objects.select_related("owner", "done_by", "person", "organisation", "interaction")
    if actor is None:
        return rows
    seen = steps_seen_by(actor)
    return rows.none() if seen is None else rows.filter(seen)


_SHOWN = ("id", "uuid", "text", "due_on", "done_at", "visibility", "owner__name", "owner__email")
"""What a line of a next step needs; a profile loads no more."""


def _lines(actor: Any) -> QuerySet[NextStep]:
    seen = steps_seen_by(actor)
    rows = NextStep.objects.filter(done_at__isnull=True)
    return rows.none() if seen is None else rows.filter(seen)


def one_step(uuid: UUID) -> NextStep:
    """The next step with whom it is about. Raises NextStep.DoesNotExist."""
    return steps_listed().get(uuid=uuid)


def one_step_by_key(key: int) -> NextStep:
    """The bare row. Raises NextStep.DoesNotExist."""
    return NextStep.objects.get(pk=key)


@prepared
def _open(key: int, *reader: int, model: str, most: int) -> QuerySet[NextStep]:
    rows = NextStep.objects.filter(done_at__isnull=True, **{f"{model}_id": key}).select_related("owner")
    for account in reader:
        rows = rows.filter(read_by(account))
    return rows.only(*_SHOWN)[:most]


def open_steps_of(ref: Ref, *, actor: Any, most: int = 6) -> list[NextStep]:
    """The open next steps about one person or organisation, those due first on top, those without a date last. One query."""
    seen = steps_seen_by(actor)
    if seen is None:
        return []
    keys = (ref.id, actor.pk) if seen else (ref.id,)
    found = list(_open(*keys, model=ref.model, most=most * 4))
    return sorted(found, key=lambda step: (step.due_on or date.max, step.pk))[:most]


def own_steps(actor: Any, *, most: int) -> list[NextStep]:
    """At most `most` of the actor's open next steps: those with a day by day, then those without. At most three queries.

    Whoever leads has those among them that nobody does yet: at most UNOWNED that are due or late by no more than a month.
    """
    named = ("person__uuid", "person__display_name", "organisation__uuid", "organisation__name")
    today = timezone.localdate()
    whole = _lines(actor).select_related("owner", "person", "organisation")
    whole = awake(whole, "interactions.steps", today).only(*_SHOWN, *named)
    rows, nobodys = whole.filter(owner_id=actor.pk), []
    if getattr(actor, "role", "") in LEADS:
        free = whole.filter(owner_id__isnull=True, due_on__gte=today - FORGOTTEN_AFTER)
        nobodys = list(free.order_by("due_on", "id")[:UNOWNED])
    found = list(rows.filter(due_on__isnull=False).order_by("due_on", "id")[: most - len(nobodys)])
    found = sorted([*found, *nobodys], key=lambda one: (one.due_on or date.max, one.pk))
    if len(found) < most:
        found += rows.filter(due_on__isnull=True).order_by("-id")[: most - len(found)]
    return found


def late_count(actor: Any, *, today: date) -> int:
    """How many of the actor's open next steps are late."""
    rows = NextStep.objects.filter(done_at__isnull=True, owner_id=actor.pk, due_on__lt=today)
    return awake(rows, "interactions.steps", today).count()


class CalendarLine(NamedTuple):
    """What a calendar says of a next step; whom it is about by name."""

    due_on: date
    id: int
    uuid: UUID
    text: str
    done_at: datetime | None
    updated_at: datetime
    person: str | None
    organisation: str | None


def _in_calendar(account: Any, today: date) -> list[QuerySet[NextStep]]:
    """Its open next steps, and those done lately, each found in an index; owners read all of their own."""
    if not team(account):
        return []
    own = NextStep.objects.filter(owner_id=account.pk, due_on__isnull=False)
    since = timezone.make_aware(datetime.combine(today - FEED_KEEPS, time.min))
    return [own.filter(done_at__isnull=True), own.filter(done_at__gte=since)]


def of_calendar(account: Any, *, today: date) -> list[CalendarLine]:
    """What stands in the calendar of an account, by day. Two queries."""
    columns = (
        "due_on",
        "id",
        "uuid",
        "text",
        "done_at",
        "updated_at",
        "person__display_name",
        "organisation__name",
    )
    return sorted(
        CalendarLine(*line) for rows in _in_calendar(account, today) for line in rows.values_list(*columns)
    )


def stamp_of_calendar(account: Any, today: date) -> str:
    """Another one whenever `of_calendar` says something else, a name too. Two queries, of one line each."""
    changed = (Max("updated_at"), Max("person__updated_at"), Max("organisation__updated_at"))
    there = [make(field) for make in (Count, Sum) for field in ("id", "person_id", "organisation_id")]
    rows = [rows.aggregate(*there, *changed) for rows in _in_calendar(account, today)]
    return repr([sorted((name, str(value)) for name, value in row.items()) for row in rows])


def step_snapshot(keys: Sequence[int]) -> Mapping[int, dict[str, Any]]:
    """By key what a change set keeps of it."""
    rows = NextStep.objects.filter(pk__in=list(keys))
    return {
        row.pk: {
            "document": to_json(step_document(row)),
            "interaction": row.interaction_id,
            "is_sample": row.is_sample,
        }
        for row in rows
    }
