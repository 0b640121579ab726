"""The sample town's people: fictional, with roles over time in its organisations, in English or Spanish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.services.record import arriving_by
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.tags.services import drop_unused
from barnraise.who.communities import selectors as communities
from barnraise.who.organisations.models import Organisation, Source
from barnraise.who.organisations.selectors import sample_keys as organisation_keys
from barnraise.who.organisations.services import source_of

from .documents import Id, PersonDocument, Place, Post, Rating, Reach, Standing
from .models import Person
from .sample_town import AREAS, BOARD, FAMILY, GIVEN, LEADERS, TAGS, TEAM, TITLES, Leader
from .services import remove_sample, write_many

SETTING_UP = timedelta(minutes=1)
"""The town's tags were made at most this long before its first person."""
RESIDENTS, VOLUNTEERS = 166, 62
STREETS = (
    "Mill Street",
    "Canal Row",
    "Orchard Avenue",
    "River Road",
    "Depot Street",
    "Church Street",
    "Elm Street",
)
PREFIXES = ("614", "380", "220", "567", "330")
"""Area codes before 555-0100 to 555-0199, numbers that are given to nobody."""
SPANISH = frozenset({"Ana", "Lucía", "Tomás", "Javier", "Rosa", "Miguel", "Yolanda", "Carmen", "Rafael", "Beatriz", "Diego", "Teresa",
                     "Andrés", "Sofía", "Celia", "Maribel", "Ramón", "Alma", "Nestor", "Elena", "Felipe"})  # fmt: skip


@dataclass(slots=True)
class Town:
    """What the people are written with."""

    tongue: int
    places: Mapping[str, int]
    organisations: Mapping[str, int]
    kinds: Mapping[int, str]
    today: date
    by: int | None
    number: int = 0

    def word(self, said: tuple[str, str]) -> str:
        """In the language of the installation."""
        return said[self.tongue]

    def day(self, years: int, shift: int) -> date:
        """A day so many years ago, moved by some days."""
        return self.today - timedelta(days=365 * years + shift)

    def name(self) -> tuple[str, str]:
        """The next given and family name; no pair comes twice."""
        at = self.number
        return GIVEN[at % len(GIVEN)], FAMILY[(at * 7 + at // len(GIVEN)) % len(FAMILY)]


def load(*, by: Any) -> Mapping[str, int]:
    """Write the people; nothing when they are there already, or when the sample organisations are missing."""
    keys = organisation_keys()
    if Person.objects.filter(is_sample=True).exists() or not keys:
        return {"people": 0}
    rows = Organisation.objects.filter(pk__in=keys.values()).values_list("pk", "kind")
    town = Town(
        tongue=1 if installation().default_language.startswith("es") else 0,
        places=communities.sample_keys(),
        organisations=keys,
        kinds=dict(rows),
        today=timezone.localdate(),
        by=getattr(by, "pk", None),
    )
    source = source_of(kind=Source.Kind.SAMPLE, reference="riverbend", name="Riverbend")
    documents = [*_leaders(town), *_team(town), *_workers(town), *_volunteers(town), *_residents(town)]
    with transaction.atomic(), arriving_by("sample"):
        write_many(documents, by=by, source=source, change_set=None, is_sample=True)
    leading = sum(len(one.leaderships) for one in documents)
    return {"people": len(documents), "roles": sum(len(one.roles) for one in documents), "leaders": leading}


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample people away, and the tags that came with them and that nobody else uses."""
    with transaction.atomic(), arriving_by("sample"):
        began = Person.objects.filter(is_sample=True).aggregate(began=Min("created_at"))["began"]
        removed = remove_sample(by=by)
        if began is not None:
            drop_unused(names=[name for spoken in TAGS.values() for name in spoken], since=began - SETTING_UP)
    return {"people": removed}


def _contacts(town: Town, given: str, family: str, *, at_work: bool = False) -> tuple[Reach, ...]:
    number = town.number
    plain = "".join(ch for ch in fold(f"{given}.{family}").replace(" ", ".") if ch.isalnum() or ch == ".")
    host = "work.example.org" if at_work else "mail.example.org"
    found = [Reach("email", f"{plain}@{host}", town.word(("work", "trabajo")) if at_work else "")]
    if number % 9 == 0:
        found.clear()
    if number % 5:
        phone = f"+1{PREFIXES[number // 100 % len(PREFIXES)]}5550{100 + number % 100}"
        found.append(Reach("phone", phone, town.word(("mobile", "móvil"))))
    return tuple(found)


def _home(town: Town, area: str) -> tuple[Place, ...]:
    number = town.number
    return (
        Place(
            label=town.word(("home", "casa")),
            lines=f"{(number * 13) % 290 + 3} {STREETS[number % len(STREETS)]}",
            city="Riverbend" if area != "county" else "Willow Springs",
            region="OH",
            postcode="43099" if area != "county" else "43098",
            country="US",
        ),
    )


def _someone(town: Town, kind: str, area: str, **values: Any) -> PersonDocument:
    """The next person; `values` say the rest."""
    given, family = town.name()
    at_work = kind in {"representative", "staff"}
    speaks = given in SPANISH and town.number % 3 != 0
    made = {
        "given_name": given,
        "family_name": family,
        "kind": kind,
        "language": "es" if speaks else "",
        "community": town.places.get(area),
        "contacts": _contacts(town, given, family, at_work=at_work),
        "identifiers": (Id("OWN", f"P-{town.number:04d}"),),
        "status": "inactive" if town.number % 41 == 40 else "active",
        "owner": town.by if town.number % 3 == 0 else None,
        **values,
    }
    town.number += 1
    return PersonDocument(**made)


def _leaders(town: Town) -> Iterator[PersonDocument]:
    for leader in LEADERS:
        yield _leader(town, leader)


def _leader(town: Town, one: Leader) -> PersonDocument:
    organisation = town.organisations.get(one.organisation)
    since = town.day(one.since, 40)
    ratings = []
    for aspect, level in (("reach", one.reach), ("influence", one.influence)):
        note = town.word(one.note) if aspect == "reach" else ""
        if one.since >= 2:
            ratings.append(Rating(aspect, max(1, level - 1), "", town.day(1, 20), town.by))
        ratings.append(Rating(aspect, level, note, town.day(0, 30), town.by))
    standing = Standing(
        one.kind,
        town.word(one.constituency),
        community=town.places.get(one.area),
        organisation=organisation,
        term_started_on=since,
        term_ends_on=town.today + timedelta(days=one.ends) if one.ends else None,
        notes=tuple(ratings),
    )
    roles: tuple[Post, ...] = ()
    if organisation:
        title = town.word(TITLES.get(town.kinds.get(organisation, ""), TITLES["other"])[0])
        kind = "member" if one.kind in {"elected", "youth"} else "employee"
        roles = (Post(organisation, title if kind == "employee" else "", kind, started_on=since),)
    contacts = _contacts(town, one.given, one.family)
    return _someone(
        town,
        "resident" if one.kind in {"grassroots", "youth"} else "representative",
        one.area,
        given_name=one.given,
        family_name=one.family,
        language=one.language,
        contacts=contacts,
        status="active",
        roles=roles,
        leaderships=(standing,),
    )


def _team(town: Town) -> Iterator[PersonDocument]:
    """Our own team, with a former one among them."""
    own = town.organisations["own"]
    for number, title in enumerate(TEAM):
        roles = [
            Post(
                own,
                town.word(title),
                started_on=town.day(number + 1, 11 * number),
                is_main_contact=number == 0,
            )
        ]
        if number == 1:
            roles.insert(
                0, Post(own, town.word(TEAM[4]), started_on=town.day(5, 0), ended_on=town.day(2, 12))
            )
        yield _someone(town, "staff", "town", roles=tuple(roles), status="active")


def _workers(town: Town) -> Iterator[PersonDocument]:
    """Two or three of every organisation; one in three worked elsewhere before, one in five sits on another's board."""
    keys = [key for key in town.organisations if key != "own"]
    for number, key in enumerate(keys):
        here = town.organisations[key]
        titles = TITLES.get(town.kinds.get(here, ""), TITLES["other"])
        for place, title in enumerate(titles[: 3 if number % 2 else 2]):
            at = number + place
            roles = [
                Post(
                    here,
                    town.word(title),
                    started_on=town.day(at % 7, at * 17 % 300),
                    is_main_contact=place == 0,
                )
            ]
            if at % 3 == 0:
                before = town.organisations[keys[(number + 11) % len(keys)]]
                roles.insert(
                    0,
                    Post(
                        before,
                        "",
                        "employee",
                        started_on=town.day(at % 7 + 4, 5),
                        ended_on=roles[-1].started_on,
                    ),
                )
            if at % 5 == 0:
                other = town.organisations[keys[(number + 23) % len(keys)]]
                roles.append(Post(other, town.word(BOARD), "board", started_on=town.day(1, at % 90)))
            yield _someone(town, "representative", AREAS[at % len(AREAS)], roles=tuple(roles))


def _volunteers(town: Town) -> Iterator[PersonDocument]:
    helped = [
        town.organisations[key]
        for key in ("pantry", "wheels", "boysgirls", "river", "shelter", "mentors", "gardens")
    ]
    tags = list(TAGS.values())
    for number in range(VOLUNTEERS):
        area = AREAS[number % len(AREAS)]
        ended = town.day(0, 60 + number) if number % 6 == 5 else None
        post = Post(
            helped[number % len(helped)],
            "",
            "volunteer",
            started_on=town.day(1 + number % 4, number),
            ended_on=ended,
        )
        yield _someone(
            town,
            "volunteer",
            area,
            addresses=_home(town, area),
            roles=(post,),
            tags=(town.word(tags[number % len(tags)]),) if number % 2 else (),
        )


def _residents(town: Town) -> Iterator[PersonDocument]:
    """Every fourth home has two of one family, with one mailbox between them."""
    number = 0
    while number < RESIDENTS:
        area = AREAS[number % len(AREAS)]
        home = _home(town, area)
        family = town.name()[1]
        if number % 4 or number == RESIDENTS - 1:
            yield _someone(town, "resident", area, addresses=home)
            number += 1
            continue
        plain = "".join(ch for ch in fold(family) if ch.isalnum())
        mailbox = (Reach("email", f"{plain}.{number}@home.example.org", town.word(("home", "casa"))),)
        for _member in range(2):
            yield _someone(town, "resident", area, addresses=home, family_name=family, contacts=mailbox)
            number += 1
