"""What is missing about a community: an explicit list, each with where it can be mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.periods import whole_years_since

from . import policies
from .models import Community, Headcount
from .portrait import Portrait
from .sockets import Gap, gaps

STALE_YEARS = 4
"""Full years after which a figure or headcount is called old: public figures appear one to three years late."""


def missing(
    actor: Any, community: Community, headcounts: Sequence[Headcount], known: Portrait, *, now: datetime
) -> list[Gap]:
    """What this room and those above miss, in that order; the ways to mend it only for those who may write."""
    found = [
        *_place(community),
        *_people(community, headcounts, now),
        *_figures(community, known, now),
    ]
    for plug in gaps:
        found += plug(actor, community)
    if policies.may_write(actor, community):
        return found
    return [Gap(one.text) for one in found]


def _place(community: Community) -> list[Gap]:
    change = reverse("communities:change", args=[community.uuid])
    found = []
    if community.boundary is None and community.kind != Community.Kind.POPULATION:
        found.append(Gap(_("No boundary: it is not on the map."), f"{change}#draw", _("Draw it")))
    if not community.identifiers.all():
        found.append(
            Gap(
                _("No identifier: files of public figures cannot find it."),
                f"{change}#id_identifiers",
                _("Add its code"),
            )
        )
    if not community.description:
        found.append(Gap(_("No description: nobody has said who lives there."), change, _("Describe it")))
    return found


def _people(community: Community, headcounts: Sequence[Headcount], now: datetime) -> list[Gap]:
    add = reverse("communities:add_headcount", args=[community.uuid])
    everyone = [one.year for one in headcounts if not one.group]
    if not everyone:
        return [Gap(_("No headcount of everyone."), add, _("Add a headcount"))]
    if now.year - max(everyone) > STALE_YEARS:
        words = ngettext(
            "The newest headcount is of %(year)d: more than %(n)d year old.",
            "The newest headcount is of %(year)d: more than %(n)d years old.",
            STALE_YEARS,
        ) % {"year": max(everyone), "n": STALE_YEARS}
        return [Gap(words, add, _("Add a newer one"))]
    return []


def _figures(community: Community, known: Portrait, now: datetime) -> list[Gap]:
    if not known.many:
        words = _("No figures: nothing public is known of how people fare there.")
        return [Gap(words, reverse("imports:start"), _("Take in a file"))]
    lines = [line for group in known.groups for line in group.lines]
    listed = f"{reverse('communities:figures')}?community={community.pk}"
    found = []
    old = sum(whole_years_since(line.figure.ends_on, now.date()) >= STALE_YEARS for line in lines)
    if old:
        words = ngettext(
            "%(count)d measure has no figure newer than %(n)d years.",
            "%(count)d measures have no figure newer than %(n)d years.",
            old,
        ) % {"count": old, "n": STALE_YEARS}
        found.append(Gap(words, f"{listed}&sort=ends_on", _("See which")))
    blank = sum(line.figure.value is None for line in lines)
    if blank:
        words = ngettext(
            "%(count)d measure has no known value in its newest period.",
            "%(count)d measures have no known value in their newest period.",
            blank,
        ) % {"count": blank}
        found.append(Gap(words, f"{listed}&known=0", _("See which")))
    alone = sum(not line.standings and line.figure.value is not None for line in lines)
    if alone:
        words = ngettext(
            "%(count)d measure has nothing to be compared with.",
            "%(count)d measures have nothing to be compared with.",
            alone,
        ) % {"count": alone}
        found.append(Gap(words, listed, _("See which")))
    return found
