"""What of this room hangs on a person, for the socket of belongings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref

from . import selectors, services
from .models import Contribution, Placement


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    services.hand_on(keep, absorb, change_set=change_set)


def _erased(ref: Ref, *, by: Any) -> None:
    services.let_go(ref, by=by)


def _told(ref: Ref) -> Mapping[str, Any]:
    gifts = selectors.contributions_listed().filter(person_id=ref.id).order_by("on", "id")
    rows = selectors.placements_listed().filter(Q(person_id=ref.id) | Q(mentor_id=ref.id)).order_by("id")
    told: dict[str, Any] = {}
    if gifts:
        told["contributions"] = [
            {
                "project": one.project.name,
                "kind": one.kind,
                "on": one.on.isoformat(),
                "what": one.what,
                "hours": str(one.hours) if one.hours is not None else None,
                "value": one.value,
                "currency": one.project.currency,
                "note": one.note,
            }
            for one in gifts
        ]
    if rows:
        told["placements"] = [
            {
                "role": one.opening.name,
                "as": "mentor" if one.mentor_id == ref.id else one.opening.kind,
                "state": one.state,
                "applied_on": one.applied_on.isoformat(),
                "outcome": one.outcome if one.person_id == ref.id else "",
            }
            for one in rows
        ]
    return told


def _held(refs: Sequence[Ref]) -> set[int]:
    keys = [ref.id for ref in refs if ref.kind == "people.person"]
    held = set(Contribution.objects.filter(person_id__in=keys).values_list("person_id", flat=True))
    held |= set(Placement.objects.filter(person_id__in=keys).values_list("person_id", flat=True))
    held |= set(Placement.objects.filter(mentor_id__in=keys).values_list("mentor_id", flat=True))
    return {key for key in held if key is not None}


PEOPLE = Belonging(
    models=("projects.Contribution", "projects.Placement"),
    kinds=("people.person",),
    merge=_merged,
    export=_told,
    erase=_erased,
    holds=_held,
)
