"""Partnerships and their histories."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from barnraise.foundation.policy import leads
from barnraise.foundation.refs import Ref
from barnraise.foundation.roles import TEAM
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui.hung import with_names
from barnraise.plumbing.ui.prepared import prepared
from barnraise.who.organisations import selectors as organisations
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Role

from ..models import Partnership, Rating, StageChange
from .silent import heard_of, with_snooze

KIND, STAGE, RATING = "partnerships.partnership", "partnerships.stagechange", "partnerships.rating"
NAMESAKES = 50


def listed(actor: Any = None) -> QuerySet[Partnership]:
    """All partnerships with partner, owner, and how their reminder waits."""
    return with_snooze(Partnership.objects.select_related("organisation", "person", "owner"))


def one(uuid: UUID) -> Partnership:
    """With partner and owner. Raises Partnership.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_row(uuid: UUID) -> Partnership:
    """The same: a partnership without its partner says nothing."""
    return one(uuid)


def one_by_key(key: int) -> Partnership:
    """Raises Partnership.DoesNotExist."""
    return listed().get(pk=key)


def of_thing(thing: Any, actor: Any = None) -> Partnership | None:
    """The partnership with this organisation or person, with `last_at` as far as the reader may know; None without one."""
    knows_all = actor is None or leads(actor)
    return _of.first(thing.pk, model=Ref.to(thing).model, knows_all=knows_all, today=timezone.localdate())


@prepared
def _of(key: int, *, model: str, knows_all: bool, today: date) -> QuerySet[Partnership]:
    """The day is that of the snoozes."""
    rows = Partnership.objects.select_related("owner").only(
        *with_names(Partnership, "owner__name", "owner__email")
    )
    return heard_of(with_snooze(rows), knows_all=knows_all).filter(**{f"{model}_id": key})[:1]


def meant(text: str) -> Q | None:
    """Partnerships with organisations or people of this name, number or address; None where there are none."""
    bodies = organisations.named(text, NAMESAKES)
    persons = people.named(text, NAMESAKES)
    found = Q(organisation_id__in=bodies) | Q(person_id__in=persons)
    return found if Partnership.objects.filter(found).exists() else None


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names of the partners by key."""
    return {row.pk: str(row) for row in listed().filter(pk__in=list(keys))}


def owners() -> list[Account]:
    """Who may keep a relation: active accounts of the team, by name."""
    roles = [str(role) for role in TEAM]
    return list(Account.objects.active().filter(role__in=roles).order_by("name", "email"))


def stages_listed(actor: Any = None) -> QuerySet[StageChange]:
    """All lines of the history of stages."""
    return StageChange.objects.select_related("partnership", "by")


def ratings_listed(actor: Any = None) -> QuerySet[Rating]:
    """All ratings."""
    return Rating.objects.select_related("partnership", "by")


def stages_of(partnership: Partnership) -> list[StageChange]:
    """Its stages, the latest first."""
    return list(stages_listed().filter(partnership=partnership).order_by("-since_on", "-id"))


def one_rating(uuid: UUID) -> Rating:
    """Raises Rating.DoesNotExist."""
    return ratings_listed().get(uuid=uuid)


def ratings_of(partnership: Partnership) -> list[Rating]:
    """Its ratings, the latest first."""
    return list(ratings_listed().filter(partnership=partnership).order_by("-rated_on", "-id"))


def stage_counts(rows: QuerySet[Partnership]) -> dict[str, int]:
    """How many of these stand in each stage. One query."""
    return dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))


def people_in_stages(stages: Collection[str], today: date) -> QuerySet[Any]:
    """Keys of the people whose own partnership is in one of these stages, and of those with a role that day in such an organisation."""
    there = Partnership.objects.filter(stage__in=list(stages))
    bodies = there.filter(organisation__isnull=False).values("organisation_id")
    roles = Role.objects.filter(people.current(today), organisation_id__in=bodies).values("person_id")
    return there.filter(person__isnull=False).values("person_id").union(roles)


def with_a_partnership(refs: Collection[Ref]) -> set[int]:
    """Keys of those of these things, all of one kind, that have a partnership."""
    column = f"{next(iter(refs)).model}_id" if refs else "person_id"
    keys = [ref.id for ref in refs]
    rows = Partnership.objects.filter(**{f"{column}__in": keys})
    return set(rows.values_list(column, flat=True))


def everything_of(ref: Ref) -> list[dict[str, Any]]:
    """The partnership with this thing as JSON values, with both histories; empty without one."""
    row = listed().filter(**{f"{ref.model}_id": ref.id}).first()
    if row is None:
        return []
    names = ("about", "stage", "cadence_days", "snooze_reason", "agreement")
    days = ("begun_on", "agreed_on", "agreement_ends_on", "snoozed_until")
    return [
        {
            **{name: getattr(row, name) for name in names},
            **{name: _day(getattr(row, name)) for name in days},
            "owner": str(row.owner) if row.owner else None,
            "stages": [
                {"stage": one.stage, "since_on": _day(one.since_on), "reason": one.reason}
                for one in stages_of(row)
            ],
            "ratings": [
                {
                    "influence": one.influence,
                    "interest": one.interest,
                    "rated_on": _day(one.rated_on),
                    "note": one.note,
                }
                for one in ratings_of(row)
            ],
        }
    ]


def cited(ref: Ref) -> list[Ref]:
    """Whom the partnership is with."""
    row = Partnership.objects.filter(pk=ref.id).first()
    if row is None:
        return []
    if row.organisation_id:
        return [Ref("organisations", "organisation", row.organisation_id)]
    return [Ref("people", "person", row.person_id or 0)]


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
