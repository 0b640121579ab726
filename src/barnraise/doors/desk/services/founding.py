"""What the first run makes: the place as the first community, the partnership as our own organisation."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from barnraise.foundation.policy import require
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.profile.services import change_installation
from barnraise.who.communities.models import Community
from barnraise.who.communities.services import register_community
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.selectors import own
from barnraise.who.organisations.services import OrganisationDocument, register_organisation, set_own

from ..policies import may_set_up


@transaction.atomic
def found_place(*, place: str, kind: str, by: Any) -> Community | None:
    """State the place, and make it the first community unless there is a real one already (then None)."""
    require(may_set_up, by)
    change_installation(by=by, place=place)
    made = None
    if place.strip() and not Community.objects.filter(is_sample=False).exists():
        made = register_community(name=place, kind=kind, by=by)
    name_own_organisation(by=by)
    return made


@transaction.atomic
def name_own_organisation(*, by: Any) -> Organisation | None:
    """Make the partnership our own organisation; None when it has no name yet or there is one already."""
    require(may_set_up, by)
    name = installation().network_name
    if not name or own() is not None:
        return None
    served = Community.objects.filter(is_sample=False).order_by("id").values_list("id", flat=True)[:1]
    row = register_organisation(
        OrganisationDocument(name=name, kind="nonprofit", communities=tuple(served)), by=by
    )
    set_own(row, by=by)
    return row
