"""What a community lacks in organisations: nobody who serves it, and sectors nobody serves."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.who.communities.sockets import Gap

from .. import sectors
from ..models import Organisation, Sector, Serves

EXPECTED = ("B", "E", "F", "J", "K", "L", "N", "O", "P", "S")
"""NTEE major groups that people of any place need: from education to community improvement."""

_BY_KIND = {Organisation.Kind.SCHOOL: "B", Organisation.Kind.HEALTH: "E"}
_LOOKED_AT = 2000
"""With more organisations than that every sector is taken to be there."""


def gaps(actor: Any, community: Any) -> list[Gap]:
    """Nobody serves it, or: which of the sectors EXPECTED no organisation that serves it works in, as far as codes tell."""
    keys = list(
        Serves.objects.filter(community_id=community.pk).values_list("organisation_id", flat=True)[
            : _LOOKED_AT + 1
        ]
    )
    if not keys:
        return [Gap(_("Nobody is noted as serving it."), reverse("organisations:list"), _("Say who does"))]
    if len(keys) > _LOOKED_AT:
        return []
    codes = Sector.objects.filter(organisation_id__in=keys, scheme="NTEE").values_list("code", flat=True)
    kinds = Organisation.objects.filter(pk__in=keys).values_list("kind", flat=True).distinct()
    there = {code[:1] for code in codes.distinct()} | {_BY_KIND.get(kind, "") for kind in kinds}  # type: ignore[call-overload]
    lacking = [sectors.label("NTEE", code) for code in EXPECTED if code not in there]
    if not lacking:
        return []
    words = _("Nobody who serves it works, by their sectors, in: %(sectors)s.") % {
        "sectors": "; ".join(lacking)
    }
    listed = f"{reverse('organisations:list')}?community={community.pk}"
    return [Gap(words, listed, _("See who serves it"))]
