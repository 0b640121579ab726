"""Placements that a file tells of: what happened stands as it did, without mails and without the steps between."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, amend
from barnraise.plumbing.search import services as search

from ..models import Opening, Placement
from ..selectors import PLACEMENT, taken
from ..states import TAKES_A_PLACE
from .placements import LIVE


def check_placement(
    opening: Opening,
    *,
    person: int,
    state: str,
    applied_on: date | None,
    started_on: date | None,
    ended_on: date | None,
    hours: Decimal | None,
    besides: Collection[tuple[int, str]] = (),
    placement: Placement | None = None,
) -> None:
    """Raise ValidationError by field for what cannot be: a day to come, negative hours, twice in one role, no place left.

    `besides`: people and states that are about to be written for the same opening. `placement`: the one that is to become so.
    """
    today = timezone.localdate()
    found: dict[str, Any] = {}
    for name, day in (("applied_on", applied_on), ("started_on", started_on), ("ended_on", ended_on)):
        if day is not None and day > today:
            found[name] = _("This day lies in the future.")
    if hours is not None and not 0 <= hours < 10**7:
        found["hours"] = _("It must not be negative.")
    if (ended_on is None) == (state in ("finished", "left")):
        found["ended_on"] = _(
            "Write the day on which it ended, for those who finished or left, and only for them."
        )
    there = Placement.objects.filter(opening=opening, person_id=person, state__in=LIVE)
    there = there.exclude(pk=placement.pk) if placement else there
    has_one = placement is not None and placement.state in TAKES_A_PLACE
    if state in LIVE and (any(who == person and one in LIVE for who, one in besides) or there.exists()):
        found["person"] = _("They have applied or are in it already.")
    coming = sum(one in TAKES_A_PLACE for _who, one in besides)
    if state in TAKES_A_PLACE and not has_one and taken(opening) + coming >= opening.places:
        found["state"] = _("All places are taken.")
    if found:
        raise ValidationError(found)


def bring_placement(opening: Opening, *, person: int, by: Any, change_set: Any, **said: Any) -> Placement:
    """Write it in the caller's transaction, kept in the change set. Raises ValidationError as `check_placement`."""
    now = timezone.now()
    with transaction.atomic():
        row = Opening.objects.select_for_update().get(pk=opening.pk)
        check_placement(row, person=person, **said)
        made = Placement.objects.create(
            opening=row, person_id=person, created_at=now, updated_at=now, **_with_match(said)
        )
        change = Change(kind=PLACEMENT, key=made.pk, action=Change.Action.CREATED)
        add_changes(change_set=change_set, changes=[change])
        search.index(PLACEMENT, [made.pk])
    return made


def amend_placements(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence or a mail, in the caller's transaction; the changes for an undo."""

    def settle(row: Placement) -> None:
        row.matched_on = row.matched_on or row.started_on

    found = amend(Placement, given, at=at, settle=settle)
    search.index(PLACEMENT, [change.key for change in found])
    return found


def _with_match(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "matched_on": said["started_on"]}
