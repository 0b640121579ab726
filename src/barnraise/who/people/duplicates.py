"""How likely two people are one, and why: pure scoring, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

from barnraise.foundation.text import fold

LIKELY = 60
"""From this score on two people are shown as likely one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of a person; all folded but `shown`."""

    key: int
    shown: str
    name: str
    given: str = ""
    family: str = ""
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    schemes: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Term:
    """One reason for or against, with its points. `value` is what is alike, "" for none."""

    words: Any
    points: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people, the older record first. `score` is 0 to 100, the sum of the terms within that."""

    first: int
    second: int
    score: int
    terms: Sequence[Term] = field(default=())


def compare(one: Known, other: Known) -> Pair:
    """Score the pair. People who share a mailbox but not a given name are a household, and stay below LIKELY."""
    terms = [_names(one, other)]
    for mine, theirs, words in (
        (one.emails, other.emails, _("the same e-mail address")),
        (one.phones, other.phones, _("the same phone number")),
    ):
        if same := sorted(mine & theirs):
            terms.append(Term(words, 30, same[0]))
    if same_place := sorted(one.places & other.places):
        terms.append(Term(_("the same place"), 12, same_place[0]))
    if one.organisations & other.organisations:
        terms.append(Term(_("a role in the same organisation"), 15))
    if _numbered_apart(one, other):
        terms.append(Term(_("different numbers in the same system"), -40))
    if _given_apart(one, other):
        terms.append(Term(_("different given names"), -35))
    score = max(0, min(100, sum(term.points for term in terms)))
    first, second = sorted((one.key, other.key))
    return Pair(first, second, score, tuple(term for term in terms if term.points))


def _names(one: Known, other: Known) -> Term:
    if one.name == other.name:
        return Term(_("the same name"), 50)
    alike = max(token_sort_ratio(one.name, other.name), token_set_ratio(one.name, other.name) - 8)
    if alike >= 75:
        return Term(_("similar names"), round((alike - 75) * 1.2) + 15)
    return Term(_("different names"), -30)


def _given_apart(one: Known, other: Known) -> bool:
    """Two given names that are neither alike, nor short for one another, nor an initial of it."""
    mine, theirs = one.given, other.given
    if not mine or not theirs or mine == theirs:
        return False
    if mine.startswith(theirs.rstrip(".")) or theirs.startswith(mine.rstrip(".")):
        return False
    return bool(JaroWinkler.similarity(mine, theirs) < 0.86)


def _numbered_apart(one: Known, other: Known) -> bool:
    mine, theirs = dict(one.schemes), dict(other.schemes)
    return any(theirs[scheme] != value for scheme, value in mine.items() if scheme in theirs)


def folded_place(city: str, postcode: str) -> frozenset[str]:
    """What a place is compared by."""
    return frozenset(part for part in (fold(city), fold(postcode)) if part)
