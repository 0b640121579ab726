"""What the rooms of a town a thousand times the sample share: whom rows hang on, how they are drawn, how they are written.

Every column is drawn on its own from a seed of its table, so that one says nothing about another. What people do is drawn
unevenly: few come up very often, as everywhere.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

Table = tuple[str, str, Iterable[tuple[Any, ...]]]
SHARED = ("journal_entry", "journal_mention", "search_document")
DAY = timedelta(days=1)
YEARS_BACK = 730
PLAIN = (
    "after allotment bank bench bike bread bridge bus bulbs care children choir clinic club coats coffee "
    "council court crossing dinner doors elders evening fair families field flood food garden grant hall "
    "health homes hours jobs kitchen lamps lane learning library lights market meals mill music "
    "neighbours night park path people place plants playground rent rides river roof safe school seeds "
    "shade shelter skills street supper swimming tools trees tutors walk warm water winter work young "
    "youth "
)
WORDS = PLAIN.split()


class Dice(random.Random):
    """Draws that are cheap and always the same."""

    def below(self, count: int) -> int:
        """0 to count - 1."""
        return int(self.random() * count)

    def of(self, choices: Sequence[Any]) -> Any:
        """One of them."""
        return choices[int(self.random() * len(choices))]

    def uneven(self, count: int, power: float = 2.5) -> int:
        """0 to count - 1, some of them very often, and those are spread over all."""
        return int(self.random() ** power * count) * 7919 % count

    def some(self, share: float) -> bool:
        """Yes for that share."""
        return self.random() < share

    def uuid(self) -> str:
        """As a database keeps it."""
        return f"{self.getrandbits(128):032x}"

    def words(self, many: int) -> str:
        """A title."""
        return " ".join(WORDS[int(self.random() * len(WORDS))] for _ in range(many)).capitalize()


@dataclass
class Town:
    """Keys of what is there, and how large the town is."""

    scale: int
    now: datetime
    accounts: list[int]
    first_person: int
    people: list[tuple[int, str, str]]
    """(key, name, folded name) by place."""
    emails: dict[int, str]
    """By key; nobody's twice."""
    first_body: int
    bodies: int
    places: list[int]
    keys: dict[str, list[int]] = field(default_factory=dict)
    """What the rooms before have written, by kind."""

    @property
    def today(self) -> date:
        """The day of `now`."""
        return self.now.date()

    def person(self, dice: Dice) -> int:
        """A key; few people come up very often."""
        return self.people[dice.uneven(len(self.people))][0]

    def body(self, dice: Dice) -> int:
        """An organisation; few come up very often."""
        return self.first_body + dice.uneven(self.bodies)

    def moment(self, dice: Dice, back: float = YEARS_BACK, ahead: float = 0) -> datetime:
        """Some time from so many days back to so many ahead, in the day."""
        at = self.now + timedelta(days=dice.random() * (back + ahead) - back)
        return at.replace(microsecond=0)


def town_of(scale: int, people: int, organisations: int) -> Town:
    """Of the organisations and people that `million.py` has written."""
    import directory

    from barnraise.who.communities.models import Community
    from barnraise.who.organisations.models import Identifier
    from barnraise.who.people.models import Person, PersonContact

    first = Person.objects.order_by("-pk")[people - 1].pk
    rows = Person.objects.filter(pk__gte=first).order_by("pk")
    mails: dict[str, int] = {}
    contacts = PersonContact.objects.filter(kind="email", person_id__gte=first).order_by("pk")
    for key, mail in contacts.values_list("person_id", "value_folded").iterator(chunk_size=10_000):
        mails.setdefault(mail, key)
    return Town(
        scale=scale,
        now=datetime.combine(date.today(), datetime.min.time(), UTC) + timedelta(hours=6),
        accounts=directory.accounts(),
        first_person=first,
        people=list(rows.values_list("pk", "display_name", "name_folded").iterator(chunk_size=10_000)),
        emails={key: mail for mail, key in mails.items()},
        first_body=Identifier.objects.get(scheme="EIN", value="900000000").organisation_id,
        bodies=organisations,
        places=list(Community.objects.order_by("pk").values_list("pk", flat=True)),
    )


def first(label: str) -> int:
    """The key above all that are there."""
    import million
    from django.apps import apps

    return million._first(apps.get_model(label))


def told(
    town: Town, kind: str, verb: str, keys: Sequence[int], titles: Sequence[str], seed: int
) -> Iterator[Table]:
    """A journal entry for each, as the desk would have written it."""
    dice, room = Dice(seed), verb.partition(".")[0]
    entry, mention = first("journal.Entry"), first("journal.Mention")
    yield (
        "journal_entry",
        "id, at, by_id, via, verb, room, data",
        (
            (entry + at, town.moment(dice), dice.of(town.accounts), "desk", verb, room, "{}")
            for at in range(len(keys))
        ),
    )
    yield (
        "journal_mention",
        "id, entry_id, kind, key, title",
        ((mention + at, entry + at, kind, key, title[:120]) for at, (key, title) in enumerate(zip(keys, titles, strict=True))),
    )  # fmt: skip


def documents(town: Town, kind: str, keys: Sequence[int], titles: Sequence[str]) -> Iterator[Table]:
    """What search knows of them."""
    from barnraise.foundation.text import fold
    from barnraise.plumbing.search.folding import indexed_words

    yield (
        "search_document",
        "kind, key, title, title_folded, excerpt, words, visibility, updated_at",
        (
            (kind, key, title, fold(title), "",
             indexed_words(kind=kind, visibility="team", title=title, text="", identifiers=()), "team", town.now)
            for key, title in zip(keys, titles, strict=True)
        ),
    )  # fmt: skip


def known(
    town: Town, kind: str, verb: str, keys: Sequence[int], titles: Sequence[str], seed: int
) -> Iterator[Table]:
    """A search document and a journal entry for each."""
    town.keys[kind] = list(keys)
    yield from documents(town, kind, keys, titles)
    yield from told(town, kind, verb, keys, titles, seed)


def tables_of(rooms: Sequence[Any]) -> list[str]:
    """All that these modules write."""
    return sorted({*(name for room in rooms for name in room.TABLES), *SHARED})


def write(town: Town, rooms: Sequence[Any], *, is_large: bool = False) -> None:
    """All tables of these modules, indexes afterwards; each says how long it took.

    `is_large`: the tables that all rooms share are full already, and keep their indexes.
    """
    import loading
    import million
    from django.db import transaction
    from django.db.models import Max

    from barnraise.plumbing.search.models import SearchDocument

    names = tables_of(rooms)
    bare = [one for one in names if not is_large or one not in SHARED]
    highest = SearchDocument.objects.aggregate(top=Max("pk"))["top"] or 0
    started = time.monotonic()
    with loading.unguarded(), loading.bare(*bare):
        for room in rooms:
            with transaction.atomic():
                for table, columns, rows in room.tables(town):
                    million._write(table, columns, rows)
            print(f"  {room.__name__}: {time.monotonic() - started:.0f} s", flush=True)
        if not is_large:
            loading.index_documents(highest)
    loading.count_on(*names)
    print(f"  their indexes: {time.monotonic() - started:.0f} s", flush=True)
