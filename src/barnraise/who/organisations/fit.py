"""How well what organisations give fits what we ask for. Pure: values in, values out; today's day comes as `on`.

Only gives of the asked kind count, and of those that name communities only the ones that touch the ask's. Six terms,
each a value from 0 to 1 with a weight:

    amount       30   what is given of what is asked, at most 1; an unknown amount counts HALF, another unit a QUARTER
    words        30   words of the ask that are found in what is given: two of them are all, one is half
    communities  15   the share of the ask's communities that the organisation serves (also one above or below)
    distance     10   2 ** (-km / 10): 1 at the door, half at 10 km, a quarter at 20 km
    season       10   1 when what counts is in season on the day, else 0
    sector        5   1 for an equal code or one that begins with the other, half for the same field of a scheme, else 0

The score is 100 times the weighted mean of the terms that are known. What is not known is left out and named, so that a
blank never counts as 0. One more give never lowers a score, and the order in which things come does not matter.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from barnraise.foundation.geo import distance_km
from barnraise.foundation.text import words

from . import sectors
from .season import Season

WEIGHTS = {"amount": 30, "words": 30, "communities": 15, "distance": 10, "season": 10, "sector": 5}
HALF, QUARTER = 0.5, 0.25
HALF_DISTANCE_KM = 10.0
PERIODS = {"week": 52, "month": 12, "year": 1}
"""How often in a year."""
_STEM, _SHORTEST = 5, 4
_SAY_NOTHING = frozenset({"with", "from", "that", "this", "para", "como", "sobre", "desde"})


class Amount(NamedTuple):
    """`number` of `unit` (of money: its currency in minor units) each `per`, or once."""

    number: int
    unit: str
    per: str = ""


@dataclass(frozen=True, slots=True)
class Gift:
    """Something that is given. `communities`: for these only, empty is any."""

    key: int
    kind: str
    what: str
    amount: Amount | None = None
    season: Season = Season()
    communities: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Ask:
    """Something we ask for. `touching` maps each community it is for to itself and all above and below it; `places` are
    (latitude, longitude) it may be near to.
    """

    key: int
    kind: str
    what: str
    amount: Amount | None = None
    touching: Mapping[int, frozenset[int]] = field(default_factory=dict)
    sectors: Sequence[tuple[str, str]] = ()
    places: Sequence[tuple[float, float]] = ()


@dataclass(frozen=True, slots=True)
class Giver:
    """An organisation that gives. Unknown coordinates are None; `communities` are those it serves."""

    key: int
    gifts: Sequence[Gift]
    lat: float | None = None
    lon: float | None = None
    communities: frozenset[int] = frozenset()
    sectors: Sequence[tuple[str, str]] = ()


class Term(NamedTuple):
    """One term of a score. `value` is 0 to 1, None when it is left out; `why` then says which side lacks it ("ask",
    "giver"). `details` are the numbers and keys that the value was made of.
    """

    name: str
    weight: int
    value: float | None
    why: str = ""
    details: Mapping[str, Any] = MappingProxyType({})


class Fit(NamedTuple):
    """How well one organisation fits one ask: 0 to 100, with its terms in the order of WEIGHTS, and the gifts that count."""

    ask: int
    giver: int
    score: float
    terms: tuple[Term, ...]
    gifts: tuple[int, ...]

    def points(self, term: Term) -> float:
        """What a term adds to the score; those of all known terms add up to it."""
        known = sum(one.weight for one in self.terms if one.value is not None)
        return 100.0 * term.weight * term.value / known if term.value is not None else 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """One organisation with its fits, the best first."""

    giver: int
    fits: tuple[Fit, ...]

    @property
    def score(self) -> float:
        """Of the ask it fits best."""
        return self.fits[0].score


def weigh(ask: Ask, giver: Giver, *, on: date) -> Fit | None:
    """How well the organisation fits the ask on that day; None when it gives nothing of that kind there."""
    gifts = [gift for gift in giver.gifts if _counts(gift, ask)]
    if not gifts:
        return None
    gifts.sort(key=lambda gift: gift.key)
    amount, season = _amount_and_season(ask, gifts, on)
    terms = (
        amount,
        _words(ask, gifts),
        _communities(ask, giver),
        _distance(ask, giver),
        season,
        _sector(ask, giver),
    )
    known, got = 0, 0.0
    for term in terms:
        if term.value is not None:
            known += term.weight
            got += term.weight * term.value
    return Fit(ask.key, giver.key, 100.0 * got / known, terms, tuple(gift.key for gift in gifts))


def rank(asks: Iterable[Ask], givers: Iterable[Giver], *, on: date) -> list[Standing]:
    """Who fits any of the asks, best first: by the best score, then the second best and so on, then by key."""
    wanted: dict[str, list[Ask]] = {}
    for ask in sorted(asks, key=lambda ask: ask.key):
        wanted.setdefault(ask.kind, []).append(ask)
    found = []
    for giver in givers:
        kinds = sorted({gift.kind for gift in giver.gifts} & set(wanted))
        fits = [
            fit for kind in kinds for ask in wanted[kind] if (fit := weigh(ask, giver, on=on)) is not None
        ]
        if fits:
            found.append(Standing(giver.key, tuple(sorted(fits, key=lambda fit: (-fit.score, fit.ask)))))
    # The infinite end makes one who fits a further ask come before one who does not.
    return sorted(found, key=lambda one: ([*(-fit.score for fit in one.fits), math.inf], one.giver))


def top(standings: Iterable[Standing], ask: int, most: int) -> list[Fit]:
    """The best `most` for one ask, best first."""
    fits = [fit for one in standings for fit in one.fits if fit.ask == ask]
    return sorted(fits, key=lambda fit: (-fit.score, fit.giver))[:most]


def _counts(gift: Gift, ask: Ask) -> bool:
    if gift.kind != ask.kind:
        return False
    if not gift.communities or not ask.touching:
        return True
    return any(gift.communities & touched for touched in ask.touching.values())


def _amount_and_season(ask: Ask, gifts: Sequence[Gift], on: date) -> tuple[Term, Term]:
    """Either what is in season alone, or everything out of season too: whichever is worth more."""
    now = [gift for gift in gifts if gift.season.holds(on)]
    if len(now) == len(gifts):
        # Everything is in season, so the same amount out of season is worth less.
        return _amount(ask, gifts), Term("season", WEIGHTS["season"], 1.0)
    tried = [(pool, in_season) for pool, in_season in ((now, 1.0), (gifts, 0.0)) if pool]
    amounts = [_amount(ask, pool) for pool, _in_season in tried]
    worth = [
        WEIGHTS["amount"] * (term.value or 0.0) + WEIGHTS["season"] * in_season
        for term, (_pool, in_season) in zip(amounts, tried, strict=True)
    ]
    best = worth.index(max(worth))
    pool, in_season = tried[best]
    begins = [day for gift in pool if (day := gift.season.begins(on)) is not None]
    details = {} if in_season else {"begins": min(begins)}
    return amounts[best], Term("season", WEIGHTS["season"], in_season, details=details)


def _amount(ask: Ask, pool: Sequence[Gift]) -> Term:
    weight = WEIGHTS["amount"]
    if ask.amount is None:
        return Term("amount", weight, None, "ask")
    told = [_share(gift.amount, ask.amount) for gift in pool]
    known = sum(share for share, is_known in told if is_known)
    guessed = max((share for share, is_known in told if not is_known), default=0.0)
    value = max(min(1.0, known), guessed)
    details = {"share": known, "guessed": guessed if guessed > known else 0.0}
    return Term("amount", weight, value, details=details)


def _share(given: Amount | None, asked: Amount) -> tuple[float, bool]:
    """What part of the asked amount is given, and whether that is reckoned (True) or only guessed."""
    if given is None:
        return HALF, False
    if given.unit != asked.unit:
        return QUARTER, False
    if given.per == asked.per or not asked.per:
        # What comes again and again is at least there once.
        return given.number / asked.number, True
    if not given.per:
        return HALF, False
    return given.number * PERIODS[given.per] / (asked.number * PERIODS[asked.per]), True


@lru_cache(maxsize=20_000)
def stems(text: str) -> Mapping[str, str]:
    """What words are compared by: the first letters of those of four letters or more -> the word."""
    found: dict[str, str] = {}
    for word in words(text):
        if len(word) >= _SHORTEST and not word.isdecimal() and word not in _SAY_NOTHING:
            found.setdefault(word[:_STEM], word)
    return found


def _words(ask: Ask, gifts: Sequence[Gift]) -> Term:
    wanted = stems(ask.what)
    if not wanted:
        return Term("words", WEIGHTS["words"], None, "ask")
    given = [stems(gift.what) for gift in gifts]
    met = sorted(word for stem, word in wanted.items() if any(stem in one for one in given))
    value = min(1.0, len(met) / min(2, len(wanted)))
    return Term("words", WEIGHTS["words"], value, details={"words": tuple(met)})


def _communities(ask: Ask, giver: Giver) -> Term:
    weight = WEIGHTS["communities"]
    if not ask.touching or not giver.communities:
        return Term("communities", weight, None, "giver" if ask.touching else "ask")
    met = sorted(key for key, touched in ask.touching.items() if touched & giver.communities)
    details = {"met": tuple(met), "of": len(ask.touching)}
    return Term("communities", weight, len(met) / len(ask.touching), details=details)


def _sector(ask: Ask, giver: Giver) -> Term:
    weight = WEIGHTS["sector"]
    if not ask.sectors or not giver.sectors:
        return Term("sector", weight, None, "giver" if ask.sectors else "ask")
    value, met = _likest(tuple(ask.sectors), tuple(giver.sectors))
    return Term("sector", weight, value, details={"met": met})


@lru_cache(maxsize=10_000)
def _likest(
    asked: tuple[tuple[str, str], ...], had: tuple[tuple[str, str], ...]
) -> tuple[float, tuple[str, str] | None]:
    """(how alike the likest two are, which of the giver's it is)"""
    pairs = [(_alike(wanted, own), own) for wanted in sorted(asked) for own in sorted(had)]
    value = max(pair[0] for pair in pairs)
    return value, next((own for alike, own in pairs if alike == value), None) if value else None


def _alike(one: tuple[str, str], other: tuple[str, str]) -> float:
    if one[0] != other[0]:
        return 0.0
    if one[1] == other[1]:
        return 1.0
    scheme = sectors.SECTOR_SCHEMES.get(one[0])
    if scheme is None or not scheme.is_prefixed:
        return 0.0
    if one[1].startswith(other[1]) or other[1].startswith(one[1]):
        return 1.0
    return HALF if one[1][:1] == other[1][:1] else 0.0


def _distance(ask: Ask, giver: Giver) -> Term:
    weight = WEIGHTS["distance"]
    km = nearest(ask, giver.lat, giver.lon)
    if km is None:
        return Term("distance", weight, None, "giver" if ask.places else "ask")
    return Term("distance", weight, 2.0 ** (-km / HALF_DISTANCE_KM), details={"km": km})


def nearest(ask: Ask, lat: float | None, lon: float | None) -> float | None:
    """Kilometres to the nearest place of the ask; None when either side has no coordinates."""
    if lat is None or lon is None or not ask.places:
        return None
    return _nearest(lat, lon, tuple(ask.places))


@lru_cache(maxsize=20_000)
def _nearest(lat: float, lon: float, places: tuple[tuple[float, float], ...]) -> float:
    """Most asks of one organisation are for the same places."""
    return min(distance_km(lat, lon, *place) for place in places)
