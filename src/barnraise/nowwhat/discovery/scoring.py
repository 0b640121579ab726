"""How well an organisation that is no partner yet would answer what is needed. Pure: values in, values out.

Our own weighted sum of six parts, each from 0 to 1, every part shown (own convention; no instrument of others):

    need      30   cosine of the TF-IDF weights of its words (name, mission, fields) and those of the need it is likest to
    sector    25   1 for an equal code or one within the other, 0.75 for the same NTEE decile, 0.5 for the same main field
    asks      20   of our open asks, the share that it gives something for: complement, not likeness
    distance  15   exp(-km / 20): 1 at the door, 0.61 at 10 km, 0.37 at 20 km
    gap        5   1 / (1 + n), where n of our partners work in the main field in which it would be least alone
    network    5   by which share Burt's constraint on us falls when it becomes our contact (holes.py, METHODS 4.3 and 10.1)

A part that cannot be computed is left out, the weights of the others are scaled up, and it is named. Who answers no need, no
field and no ask is no candidate, however near.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from barnraise.foundation.geo import distance_km

from .holes import Contacts

WEIGHTS = {"need": 30, "sector": 25, "asks": 20, "distance": 15, "gap": 5, "network": 5}
D0_KM = 20.0
DECILE, FIELD = 0.75, 0.5
PREFIXED = frozenset({"NTEE", "ICNPTSO"})

Code = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Aim:
    """Something that is needed: a typed reference, its words by stem."""

    ref: str
    stems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sought:
    """What candidates are weighed against. `asks` are the keys of our open asks, `fields` how many partners work in a main field.

    `contacts` are those who work with us, None where they are too many for one more to change anything.
    """

    aims: Sequence[Aim] = ()
    sectors: Sequence[Code] = ()
    asks: frozenset[int] = frozenset()
    places: Sequence[tuple[float, float]] = ()
    fields: Mapping[Code, int] = field(default_factory=dict)
    contacts: Contacts | None = field(default_factory=lambda: Contacts(()))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an organisation. `answers` are our asks that it gives something for, None while nobody noted what it gives.

    `tied` are names, by key, of those of our contacts that it is tied to.
    """

    key: int
    stems: Mapping[str, str] = field(default_factory=dict)
    sectors: Sequence[Code] = ()
    lat: float | None = None
    lon: float | None = None
    answers: frozenset[int] | None = None
    tied: Mapping[int, str] = field(default_factory=dict)


class Term(NamedTuple):
    """One part of a score. `value` is 0 to 1, None when it is left out; `why` then says what is lacking ("sought", "known", "many")."""

    name: str
    weight: int
    value: float | None
    why: str = ""
    details: Mapping[str, Any] = MappingProxyType({})


class Ranked(NamedTuple):
    """One candidate: 0 to 100, with its terms in the order of WEIGHTS."""

    key: int
    score: float
    terms: tuple[Term, ...]

    def points(self, term: Term) -> float:
        """What a term adds to the score; those of all known terms add up to it."""
        known = sum(one.weight for one in self.terms if one.value is not None)
        return 100.0 * term.weight * term.value / known if term.value is not None else 0.0


def rank(sought: Sought, found: Iterable[Known]) -> list[Ranked]:
    """Candidates, best first; equal scores by key. The order in which they come does not matter."""
    bodies = list(found)
    scale = _Scale(sought, _rarity([*(aim.stems for aim in sought.aims), *(body.stems for body in bodies)]))
    ranked = [one for body in bodies if (one := weigh(scale, body)) is not None]
    return sorted(ranked, key=lambda one: (-one.score, one.key))


class _Scale:
    """What is worked out once of what is sought, and not again for each candidate."""

    def __init__(self, sought: Sought, rarity: Mapping[str, float]) -> None:
        self.sought = sought
        self.squares = {stem: rare**2 for stem, rare in rarity.items()}
        self.norms = [self.norm(aim.stems) for aim in sought.aims]
        self.aims: dict[str, list[int]] = defaultdict(list)
        for place, aim in enumerate(sought.aims):
            for stem in aim.stems:
                self.aims[stem].append(place)
        self.sectors = sorted(sought.sectors)
        self.likeness: dict[Code, float] = {}
        self.points: list[tuple[tuple[float, ...], tuple[float, float]]] = sorted(
            (_on_sphere(*place), place) for place in sought.places
        )

    def norm(self, stems: Iterable[str]) -> float:
        """How long the weights of these words are together."""
        return math.sqrt(sum(map(self.squares.__getitem__, stems)))

    def like(self, code: Code) -> float:
        """How alike a field is to the likest of those looked for."""
        if code not in self.likeness:
            self.likeness[code] = max(alike(wanted, code) for wanted in self.sectors)
        return self.likeness[code]

    def nearest(self, lat: float, lon: float) -> tuple[float, float]:
        """The nearest of our places: straight lines through the earth are in the order of ways upon it.

        From the place of the same latitude northward and southward, until latitude alone is farther than the nearest so far.
        """
        z, x, y = _on_sphere(lat, lon)
        start = bisect(self.points, ((z,), (lat, lon)))
        line, place = math.inf, self.points[0][1]
        for some in (self.points[start:], reversed(self.points[:start])):
            for (c, a, b), there in some:
                if (c - z) ** 2 > line:
                    break
                line, place = min((line, place), ((a - x) ** 2 + (b - y) ** 2 + (c - z) ** 2, there))
        return place


def _on_sphere(lat: float, lon: float) -> tuple[float, float, float]:
    up, round_ = math.radians(lat), math.radians(lon)
    return math.sin(up), math.cos(up) * math.cos(round_), math.cos(up) * math.sin(round_)


def weigh(scale: _Scale, body: Known) -> Ranked | None:
    """Its score; None when it answers no need, no field and no ask."""
    sought = scale.sought
    terms = (
        _need(scale, body),
        _sector(scale, body),
        _asks(sought, body),
        _distance(scale, body),
        _gap(sought, body),
        _network(sought, body),
    )
    if not any(term.value for term in terms[:3]):
        return None
    known = sum(term.weight for term in terms if term.value is not None)
    got = sum(term.weight * term.value for term in terms if term.value is not None)
    return Ranked(body.key, 100.0 * got / known, terms)


def _rarity(texts: Sequence[Iterable[str]]) -> dict[str, float]:
    """Smoothed inverse document frequency of each stem: ln((1 + n) / (1 + df)) + 1."""
    count = Counter(stem for text in texts for stem in set(text))
    return {stem: math.log((1 + len(texts)) / (1 + df)) + 1.0 for stem, df in count.items()}


def _need(scale: _Scale, body: Known) -> Term:
    weight, aims = WEIGHTS["need"], scale.sought.aims
    if not aims or not body.stems:
        return Term("need", weight, None, "known" if aims else "sought")
    shared: dict[int, float] = defaultdict(float)
    for stem in body.stems:
        for place in scale.aims.get(stem, ()):
            shared[place] += scale.squares[stem]
    best, likest, norm = 0.0, aims[0], scale.norm(body.stems)
    for place in sorted(shared):
        cosine = shared[place] / (norm * scale.norms[place])
        if cosine > best + 1e-12:
            best, likest = cosine, aims[place]
    words = tuple(sorted(likest.stems[stem] for stem in likest.stems.keys() & body.stems.keys()))
    details = {"aim": likest.ref, "words": words} if best else {}
    return Term("need", weight, min(1.0, best), details=details)


def alike(one: Code, other: Code) -> float:
    """How alike two fields are, 0 to 1."""
    if one[0] != other[0]:
        return 0.0
    if one[1] == other[1]:
        return 1.0
    if one[0] not in PREFIXED:
        return 0.0
    if one[1].startswith(other[1]) or other[1].startswith(one[1]):
        return 1.0
    if one[1][:2] == other[1][:2]:
        return DECILE
    return FIELD if one[1][:1] == other[1][:1] else 0.0


def _sector(scale: _Scale, body: Known) -> Term:
    weight = WEIGHTS["sector"]
    if not scale.sectors or not body.sectors:
        return Term("sector", weight, None, "known" if scale.sectors else "sought")
    value, met = 0.0, None
    for own in sorted(body.sectors):
        like = scale.like(own)
        if like > value:
            value, met = like, own
    return Term("sector", weight, value, details={"met": met})


def _asks(sought: Sought, body: Known) -> Term:
    weight = WEIGHTS["asks"]
    if not sought.asks or body.answers is None:
        return Term("asks", weight, None, "known" if sought.asks else "sought")
    met = sorted(body.answers & sought.asks)
    details = {"met": tuple(met), "of": len(sought.asks)}
    return Term("asks", weight, len(met) / len(sought.asks), details=details)


def _distance(scale: _Scale, body: Known) -> Term:
    weight = WEIGHTS["distance"]
    if body.lat is None or body.lon is None or not scale.points:
        return Term("distance", weight, None, "known" if scale.points else "sought")
    km = distance_km(body.lat, body.lon, *scale.nearest(body.lat, body.lon))
    return Term("distance", weight, math.exp(-km / D0_KM), details={"km": km})


def main_field(code: Code) -> Code:
    """The main field of a code: its letter where the scheme has letters."""
    return (code[0], code[1][:1]) if code[0] in PREFIXED else code


def _gap(sought: Sought, body: Known) -> Term:
    weight = WEIGHTS["gap"]
    if not body.sectors:
        return Term("gap", weight, None, "known")
    alone = min(
        (sought.fields.get(main_field(code), 0), code) for code in sorted(map(main_field, body.sectors))
    )
    return Term("gap", weight, 1.0 / (1 + alone[0]), details={"partners": alone[0], "field": alone[1]})


def _network(sought: Sought, body: Known) -> Term:
    weight = WEIGHTS["network"]
    if sought.contacts is None:
        return Term("network", weight, None, "many")
    value = sought.contacts.fall(body.tied)
    why = "sought" if value is None else ""
    return Term("network", weight, value, why, {"tied": tuple(sorted(body.tied.values()))})
