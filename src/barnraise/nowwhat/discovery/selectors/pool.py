"""Who is weighed. A register of a million organisations is never read.

Candidates are the active organisations that are no partner, not our own, not approached and not put off. Weighed are at most
MOST of them with coordinates, whose fields are those looked for, in the largest box around our places that holds no more (a
box that holds more than SCANNED organisations of any field is not looked into); the UNPLACED newest of those fields without
coordinates, and as many of no field at all among the NEWEST organisations; those who give something of a kind we ask for;
those kept in view. The number of queries does not grow with the directory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import cos, radians

from django.db.models import Exists, OuterRef, Q, QuerySet

from barnraise.foundation.geo import Box, box_around
from barnraise.plumbing.ui.lists.among import Among
from barnraise.plumbing.ui.lists.subqueries import is_there
from barnraise.who.organisations.models import Exchange, Organisation, Sector
from barnraise.who.organisations.selectors import fitting
from barnraise.who.organisations.selectors.fields import fields_named, is_prefixed, sector_words, stems
from barnraise.who.organisations.selectors.fitting import OurAsks
from barnraise.who.partnerships.models import Partnership

from ..models import Candidate
from ..scoring import Code, Known, Ranked, Sought, main_field, rank
from . import ties as tied
from .aims import Wish, centres, wishes
from .crowding import fields_of_partners

MOST, SCANNED, NEWEST, UNPLACED, WATCHED = 120, 8_000, 2_000, 50, 100
RADII_KM = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200)
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the ranking is narrowed to: one thing, kinds of organisation, a field ("NTEE:K30"), a distance."""

    for_: str = ""
    kinds: tuple[str, ...] = ()
    sector: str = ""
    within_km: int | None = None


@dataclass(slots=True)
class Found:
    """Candidates, best first, with what a page has to say about them.

    `radius_km` is the box that was looked into, None without one; `unplaced` how many of those weighed have no coordinates;
    `is_nowhere` says that a wanted distance could not be heeded, since nobody knows where we are.
    """

    wishes: list[Wish] = field(default_factory=list)
    ours: OurAsks = field(default_factory=OurAsks)
    ranked: list[Ranked] = field(default_factory=list)
    weighed: int = 0
    unplaced: int = 0
    radius_km: int | None = None
    is_nowhere: bool = False

    @property
    def seeks_something(self) -> bool:
        """There is a need, a goal or an ask to weigh anybody against."""
        return bool(self.wishes or self.ours.asks)


def look(wanted: Wanted, on: date, open_: list[Wish] | None = None) -> Found:
    """The candidates. At most fifty queries, each bounded. `open_`: all that is needed, where it has been read already."""
    asked_for = wishes(wanted.for_) if wanted.for_ or open_ is None else open_
    found = Found(asked_for, fitting.our_asks(on))
    if not found.seeks_something:
        return found
    places = _places(found)
    codes = _codes(found, wanted)
    keys = _keys(found, wanted, codes, box_around(places), on)
    ours = tied.contacts()
    contacts, ties = tied.ties(ours, keys, on) if len(ours) <= tied.MOST else (None, {})
    bodies = _known(keys, found, on, ties)
    found.weighed = len(bodies)
    found.unplaced = sum(1 for body in bodies if body.lat is None)
    if wanted.within_km is not None and not places:
        found.is_nowhere = True
    sought = Sought(
        aims=[wish.aim() for wish in found.wishes],
        sectors=sorted(codes),
        asks=frozenset(ask.key for ask in found.ours.asks),
        places=places,
        fields=fields_of_partners(),
        contacts=contacts,
    )
    ranked = rank(sought, bodies)
    if wanted.within_km is not None and places:
        ranked = [one for one in ranked if _is_within(one, wanted.within_km)]
    found.ranked = ranked
    return found


def _is_within(one: Ranked, km: int) -> bool:
    (term,) = [term for term in one.terms if term.name == "distance"]
    return term.value is not None and term.details["km"] <= km


def _places(found: Found) -> list[tuple[float, float]]:
    """Where we look: the communities of the needs, the places of our asks, else where we are."""
    keys = [wish.community for wish in found.wishes if wish.community is not None]
    places = {*(centres(keys) if keys else ()), *(place for ask in found.ours.asks for place in ask.places)}
    us = found.ours.own
    if not places and us is not None and us.lat is not None and us.lon is not None:
        return [(us.lat, us.lon)]
    return sorted(places)


def _codes(found: Found, wanted: Wanted) -> set[Code]:
    """The fields looked for: the chosen one, else those of our asks and those that the words of the needs speak of."""
    if wanted.sector:
        scheme, _colon, code = wanted.sector.partition(":")
        return {(scheme, code)}
    return {*fields_named(wish.text for wish in found.wishes), *(code for ask in found.ours.asks for code in ask.sectors)}  # fmt: skip


def candidates(on: date) -> QuerySet[Organisation]:
    """Active organisations that could become partners that day."""
    partners = Partnership.objects.filter(organisation=OuterRef("pk"))
    away = Candidate.objects.filter(organisation=OuterRef("pk")).filter(put_off(on))
    rows = Organisation.objects.filter(status=Organisation.Status.ACTIVE, is_own=False)
    return rows.exclude(Exists(partners)).exclude(Exists(away))


def put_off(on: date) -> Q:
    """Candidates that are not proposed that day."""
    return Q(verdict=Candidate.Verdict.APPROACHED) | Q(verdict=Candidate.Verdict.NOT_NOW, until__gte=on)


def _in_fields(rows: QuerySet[Organisation], codes: Collection[Code]) -> QuerySet[Organisation]:
    there = Q()
    for scheme, code in sorted({main_field(code) for code in codes}):
        if is_prefixed(scheme):
            there |= Q(scheme=scheme, code__gte=code, code__lt=chr(ord(code) + 1))
        else:
            there |= Q(scheme=scheme, code=code)
    return rows.filter(Exists(Sector.objects.filter(there, organisation=OuterRef("pk")))) if codes else rows


def _keys(found: Found, wanted: Wanted, codes: set[Code], around: Box | None, on: date) -> list[int]:
    rows = candidates(on)
    if wanted.kinds:
        rows = rows.filter(kind__in=wanted.kinds)
    in_fields = _in_fields(rows, codes)
    keys = set(_nearest(in_fields, around, wanted.within_km, found))
    if wanted.within_km is None or around is None:
        lost = _newest(
            in_fields.filter(lat__isnull=True), Organisation.objects.filter(lat__isnull=True), SCANNED
        )
        keys.update(lost.values_list("pk", flat=True)[:UNPLACED])
        if codes and not wanted.sector:
            keys.update(_without_field(rows))
    watched = Candidate.objects.filter(verdict=Candidate.Verdict.WATCH).order_by("-judged_on", "-pk")
    more = set(watched.values_list("organisation_id", flat=True)[:WATCHED])
    more |= fitting.givers(found.ours, fitting.Wanted(within_km=wanted.within_km), on)
    rest = in_fields if wanted.sector else rows
    keys.update(rest.filter(Among("pk", sorted(more - keys))).values_list("pk", flat=True))
    return sorted(keys)


def _without_field(rows: QuerySet[Organisation]) -> list[int]:
    """Keys of the newest of which nobody knows the field: lists often have none, and their words may still answer a need."""
    without = rows.filter(~is_there(Sector.objects.filter(organisation=OuterRef("pk"))))
    return list(_newest(without, Organisation.objects.all(), NEWEST).values_list("pk", flat=True)[:UNPLACED])


def _newest(rows: QuerySet[Organisation], of: QuerySet[Organisation], most: int) -> QuerySet[Organisation]:
    """These rows as far as they are among the newest `most` of all these, newest first: walked, and not collected."""
    edge = of.order_by("-pk").values_list("pk", flat=True)[most - 1 : most].first()
    return (rows.filter(pk__gte=edge) if edge is not None else rows).order_by("-pk")


def _nearest(rows: QuerySet[Organisation], around: Box | None, within: int | None, found: Found) -> list[int]:
    """Keys of those in the largest box that holds at most MOST of them; the newest where nobody knows where we are."""
    if around is None:
        newest = Organisation.objects.order_by("-pk").values("pk")[:SCANNED]
        return list(rows.filter(pk__in=newest).order_by("-pk").values_list("pk", flat=True)[:MOST])
    radii = [radius for radius in RADII_KM if within is None or radius < within]
    if within is not None and within <= RADII_KM[-1]:
        radii.append(within)
    everybody = Organisation.objects.all()
    bounded = _largest(radii, lambda km: _holds(_inside(everybody, around, km), SCANNED))
    fits = _largest(radii[: bounded + 1], lambda km: _holds(_inside(rows, around, km), MOST))
    found.radius_km = radii[fits]
    return _some(_inside(rows, around, radii[fits]), MOST)


def _largest(radii: Sequence[int], holds: Callable[[int], bool]) -> int:
    """The place of the largest radius for which it holds, looked for by halving; 0 when it holds for none."""
    first, last = 0, len(radii) - 1
    while first < last:
        middle = (first + last + 1) // 2
        if holds(radii[middle]):
            first = middle
        else:
            last = middle - 1
    return first


def _some(rows: QuerySet[Organisation], most: int) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True)[:most])


def _holds(rows: QuerySet[Organisation], most: int) -> bool:
    """Whether there are no more; the database counts no further."""
    return rows.order_by()[: most + 1].count() <= most


def _inside(rows: QuerySet[Organisation], box: Box, km: int) -> QuerySet[Organisation]:
    high = km / _KM_PER_DEGREE
    widest = max(abs(box.south - high), abs(box.north + high))
    wide = km / (_KM_PER_DEGREE * max(0.05, cos(radians(min(widest, 89.0)))))
    return rows.filter(
        lat__gte=box.south - high, lat__lte=box.north + high, lon__gte=box.west - wide, lon__lte=box.east + wide
    )  # fmt: skip


def _known(keys: Sequence[int], found: Found, on: date, ties: Mapping[int, Mapping[int, str]]) -> list[Known]:
    """What is weighed of these. Five queries and those of the fit."""
    codes: dict[int, list[Code]] = defaultdict(list)
    sectors = Sector.objects.filter(Among("organisation_id", keys))
    for key, scheme, code in sectors.values_list("organisation_id", "scheme", "code"):
        codes[key].append((scheme, code))
    fits = fitting.fits_among(found.ours, keys, on) if keys else fitting.Weighed()
    answers = {one.giver: frozenset(part.ask for part in one.fits) for one in fits.standings}
    givers = Exchange.objects.filter(Among("organisation_id", keys), direction=Exchange.Direction.GIVES)
    gives = set(givers.values_list("organisation_id", flat=True)) if keys else set()
    rows = Organisation.objects.filter(Among("pk", keys)).order_by("pk")
    bodies = []
    for key, name, mission, lat, lon in rows.values_list("pk", "name", "mission", "lat", "lon"):
        text = " ".join([name, mission[:2000], *(sector_words(*code) for code in codes[key])])
        bodies.append(
            Known(
                key, stems(text), codes[key], lat, lon, answers.get(key, frozenset()) if key in gives else None,
                ties.get(key, {}),
            )
        )  # fmt: skip
    return bodies


def titles_of_asks(found: Found) -> dict[int, str]:
    """What we ask for, by key."""
    return {key: row.what for key, row in found.ours.rows.items()}


def titles_of_wishes(found: Found) -> dict[str, str]:
    """What is needed, by typed reference."""
    return {str(wish.ref): wish.title for wish in found.wishes}


def organisations_shown(ranked: Sequence[Ranked]) -> dict[int, Organisation]:
    """By key the rows of those who are shown, with the register they come from."""
    rows = Organisation.objects.filter(Among("pk", [one.key for one in ranked])).select_related("source")
    return {row.pk: row for row in rows.defer("facts", "mission", "hours")}


def watched_among(keys: Collection[int]) -> dict[int, Candidate]:
    """Those of these organisations that somebody decided about, by key of the organisation."""
    return {
        row.organisation_id: row for row in Candidate.objects.filter(Among("organisation_id", list(keys)))
    }
