"""Apply for an opening, match, start, finish, follow up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.who.people.models import Person

from ..models import Opening, Placement
from ..selectors import PLACEMENT as FOUND
from ..selectors import taken
from ..states import PLACEMENT, TAKES_A_PLACE, may_become
from . import writing
from .into_directory import into_directory

DATED = {"matched": "matched_on", "started": "started_on", "finished": "ended_on", "left": "ended_on"}
LIVE = ("applied", "matched", "started")


def apply(
    opening: Opening, *, person: Person, by: Any, on: date | None = None, is_sample: bool = False
) -> Placement:
    """A person wants to take it. Raises ValidationError when it is closed, or they are in it already."""
    now = timezone.now()
    today = timezone.localdate(now)
    with transaction.atomic():
        row = Opening.objects.select_for_update().get(pk=opening.pk)
        if row.is_closed or (row.closes_on is not None and row.closes_on < today):
            raise ValidationError({"person": _("This opening is closed.")})
        if Placement.objects.filter(opening=row, person=person, state__in=LIVE).exists():
            raise ValidationError({"person": _("They have applied or are in it already.")})
        if on is not None and on > today:
            raise ValidationError({"on": _("This day lies in the future.")})
        made = Placement.objects.create(
            opening=row,
            person=person,
            applied_on=on or today,
            is_sample=is_sample,
            created_at=now,
            updated_at=now,
        )
        record(by=by, verb="projects.applied", about=[row.project, person], details={"name": row.name})
        search.index(FOUND, [made.pk])
    return made


def move_placement(
    placement: Placement, *, state: str, by: Any, on: date | None = None, mentor: Person | None = None
) -> Placement:
    """Match, start, finish, leave or decline. Raises ValidationError for a step that does not follow, or when all places are taken."""
    day = on or timezone.localdate()
    with transaction.atomic():
        opening = Opening.objects.select_for_update().get(pk=placement.opening_id)
        row = Placement.objects.select_for_update().get(pk=placement.pk)
        if state == row.state:
            return row
        if not may_become(PLACEMENT, row.state, state):
            raise ValidationError({"state": _("This step does not follow on where they are.")})
        if state in TAKES_A_PLACE and row.state not in TAKES_A_PLACE and taken(opening) >= opening.places:
            raise ValidationError({"state": _("All places are taken.")})
        if mentor is not None and mentor.pk == row.person_id:
            raise ValidationError({"mentor": _("Nobody is their own mentor.")})
        row.state = state
        if state in TAKES_A_PLACE:
            into_directory(row, by=by)
        if state in DATED:
            setattr(row, DATED[state], day)
        if mentor is not None:
            row.mentor = mentor
        if state == Placement.State.FINISHED and row.follow_up_on is None:
            row.follow_up_on = _later(day)
        row.save(
            update_fields=[
                "state",
                "person",
                "name",
                "email",
                "matched_on",
                "started_on",
                "ended_on",
                "mentor",
                "follow_up_on",
                *writing.stamp(row),
            ]
        )
        about = [opening.project, *(one for one in (row.person, row.mentor) if one is not None)]
        record(by=by, verb=f"projects.placement_{state}", about=about, details={"name": opening.name})
        search.index(FOUND, [row.pk])
    return row


def _later(day: date) -> date:
    """Three months on; the last day of a shorter month."""
    year, month = day.year + (day.month + 2) // 12, (day.month + 2) % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise ValueError("every month has 28 days")


def change_placement(
    placement: Placement, *, by: Any, hours: Decimal | None, follow_up_on: date | None
) -> bool:
    """Hours worked, and when to ask again. Raises ValidationError by field."""
    if hours is not None and hours < 0:
        raise ValidationError({"hours": _("It must not be negative.")})
    with transaction.atomic():
        row = Placement.objects.select_for_update().get(pk=placement.pk)
        if (row.hours, row.follow_up_on) == (hours, follow_up_on):
            return False
        told = {"hours": (writing.plain(row.hours), writing.plain(hours))}
        row.hours, row.follow_up_on = hours, follow_up_on
        row.save(update_fields=["hours", "follow_up_on", *writing.stamp(row)])
        about = [row.opening.project, *([row.person] if row.person else [])]
        record(
            by=by,
            verb="projects.placement_changed",
            about=about,
            changes=told,
            details={"name": row.opening.name},
        )
    return True


def follow_up(placement: Placement, *, outcome: str, by: Any) -> Placement:
    """Keep what became of it. Raises ValidationError without words."""
    said = squeeze(outcome)
    if not said or len(said) > 500 or "\x00" in said:
        raise ValidationError({"outcome": _("Write what became of it, in at most 500 characters.")})
    with transaction.atomic():
        row = Placement.objects.select_for_update().get(pk=placement.pk)
        row.outcome, row.followed_up_on = said, timezone.localdate()
        row.save(update_fields=["outcome", "followed_up_on", *writing.stamp(row)])
        about = [row.opening.project, *([row.person] if row.person else [])]
        record(by=by, verb="projects.followed_up", about=about, details={"name": row.opening.name})
        search.index(FOUND, [row.pk])
    return row


def remove_placement(placement: Placement, *, by: Any) -> None:
    """Take an application away that was noted by mistake. Raises ValidationError once they have started."""
    with transaction.atomic():
        row = Placement.objects.select_for_update().get(pk=placement.pk)
        if row.started_on is not None:
            raise ValidationError(_("They have started: let them finish or leave instead."))
        about = [row.opening.project, *([row.person] if row.person else [])]
        record(by=by, verb="projects.placement_removed", about=about, details={"name": row.opening.name})
        search.remove(FOUND, [row.pk])
        row.delete()
