"""What of this room hangs on a person, for the socket of belongings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref

from . import selectors, services
from .models import CampaignReader


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    services.hand_on(keep, absorb, change_set=change_set)


def _told(ref: Ref) -> Mapping[str, Any]:
    rows = selectors.everything_of(ref)
    return {"campaigns": rows} if rows else {}


def _erased(ref: Ref, *, by: Any) -> None:
    services.forget(ref)


def _held(refs: Sequence[Ref]) -> set[int]:
    rows = CampaignReader.objects.filter(person_id__in=[ref.id for ref in refs])
    return {key for key in rows.values_list("person_id", flat=True) if key}


PEOPLE = Belonging(
    models=("campaigns.CampaignReader", "campaigns.Campaign"),
    kinds=("people.person",),
    merge=_merged,
    export=_told,
    erase=_erased,
    holds=_held,
)
