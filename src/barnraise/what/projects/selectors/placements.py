"""Openings and the people who take them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from barnraise.plumbing.snoozes.selectors import awake
from barnraise.who.people.models import Person

from ..models import Opening, Placement, Project
from ..states import TAKES_A_PLACE


def openings_of(project: Project) -> list[Opening]:
    """A project's openings, each with `taken_count` and `applied_count`."""
    rows = Opening.objects.filter(project=project).annotate(
        taken_count=Count("placements", filter=Q(placements__state__in=sorted(TAKES_A_PLACE))),
        applied_count=Count("placements", filter=Q(placements__state="applied")),
    )
    return list(rows.order_by("id"))


def one_opening(uuid: UUID) -> Opening:
    """Raises Opening.DoesNotExist."""
    return Opening.objects.select_related("project").get(uuid=uuid)


def one_public_opening(uuid: UUID) -> Opening:
    """An opening that has a page for everybody. Raises Opening.DoesNotExist."""
    return Opening.objects.select_related("project").get(uuid=uuid, is_public=True)


def placements_listed(actor: Any = None) -> QuerySet[Placement]:
    """All placements with opening, project and people."""
    return Placement.objects.select_related("opening__project", "person", "mentor")


def one_placement(uuid: UUID) -> Placement:
    """Raises Placement.DoesNotExist."""
    return placements_listed().get(uuid=uuid)


def placements_of(opening: Opening) -> list[Placement]:
    """Everybody of an opening, those who wait first."""
    order = {code: at for at, code in enumerate(Placement.State.values)}
    rows = placements_listed().filter(opening=opening).order_by("applied_on", "id")
    return sorted(rows, key=lambda row: order[row.state])


def placements_with(person: Person) -> list[Placement]:
    """What a person applied for, did, or mentored, the latest first."""
    rows = placements_listed().filter(Q(person=person) | Q(mentor=person))
    return list(rows.order_by("-applied_on", "-id")[:30])


def taken(opening: Opening) -> int:
    """How many places are taken."""
    return Placement.objects.filter(opening=opening, state__in=sorted(TAKES_A_PLACE)).count()


def follow_ups_due(today: date, *, most: int) -> list[Placement]:
    """Placements whose follow-up is due, the longest wait first."""
    rows = placements_listed().filter(follow_up_on__lte=today, followed_up_on__isnull=True)
    rows = awake(rows, "projects.due", today)
    return list(rows.order_by("follow_up_on", "id")[:most])


def waiting_applications(before: date, *, most: int) -> list[Placement]:
    """Applications from before then that nobody answered."""
    rows = placements_listed().filter(state="applied", applied_on__lt=before)
    rows = awake(rows, "projects.due", timezone.localdate())
    return list(rows.order_by("applied_on", "id")[:most])
