"""What is ranked against what we need now: our asks, and those who give something of the kinds asked for.

A million organisations are never read. What counts are open gives of the kinds asked for, found in one index: all of them
while they are at most MOST, else those in the largest box around our places that holds at most MOST, and of those without
coordinates the UNPLACED noted last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import cos, radians

from django.db.models import Q, QuerySet

from barnraise.foundation.geo import Box, box_around
from barnraise.plumbing.ui.lists.among import Among
from barnraise.plumbing.ui.lists.opaque import Sorted, tested
from barnraise.who.communities.models import Community

from ..fit import Amount, Ask, Gift, Giver, Standing, nearest, rank
from ..models import Exchange, Organisation, Sector, Serves
from ..season import season_of
from .exchanges import communities_of_exchanges, document_of, owned_by, valid_on
from .rows import own

MOST = 500
"""Gives that are weighed."""
MOST_AMONG = 2000
"""The same, of organisations that were chosen before."""
UNPLACED = 100
"""Of them at most so many without coordinates."""
RADII_KM = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200)
_KM_PER_DEGREE = 111.2
_AT_ONCE = 1000


@dataclass(slots=True)
class OurAsks:
    """Our own organisation (None while nobody has named it), what it asks for now, and its asks that wait for their season
    or their first day."""

    own: Organisation | None = None
    rows: dict[int, Exchange] = field(default_factory=dict)
    asks: list[Ask] = field(default_factory=list)
    communities: dict[int, Community] = field(default_factory=dict)
    waiting: int = 0


@dataclass(slots=True)
class Weighed:
    """Who fits, best first, with what a page has to say about them.

    `gives` is how many gives were weighed; `radius_km` the box that was looked into when there were more, None for
    everywhere. Of a wanted distance: `placeless` gives are left out since nobody knows where they are (counted up to MOST),
    `is_nowhere` says that nobody knows where we are, so that it could not be heeded.
    """

    standings: list[Standing] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)
    gifts: dict[int, Gift] = field(default_factory=dict)
    radius_km: int | None = None
    gives: int = 0
    placeless: int = 0
    is_nowhere: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the ranking is narrowed to: one ask, kinds of organisation, communities of which one is served, a distance."""

    ask: int | None = None
    kinds: tuple[str, ...] = ()
    communities: frozenset[int] = frozenset()
    within_km: int | None = None


def is_asking() -> bool:
    """Our own organisation seeks something, now or in its season. One query."""
    us = Organisation.objects.filter(is_own=True).values("pk")[:1]
    return owned_by(us, Q(direction=Exchange.Direction.SEEKS, status=Exchange.Status.OPEN)).exists()


def our_asks(on: date, *, is_shaped: bool = True) -> OurAsks:
    """What our own organisation seeks on that day. At most seven queries; without their shape, which weighing needs, two."""
    us = own()
    if us is None:
        return OurAsks()
    lasting = Q(valid_until=None) | Q(valid_until__gte=on)
    seeks = Q(direction=Exchange.Direction.SEEKS, status=Exchange.Status.OPEN) & lasting
    coming = list(owned_by(us, seeks).order_by("what_folded", "pk"))
    rows = {row.pk: row for row in coming if _holds(row, on)}
    found = OurAsks(us, rows, waiting=len(coming) - len(rows))
    if rows and is_shaped:
        _shape_asks(found)
    return found


def _holds(row: Exchange, on: date) -> bool:
    """Begun, and in its season."""
    if row.valid_from is not None and row.valid_from > on:
        return False
    return season_of(row.months, row.season_from, row.season_until).holds(on)


def _shape_asks(found: OurAsks) -> None:
    us = found.own
    assert us is not None  # noqa: S101 - there are asks only where there is somebody who asks
    concerned = communities_of_exchanges(found.rows)
    served = list(Serves.objects.filter(organisation=us).values_list("community_id", flat=True))
    sectors = list(Sector.objects.filter(organisation=us).values_list("scheme", "code"))
    touching = _touching({*served, *(key for keys in concerned.values() for key in keys)})
    found.communities = {row.pk: row for row in Community.objects.filter(pk__in=touching).defer("boundary")}
    for row in found.rows.values():
        named = concerned.get(row.pk, [])
        said = document_of(row, named)
        found.asks.append(
            Ask(
                row.pk,
                row.kind,
                row.what,
                _amount(said.amount, said.unit, said.currency, said.per),
                {key: touching[key] for key in (named or served)},
                said.sectors or tuple(sectors),
                _places(us, [found.communities[key] for key in named if key in found.communities]),
            )
        )


def _places(us: Organisation, communities: Sequence[Community]) -> list[tuple[float, float]]:
    """The centres of the communities the ask is for, else where we are; nothing when neither is known."""
    centres = [
        (place.centre_lat, place.centre_lon)
        for place in communities
        if place.centre_lat is not None and place.centre_lon is not None
    ]
    if not centres and us.lat is not None and us.lon is not None:
        return [(us.lat, us.lon)]
    return centres


def _touching(keys: Collection[int]) -> dict[int, frozenset[int]]:
    """Each community with all above and below it. One query: a partnership has hundreds of communities, not millions."""
    above: dict[int, int | None] = dict(Community.objects.values_list("pk", "parent_id"))
    below: dict[int, list[int]] = defaultdict(list)
    for key, parent in above.items():
        if parent is not None:
            below[parent].append(key)
    found = {}
    for key in keys:
        seen = {key}
        at = above.get(key)
        while at is not None and at not in seen:
            seen.add(at)
            at = above.get(at)
        waiting = list(below[key])
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += below[one]
        found[key] = frozenset(seen)
    return found


_Give = tuple[int, Gift]
_COLUMNS = (
    "pk",
    "organisation_id",
    "kind",
    "what",
    "amount",
    "unit",
    "currency",
    "per",
    "months",
    "season_from",
    "season_until",
)


def _amount(number: int | None, unit: str, currency: str, per: str) -> Amount | None:
    """The amount as it is compared: money of different currencies is different units."""
    return None if number is None else Amount(number, currency or unit, per)


def weighed(ours: OurAsks, wanted: Wanted, on: date) -> Weighed:
    """Who fits what we ask for, narrowed as wanted. The number of queries does not grow with the directory."""
    asks = [ask for ask in ours.asks if wanted.ask in {None, ask.key}]
    if not asks or ours.own is None:
        return Weighed()
    found = Weighed()
    given = _givers(_read(_gives(asks, ours.own, wanted, on, found)), found)
    found.standings = rank(asks, [one for one in given if _passes(one, asks, wanted, found)], on=on)
    return found


def givers(ours: OurAsks, wanted: Wanted, on: date) -> set[int]:
    """Keys of those whose gives of the kinds we ask for `weighed` would weigh; how well they fit is not reckoned.

    Of more than MOST gives the nearest: who has no coordinates is looked for by who has none, and not by what it gives.
    """
    if not ours.asks or ours.own is None:
        return set()
    keys = _gives(ours.asks, ours.own, wanted, on, Weighed(), is_placed=True)
    rows = Exchange.objects.filter(Among("pk", keys))
    return set(rows.values_list("organisation_id", flat=True))


def fits_among(ours: OurAsks, keys: Collection[int], on: date) -> Weighed:
    """How these organisations, some hundreds at most, fit what we ask for. Only their own gives are read, MOST_AMONG of them."""
    found = Weighed()
    if ours.asks and keys:
        rows = Exchange.objects.filter(tested(_open_gives(ours.asks, on)), Among("organisation_id", keys))
        given = list(rows.order_by(Sorted("pk").desc()).values_list("pk", flat=True)[:MOST_AMONG])
        found.gives = len(given)
        found.standings = rank(ours.asks, _givers(_read(given), found), on=on)
    return found


def fits_of(organisation: Organisation, exchanged: Sequence[Exchange], on: date) -> tuple[OurAsks, Weighed]:
    """Our asks, and how one organisation (as `selectors.one` reads it) that gives and seeks this fits them.

    Where it gives nothing now, our asks are only counted.
    """
    gifts = [
        _gift(row) for row in exchanged if row.direction == Exchange.Direction.GIVES and _is_valid(row, on)
    ]
    ours, found = our_asks(on, is_shaped=bool(gifts)), Weighed()
    if ours.asks and not organisation.is_closed:
        found.gifts = {gift.key: gift for gift in gifts}
        served = frozenset(link.community_id for link in organisation.serves.all())
        sectors = [(sector.scheme, sector.code) for sector in organisation.sectors.all()]
        giver = Giver(organisation.pk, gifts, organisation.lat, organisation.lon, served, sectors)
        found.standings = rank(ours.asks, [giver], on=on)
    return ours, found


def _is_valid(row: Exchange, on: date) -> bool:
    """As `valid_on`."""
    begun = row.valid_from is None or row.valid_from <= on
    return row.status == Exchange.Status.OPEN and begun and (row.valid_until is None or row.valid_until >= on)


def _gift(row: Exchange) -> Gift:
    season = season_of(row.months, row.season_from, row.season_until)
    amount = _amount(row.amount, row.unit, row.currency, row.per)
    return Gift(
        row.pk,
        row.kind,
        row.what,
        amount,
        season,
        frozenset(link.community_id for link in row.concerns.all()),
    )


def _open_gives(asks: Sequence[Ask], on: date) -> Q:
    kinds = {ask.kind for ask in asks}
    return valid_on(on) & Q(direction=Exchange.Direction.GIVES, kind__in=kinds)


def _gives(
    asks: Sequence[Ask],
    us: Organisation,
    wanted: Wanted,
    on: date,
    found: Weighed,
    *,
    is_placed: bool = False,
) -> list[int]:
    """Keys of the gives to weigh; notes in `found` where they were looked for. `is_placed`: too many are only the near ones."""
    rows = Exchange.objects.filter(_open_gives(asks, on)).exclude(organisation=us)
    around = box_around([place for ask in asks for place in ask.places])
    if wanted.within_km is not None and around is None:
        found.is_nowhere = True
    elif wanted.within_km is not None and around is not None:
        found.placeless = rows.filter(lat=None).order_by()[:MOST].count()
        rows = _inside(rows, around, wanted.within_km)
    keys = _keys(rows)
    if len(keys) > MOST:
        kinds = [] if is_placed and around is not None else sorted({ask.kind for ask in asks})
        keys = _nearest(rows, kinds, around, wanted.within_km, found)
    found.gives = len(keys)
    return keys


def _keys(rows: QuerySet[Exchange]) -> list[int]:
    """At most one more than MOST."""
    return list(rows.order_by().values_list("pk", flat=True)[: MOST + 1])


def _read(keys: Sequence[int]) -> list[_Give]:
    """What is weighed of these gives, as (organisation, gift); by their keys alone, which no plan can read otherwise."""
    found: list[_Give] = []
    for some in _parts(keys):
        concerned = communities_of_exchanges(some)
        rows = Exchange.objects.filter(Among("pk", some))
        for key, owner, kind, what, *amount, months, since, until in rows.values_list(*_COLUMNS):
            said = _amount(*amount)
            season = season_of(months, since, until)
            found.append((owner, Gift(key, kind, what, said, season, frozenset(concerned.get(key, ())))))
    return found


def _nearest(
    rows: QuerySet[Exchange], kinds: Sequence[str], around: Box | None, within: int | None, found: Weighed
) -> list[int]:
    """Keys of the gives in the largest box that holds at most MOST, and of the newest without coordinates.

    The box is looked for by halving the radii, so four boxes are counted and not fourteen.
    """
    unplaced = _unplaced(rows, kinds) if within is None else []
    if around is None:
        return unplaced
    radii = [radius for radius in RADII_KM if within is None or radius < within] or [RADII_KM[0]]
    first, last, keys = 0, len(radii) - 1, None
    while first < last:
        middle = (first + last + 1) // 2
        tried = _keys(_inside(rows, around, radii[middle]))
        if len(tried) <= MOST:
            first, keys = middle, tried
        else:
            last = middle - 1
    found.radius_km = radii[first]
    if keys is None:
        keys = _keys(_inside(rows, around, radii[first]))
    return [*keys[:MOST], *unplaced]


def _unplaced(rows: QuerySet[Exchange], kinds: Sequence[str]) -> list[int]:
    """Keys of the newest without coordinates. Kind by kind, for so their index holds them in order."""
    found: list[int] = []
    for kind in kinds:
        some = rows.filter(kind=kind, lat__isnull=True, lon__isnull=True).order_by("-pk")
        found += some.values_list("pk", flat=True)[:UNPLACED]
    return sorted(found, reverse=True)[:UNPLACED]


def _inside(rows: QuerySet[Exchange], box: Box, km: int) -> QuerySet[Exchange]:
    high = km / _KM_PER_DEGREE
    widest = max(abs(box.south - high), abs(box.north + high))
    wide = km / (_KM_PER_DEGREE * max(0.05, cos(radians(min(widest, 89.0)))))
    return rows.filter(
        lat__gte=box.south - high,
        lat__lte=box.north + high,
        lon__gte=box.west - wide,
        lon__lte=box.east + wide,
    )


def _givers(gives: Sequence[_Give], found: Weighed) -> list[Giver]:
    """Those who give these, with all that is weighed of them; closed ones are left out."""
    gifts: dict[int, list[Gift]] = defaultdict(list)
    for owner, gift in gives:
        gifts[owner].append(gift)
        found.gifts[gift.key] = gift
    givers = []
    for keys in _parts(sorted(gifts)):
        served: dict[int, set[int]] = defaultdict(set)
        sectors: dict[int, list[tuple[str, str]]] = defaultdict(list)
        links = Serves.objects.filter(Among("organisation_id", keys))
        for key, community in links.values_list("organisation_id", "community_id"):
            served[key].add(community)
        codes = Sector.objects.filter(Among("organisation_id", keys))
        for key, scheme, code in codes.values_list("organisation_id", "scheme", "code"):
            sectors[key].append((scheme, code))
        active = Organisation.objects.filter(Among("pk", keys), status=Organisation.Status.ACTIVE)
        for key, kind, lat, lon in active.values_list("pk", "kind", "lat", "lon"):
            found.kinds[key] = kind
            givers.append(Giver(key, gifts[key], lat, lon, frozenset(served[key]), sectors[key]))
    return givers


def organisations_of(standings: Sequence[Standing]) -> dict[int, Organisation]:
    """By key the rows of those who are shown. One query for a thousand."""
    found: dict[int, Organisation] = {}
    for keys in _parts([one.giver for one in standings]):
        found |= Organisation.objects.filter(pk__in=keys).defer("facts", "mission", "hours").in_bulk()
    return found


def _parts(keys: Sequence[int]) -> list[Sequence[int]]:
    return [keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE)]


def _passes(giver: Giver, asks: Sequence[Ask], wanted: Wanted, found: Weighed) -> bool:
    if wanted.kinds and found.kinds[giver.key] not in wanted.kinds:
        return False
    if wanted.communities and not wanted.communities & giver.communities:
        return False
    if wanted.within_km is None or found.is_nowhere:
        return True
    distances = [nearest(ask, giver.lat, giver.lon) for ask in asks]
    return any(km is not None and km <= wanted.within_km for km in distances)
