"""Address cards (vCard) as a table: one row a card, its number as the row's, the commonest parts as columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..vcards import Card, Marked, TooLong, cards
from . import assembly
from .limits import Limits
from .refusals import UnreadableFile
from .shapes import Table, TableChoice

COLUMNS = (
    "Full name",
    "First name",
    "Last name",
    "Organisation",
    "Job title",
    "E-mail",
    "Work email",
    "Phone",
    "Mobile phone",
    "Work phone",
    "Website",
    "Street",
    "City",
    "State",
    "Postcode",
    "Country",
    "Notes",
)
"""Headings by which mapping finds the fields; formats read the cards themselves."""


def recognise(source: Path, name: str, limits: Limits) -> Table:
    """Describe the cards of a file. Raises UnreadableFile when one is damaged beyond reading."""
    choice = TableChoice("vcard", "cards", width=len(COLUMNS))
    shifted = ((number + 1, row) for number, row in numbered(source, name))
    with_head = _with_head(shifted)
    table = assembly.build(name, choice, with_head, assembly.Known(1), limits)
    samples = tuple(row._replace(number=row.number - 1) for row in table.samples)
    choice = replace(table.choice, header_row=0, header_height=0)
    return replace(table, choice=choice, samples=samples, header_is_certain=True)


def _with_head(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    yield 1, list(COLUMNS)
    yield from rows


def numbered(source: Path, name: str) -> Iterator[tuple[int, list[str]]]:
    """(number of the card, cells) in order."""
    try:
        for card in cards(source):
            yield card.number, _cells(card)
    except TooLong:
        detail = "a card does not end"
        raise UnreadableFile("damaged", name=name, detail=detail) from None


def _cells(card: Card) -> list[str]:
    at = card.addresses[0] if card.addresses else None
    place = (at.street.replace("\n", ", "), at.city, at.region, at.postcode, at.country) if at else ("",) * 5
    shown = card.shown_name or " ".join(part for part in (card.name.given, card.name.family) if part)
    return [
        shown,
        card.name.given,
        card.name.family,
        card.organisation[0] if card.organisation else "",
        card.title,
        _without(card.emails, "work"),
        _with(card.emails, "work"),
        _without(card.phones, "cell", "work", "fax", "pager"),
        _with(card.phones, "cell"),
        _with(card.phones, "work", never="fax"),
        card.pages[0].value if card.pages else "",
        *place,
        card.note,
    ]


def _with(found: tuple[Marked, ...], mark: str, never: str = "") -> str:
    return next((one.value for one in found if mark in one.marks and never not in one.marks), "")


def _without(found: tuple[Marked, ...], *marks: str) -> str:
    return next((one.value for one in found if not set(one.marks) & set(marks)), "")
