"""Likely duplicates: pairs that share a mailbox, phone, or name and place, scored. Nothing is merged by itself.

In a small house they are looked for whenever somebody asks. In a large one that would read millions of rows, so a job looks
for them step by step (`jobs.likely_step`), and what it found last is compared anew and told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import combinations
from typing import Any

from django.db.models import Count, QuerySet

from barnraise.foundation.text import fold
from barnraise.plumbing.jobs.models import Job

from ..documents import PersonDocument
from ..duplicates import LIKELY, Known, Pair, compare, folded_place
from ..models import Apart, Person, PersonContact
from .documents import documents

SHARED_BY_MANY = 12
"""More people than that with one mailbox, phone or name in one place are an office or a common name: they are not compared."""
MOST_BLOCKS = 2000
MOST = 200
MOST_OF_A_NAME = 200
LARGE = 20_000
"""With so many people a job looks for duplicates."""
LOOK = "people.likely"
"""The handler of that job."""
TOLD = 10
"""So many of the pairs that a job found are told at once."""


def duplicates(most: int = MOST) -> list[Pair]:
    """At most `most` pairs that may be one person, the likeliest first; those that somebody told apart are left out.

    In a large house: at most TOLD of the pairs that were found when it was looked last, as their records are now.
    """
    if not is_large():
        return scored(_candidates(None), most)
    job = last_look(is_done=True)
    found = (
        [(int(first), int(second)) for first, second, *_score in job.result.get("pairs", ())] if job else []
    )
    keys = {key for pair in found for key in pair}
    apart = _apart(keys)
    there = set(Person.objects.filter(pk__in=keys).values_list("pk", flat=True))
    left = [pair for pair in found if pair not in apart and there.issuperset(pair)]
    return scored(set(left[:TOLD]), most)


def is_large() -> bool:
    """Whether there are (or were) so many people that looking for duplicates is a job."""
    newest = Person.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest is not None and newest > LARGE


def last_look(*, is_done: bool = False) -> Job | None:
    """The newest job that looked for duplicates; the newest that is done."""
    rows = Job.objects.filter(handler=LOOK).order_by("-id")
    return (rows.filter(state=Job.State.DONE) if is_done else rows).first()


def contacts_after(value: str, person: int, most: int) -> list[tuple[str, int, str]]:
    """The next (folded value, person, kind) of all contacts in the order of their index."""
    rows = PersonContact.objects.filter(value_folded__gte=value).exclude(
        value_folded=value, person_id__lte=person
    )
    return list(
        rows.order_by("value_folded", "person_id").values_list("value_folded", "person_id", "kind")[:most]
    )


def names_after(name: str, key: int, most: int) -> list[tuple[str, int, str]]:
    """The next (folded name, key, city) of all people in the order of their index."""
    rows = Person.objects.filter(name_folded__gte=name).exclude(name_folded=name, pk__lte=key)
    return list(rows.order_by("name_folded", "pk").values_list("name_folded", "pk", "city")[:most])


def duplicates_of(key: int, most: int = 10) -> list[Pair]:
    """Those of one person."""
    return scored(_candidates(key), most)


def scored(pairs: set[tuple[int, int]], most: int) -> list[Pair]:
    """Those of these pairs that are likely one person, the likeliest first, without those that somebody told apart."""
    pairs -= _apart({key for pair in pairs for key in pair})
    said: dict[int, PersonDocument] = {}
    keys = sorted({key for pair in pairs for key in pair})
    for start in range(0, len(keys), 1000):
        said |= documents(keys[start : start + 1000])
    known = {key: known_as(key, one) for key, one in said.items()}
    found = [compare(known[a], known[b]) for a, b in pairs if a in known and b in known]
    likely = [pair for pair in found if pair.score >= LIKELY]
    return sorted(likely, key=lambda pair: (-pair.score, pair.first, pair.second))[:most]


def _apart(keys: Collection[int]) -> set[tuple[int, int]]:
    ordered, found = sorted(keys), set()
    for start in range(0, len(ordered), 1000):
        rows = Apart.objects.filter(first_id__in=ordered[start : start + 1000])
        found |= set(rows.values_list("first_id", "second_id"))
    return found


def _candidates(key: int | None) -> set[tuple[int, int]]:
    """Pairs of keys that fall into one block."""
    found: set[tuple[int, int]] = set()
    for members in (*_by_contact(key), *_by_name(key)):
        found |= {(a, b) for a, b in combinations(sorted(members), 2) if key is None or key in (a, b)}
    return found


def _by_contact(key: int | None) -> Iterable[set[int]]:
    rows = PersonContact.objects.filter(kind__in=["email", "phone"])
    if key is None:
        shared: QuerySet[PersonContact, str] = (
            rows.values("value_folded")
            .annotate(many=Count("person_id", distinct=True))
            .filter(many__gte=2, many__lte=SHARED_BY_MANY)
            .order_by("-many")
            .values_list("value_folded", flat=True)[:MOST_BLOCKS]
        )
        values: Any = set(shared)
    else:
        values = rows.filter(person_id=key).values("value_folded")
    blocks: dict[str, set[int]] = defaultdict(set)
    for value, person in rows.filter(value_folded__in=values).values_list("value_folded", "person_id"):
        blocks[value].add(person)
    return [members for members in blocks.values() if 2 <= len(members) <= SHARED_BY_MANY]


def _by_name(key: int | None) -> Iterable[set[int]]:
    """By folded name and city; both orders of given and family name count as one."""
    rows = Person.objects.exclude(name_folded="")
    if key is None:
        shared = (
            rows.values("name_folded")
            .annotate(many=Count("id"))
            .filter(many__gte=2)
            .order_by("-many")
            .values_list("name_folded", flat=True)[:MOST_BLOCKS]
        )
        names: Any = set(shared)
    else:
        names = rows.filter(pk=key).values("name_folded")
    blocks: dict[tuple[str, str], set[int]] = defaultdict(set)
    found = rows.filter(name_folded__in=names).values_list("name_folded", "city", "pk")
    # A name that so many have says nothing about one of them, and reading them all would take long.
    for name, city, person in found if key is None else found[:MOST_OF_A_NAME]:
        blocks[name, fold(city)].add(person)
    return [members for members in blocks.values() if 2 <= len(members) <= SHARED_BY_MANY]


def known_as(key: int, said: PersonDocument) -> Known:
    """A document as it is compared."""
    places: frozenset[str] = frozenset()
    for at in said.addresses:
        places |= folded_place(at.city, at.postcode)
    return Known(
        key=key,
        shown=said.display_name,
        name=fold(said.display_name),
        given=fold(said.given_name),
        family=fold(said.family_name),
        emails=frozenset(c.value.casefold() for c in said.contacts if c.kind == "email"),
        phones=frozenset(c.value for c in said.contacts if c.kind == "phone"),
        places=places,
        organisations=frozenset(post.organisation for post in said.roles),
        schemes=frozenset((part.scheme, part.value) for part in said.identifiers),
    )
