"""The sample town's organisations: fictional, coherent with its communities, in English or Spanish."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from barnraise.foundation.text import words
from barnraise.plumbing.journal.services.record import arriving_by
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search.services import index
from barnraise.plumbing.tags.services import drop_unused
from barnraise.who.communities import selectors as communities

from . import sample_exchanges, sample_services
from .documents import Contact, Id, Name, Offered, OrganisationDocument, Place, SectorCode
from .exchanges import ExchangeDocument
from .hours import DAYS, Span
from .models import Exchange, Organisation, Service, Source
from .sample_english import WORDS as ENGLISH
from .sample_exchanges_spanish import WORDS as EXCHANGED_IN_SPANISH
from .sample_services_spanish import WORDS as SERVICES_IN_SPANISH
from .sample_spanish import WORDS as SPANISH
from .sample_town import BRANCHES, ORGANISATIONS, STREETS, TAGS, Row
from .season import Season
from .selectors import EXCHANGE_KIND, KIND, own
from .services import insert_all, remove_sample, set_own, source_of, write_many

_AREAS = {
    "mill": (-0.002, -0.016),
    "north": (0.019, 0.008),
    "bank": (-0.025, 0.004),
    "town": (0.0, 0.012),
    "county": (0.10, -0.11),
}
"""Where streets of an area lie, as an offset in degrees from the town's bridge."""

SETTING_UP = timedelta(minutes=1)
"""The town's tags were made at most this long before its first organisation."""

BRIDGE = (40.062, -82.418)


def _spoken() -> int:
    return 1 if installation().default_language.startswith("es") else 0


def load(*, by: Any) -> Mapping[str, int]:
    """Write the organisations; nothing when they are there already, or when the sample communities are missing."""
    if Organisation.objects.filter(is_sample=True).exists():
        return {"organisations": 0, "services": 0, "exchanges": 0}
    tongue = _spoken()
    places = communities.sample_keys()
    source = source_of(kind=Source.Kind.SAMPLE, reference="riverbend", name="Riverbend")
    with transaction.atomic(), arriving_by("sample"):
        documents = [_document(number, row, tongue, places) for number, row in enumerate(ORGANISATIONS, 1)]
        written = write_many(documents, by=by, source=source, change_set=None, is_sample=True)
        keys = {row.key: key for row, key in zip(ORGANISATIONS, written.keys, strict=True)}
        branches = [
            _branch(number, name[tongue], keys[parent], area, tongue, places)
            for number, (parent, name, area) in enumerate(BRANCHES, len(ORGANISATIONS) + 1)
        ]
        write_many(branches, by=by, source=source, change_set=None, is_sample=True)
        if own() is None:
            set_own(Organisation.objects.get(pk=keys["own"]), by=by)
        exchanged = _exchanges(keys, tongue, places)
        exchanges = insert_all(exchanged)
        index(KIND, written.keys)
        index(EXCHANGE_KIND, exchanges)
    return {
        "organisations": len(documents) + len(branches),
        "services": len(sample_services.OFFERS),
        "exchanges": len(exchanged),
    }


def _exchanges(
    keys: Mapping[str, int], tongue: int, places: Mapping[str, int]
) -> list[tuple[int, ExchangeDocument]]:
    today = timezone.localdate()
    seeks, gives = Exchange.Direction.SEEKS, Exchange.Direction.GIVES
    rows = [(seeks, one) for one in (*sample_exchanges.ASKS, *sample_exchanges.SEEKS)]
    rows += [(gives, one) for one in sample_exchanges.GIVES]
    return [
        (
            keys[one.key],
            ExchangeDocument(
                direction=direction,
                kind=one.kind,
                what=_in_tongue(one.what, tongue),
                condition=_in_tongue(one.condition, tongue),
                amount=(one.amount * 100 if one.kind == "money" else one.amount) or None,
                unit="money" if one.kind == "money" and one.amount else one.unit,
                currency="USD" if one.kind == "money" and one.amount else "",
                per=one.per,
                months=Season(frozenset(one.months)).mask,
                valid_until=today + timedelta(days=one.lasts) if one.lasts else None,
                status=one.status,
                sectors=tuple(tuple(code.split(" ", 1)) for code in one.sectors),  # type: ignore[misc]
                communities=tuple(sorted(places[area] for area in one.areas if area in places)),
            ),
        )
        for direction, one in rows
    ]


def _in_tongue(english: str, tongue: int) -> str:
    return EXCHANGED_IN_SPANISH[english] if tongue and english else english


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample organisations away, and the tags that came with them and that nobody else uses."""
    with transaction.atomic(), arriving_by("sample"):
        began = Organisation.objects.filter(is_sample=True).aggregate(began=Min("created_at"))["began"]
        exchanged = Exchange.objects.filter(organisation__is_sample=True).count()
        offered = Service.objects.filter(organisation__is_sample=True).count()
        removed = remove_sample(by=by)
        if began is not None:
            drop_unused(names=[name for spoken in TAGS.values() for name in spoken], since=began - SETTING_UP)
    return {"organisations": removed, "services": offered, "exchanges": exchanged}


def _place(number: int, area: str, *, is_known: bool) -> Place:
    base = _AREAS[area]
    lat = BRIDGE[0] + base[0] + ((number * 37) % 19 - 9) * 0.0009
    lon = BRIDGE[1] + base[1] + ((number * 53) % 23 - 11) * 0.0010
    return Place(
        lines=f"{(number * 17) % 380 + 2} {STREETS[number % len(STREETS)]}",
        city="Riverbend" if area != "county" else "Willow Springs",
        region="OH",
        postcode="43099" if area != "county" else "43098",
        country="US",
        lat=round(lat, 5) if is_known else None,
        lon=round(lon, 5) if is_known else None,
    )


def _document(number: int, row: Row, tongue: int, places: Mapping[str, int]) -> OrganisationDocument:
    name, mission = (ENGLISH, SPANISH)[tongue][row.key]
    english = ENGLISH[row.key][0]
    host = "-".join(words(english))[:40]
    served = tuple(sorted(places[area] for area in row.serves if area in places))
    contacts = [Contact("phone", f"+1740555{100 + number:04d}")]
    if number % 3:
        contacts.append(Contact("email", f"hello@{host}.example.org"))
    if number % 4:
        contacts.append(Contact("website", f"https://{host}.example.org/"))
    contacts += [Contact("social", value) for value in sample_services.PROFILES.get(row.key, ())]
    capacity = sample_services.CAPACITIES.get(row.key)
    names = (Name("legal", f"{english} Inc"),) if row.kind == "nonprofit" and number % 2 else ()
    # Numbers beginning with 00 are given to nobody: nobody can take them for a real organisation's.
    identifiers = (Id("EIN", f"00{number:07d}"),) if row.kind in {"nonprofit", "health", "funder"} else ()
    return OrganisationDocument(
        name=name,
        kind=row.kind,
        mission=mission,
        employees_band=row.band,
        income_amount=row.income * 100_000 if row.income else None,
        income_currency="USD" if row.income else "",
        income_year=2024 if row.income else None,
        founded_year=1890 + (number * 29) % 130,
        names=names,
        identifiers=(*identifiers, Id("OWN", f"RB-{number:03d}")),
        sectors=tuple(SectorCode(*code.split(" ", 1)) for code in row.sectors),
        addresses=(_place(number, row.area, is_known=number % 7 != 0),),
        contacts=tuple(contacts),
        services=_services(row.key, tongue),
        hours=_week(sample_services.WEEKS.get(row.key, ())),
        capacity=capacity[0] if capacity else None,
        capacity_per=capacity[1] if capacity else "",
        communities=served,
        tags=tuple(TAGS[tag][tongue] for tag in row.tags),
    )


def _week(given: sample_services.Hours) -> tuple[Span, ...]:
    found = []
    for days, opens, closes in given:
        first, _dash, last = days.partition("-")
        for day in range(DAYS.index(first), DAYS.index(last or first) + 1):
            found.append((day, opens, closes))
    return tuple(sorted(found))


def _services(key: str, tongue: int) -> tuple[Offered, ...]:
    today = timezone.localdate()

    def said(english: str) -> str:
        return SERVICES_IN_SPANISH[english] if tongue and english else english

    offers = [one for one in sample_services.OFFERS if one.key == key]
    return tuple(
        Offered(
            ref=f"sample:{key}:{number}",
            name=said(one.name),
            description=said(one.description),
            status=one.status,
            eligibility=said(one.eligibility),
            minimum_age=one.ages[0],
            maximum_age=one.ages[1],
            application=said(one.application),
            fees=said(one.fees),
            is_free=one.is_free,
            areas=tuple(said(area) for area in one.areas),
            hours=_week(one.hours),
            hours_note=said(one.note),
            languages=one.languages,
            accessibility=said(one.accessibility),
            assured_on=today - timedelta(days=one.checked) if one.checked else None,
            assured_by="desk@riverbend.example.org" if one.checked else "",
        )
        for number, one in enumerate(offers, 1)
    )


def _branch(
    number: int, name: str, parent: int, area: str, tongue: int, places: Mapping[str, int]
) -> OrganisationDocument:
    top = Organisation.objects.get(pk=parent)
    return OrganisationDocument(
        name=name,
        kind=top.kind,
        parent=parent,
        identifiers=(Id("OWN", f"RB-{number:03d}"),),
        addresses=(_place(number, area, is_known=True),),
        communities=(places[area],) if area in places else (),
    )
