"""Address cards: persons as people, cards of organisations and groups as organisations, from one file or many.

One format takes the organisations in, another the persons: an import makes records of one noun. From files with both the
organisations come first, then the persons, whose roles find them. Each refuses or passes over what belongs to the other, so
that nobody becomes both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.tabular import UnreadableFile
from barnraise.foundation.vcards import Address, Card, TooLong, cards
from barnraise.plumbing.imports.sockets import IS_REST, Bad, Format, Record, Source

from .parts import Parts, names

NO_NAME = gettext_noop("There is neither a name nor an e-mail address.")
IS_ORGANISATION = gettext_noop(
    "This card is of an organisation. Give the file once more and choose “Address cards: organisations”."
)
BROKEN = gettext_noop("Nothing in this card can be read.")
_NOT_PERSONS = {"org", "group", "location"}
_SEEN = 500


def _is_cards(sources: Sequence[Source]) -> bool:
    tables = [table for source in sources for table in source.recognition.tables]
    return bool(tables) and all(table.choice.kind == "cards" for table in tables)


def _kinds(sources: Sequence[Source]) -> set[bool]:
    """Whether there are persons (True) and others (False) among the first cards."""
    return {is_person(card) for source in sources for card in islice(_all(source), _SEEN)}


def is_person(card: Card) -> bool:
    """False for a card of an organisation, a group or a place."""
    return card.kind not in _NOT_PERSONS


def _all(source: Source) -> Iterator[Card]:
    try:
        yield from cards(source.path)
    except TooLong:
        raise UnreadableFile("damaged", name=source.name, detail="a card does not end") from None


def recognises(sources: Sequence[Source]) -> float:
    """0.9 for address cards with persons among them, 0.1 for those without."""
    if not _is_cards(sources):
        return 0.0
    return 0.9 if True in _kinds(sources) else 0.1


def recognises_organisations(sources: Sequence[Source]) -> float:
    """1.0 for address cards with organisations among the first of them: they are taken in before the persons."""
    return 1.0 if _is_cards(sources) and False in _kinds(sources) else 0.0


def read(sources: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]:
    """One record a card; the row is the card's number. Cards of organisations that were taken in before are passed over."""
    every = (
        (source, card)
        for source in sources
        for card in _all(source)
        if is_person(card) or not source.choices.get(IS_REST)
    )
    for source, card in islice(every, start_after, None):
        yield record(card, source.name)


def record(card: Card, table: str = "") -> Record | Bad:
    """The person of one card."""
    if not is_person(card):
        return Bad(card.number, "KIND", _shown(card)[:300], IS_ORGANISATION, {}, table)
    made = _parts(card)
    shown = card.shown_name or card.nickname or made.first_mailbox
    if not (card.name.given or card.name.family or shown):
        return Bad(
            card.number, "FN", "; ".join(card.problems)[:300], BROKEN if card.problems else NO_NAME, {}, table
        )
    if card.organisation:
        made.role(card.organisation[0], card.title or card.role, unit=", ".join(card.organisation[1:]))
    else:
        made.fact("title", card.title or card.role)
    if card.title and card.role:
        made.fact("profession", card.role)
    made.identify("VCARD", card.uid)
    said: dict[str, Any] = names(card.name.given, card.name.family, _plain(card, shown))
    kind = "representative" if made.roles else None
    language = next((code for code in map(_language, card.languages) if code), None)
    document = made.document(**said, kind=kind, language=language, about=card.note[:20_000])
    return Record(card.number, document, table)


def _plain(card: Card, shown: str) -> str:
    """The shown name; "" where it is only the parts of the name in another order or with its titles."""
    parts = " ".join(
        (card.name.prefixes, card.name.given, card.name.additional, card.name.family, card.name.suffixes)
    ).split()
    return shown if set(shown.replace(",", " ").split()) - {part.strip(",") for part in parts} else ""


def _language(tag: str) -> str:
    code = tag.replace("_", "-").split("-")[0].lower()
    return code if code in dict(settings.LANGUAGES) else ""


def _parts(card: Card) -> Parts:
    made = Parts()
    for one in card.emails:
        made.reach("email", one.value, one.label or " ".join(one.marks))
    for one in card.phones:
        made.reach("phone", _dialled(one.value), one.label or " ".join(one.marks))
    for one in card.pages:
        made.reach("website", one.value, one.label or " ".join(one.marks))
    for one in card.profiles:
        made.reach("social", one.value, one.label or " ".join(one.marks))
    for at in card.addresses:
        _place(made, at)
    for code, value in (
        ("nickname", card.nickname),
        ("additional names", card.name.additional),
        ("name prefix", card.name.prefixes),
        ("name suffix", card.name.suffixes),
        *card.others,
    ):
        made.fact(code, value)
    made.tag(card.categories)
    return made


def _dialled(value: str) -> str:
    """A tel: address may end in ;ext=12."""
    number, _semicolon, extension = value.partition(";ext=")
    return f"{number} ext. {extension}" if extension else number


def _place(made: Parts, at: Address) -> None:
    made.place(
        at.label or " ".join(at.marks),
        lines=at.street,
        city=at.city,
        region=at.region,
        postcode=at.postcode,
        country=at.country,
    )


def read_organisations(sources: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]:
    """One record a card of an organisation; cards of persons are passed over."""
    every = ((source, card) for source in sources for card in _all(source) if not is_person(card))
    for source, card in islice(every, start_after, None):
        yield organisation(card, source.name)


def _shown(card: Card) -> str:
    return (card.organisation[0] if card.organisation else "") or card.shown_name


def organisation(card: Card, table: str = "") -> Record | Bad:
    """The organisation of one card, as organisations' documents have it."""
    name = " ".join(_shown(card).split())
    if not name:
        return Bad(card.number, "FN", "", NO_NAME, {}, table)
    made = _parts(card)
    made.fact("contact", " ".join(part for part in (card.name.given, card.name.family) if part))
    if card.uid:
        made.identify("VCARD", card.uid)
    return Record(card.number, made.organisation(name, mission=card.note), table)


_ABOUT = _("Photos are left out.")
FORMAT = Format(
    _("Address cards (vCard)"), "people", "vCard", recognises, read, is_register=False, about=_ABOUT
)
ORGANISATIONS = Format(
    _("Address cards: organisations"),
    "organisations",
    "vCard",
    recognises_organisations,
    read_organisations,
    is_register=False,
    about=_("Organisations first, then the persons of the same files. Photos are left out."),
    then="vcard",
)
