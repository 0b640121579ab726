"""Cards of version 3.0 (RFC 2426) as phones and mail programs read them: UTF-8, CRLF, folded at 75 octets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .shapes import Address, Card, Marked

_TYPES = {
    "mobile": "CELL",
    "cell": "CELL",
    "home": "HOME",
    "work": "WORK",
    "fax": "FAX",
    "pager": "PAGER",
    "main": "MAIN",
}


def escape(value: str) -> str:
    """A text with the signs escaped that mean something in a card."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    value = "".join(letter for letter in value if letter in "\n\t" or letter.isprintable())
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> bytes:
    """The line in UTF-8 with CRLF, in pieces of at most 75 octets, no letter broken."""
    pieces: list[bytes] = []
    held, room = bytearray(), 75
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(held) + len(octets) > room:
            pieces.append(bytes(held))
            held, room = bytearray(), 74
        held += octets
    pieces.append(bytes(held))
    return b"\r\n ".join(pieces) + b"\r\n"


def written(card: Card) -> bytes:
    """One card."""
    return b"".join(fold(line) for line in _lines(card))


def all_written(cards: Iterable[Card]) -> Iterator[bytes]:
    """Many cards, one after the other, as they come."""
    for card in cards:
        yield written(card)


def _lines(card: Card) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    if card.uid:
        yield f"UID:{escape(card.uid)}"
    yield f"FN:{escape(card.shown_name)}"
    name = card.name
    parts = (name.family, name.given, name.additional, name.prefixes, name.suffixes)
    yield "N:" + ";".join(escape(part) for part in parts)
    if card.kind == "org":
        yield "X-ABShowAs:COMPANY"
    if card.nickname:
        yield f"NICKNAME:{escape(card.nickname)}"
    if card.organisation:
        yield "ORG:" + ";".join(escape(part) for part in card.organisation)
    if card.title:
        yield f"TITLE:{escape(card.title)}"
    yield from _reached(card)
    yield from (_address(one) for one in card.addresses)
    if card.categories:
        yield "CATEGORIES:" + ",".join(escape(one) for one in card.categories)
    if card.note:
        yield f"NOTE:{escape(card.note)}"
    yield "END:VCARD"


def _reached(card: Card) -> Iterator[str]:
    yield from (
        f"EMAIL;TYPE={','.join(('INTERNET', *_types(one)))}:{escape(one.value)}" for one in card.emails
    )
    yield from (f"TEL{_typed(one)}:{escape(one.value)}" for one in card.phones)
    yield from (f"URL{_typed(one)}:{escape(one.value)}" for one in card.pages)
    yield from (f"X-SOCIALPROFILE{_typed(one)}:{escape(one.value)}" for one in card.profiles)


def _types(one: Marked) -> list[str]:
    found = [_TYPES[mark] for mark in one.marks if mark in _TYPES]
    return [*found, "PREF"] if one.is_preferred else found


def _typed(one: Marked) -> str:
    types = _types(one)
    return f";TYPE={','.join(types)}" if types else ""


def _address(one: Address) -> str:
    types = [_TYPES[mark] for mark in one.marks if mark in _TYPES]
    kind = f";TYPE={','.join(types)}" if types else ""
    parts = ("", "", one.street, one.city, one.region, one.postcode, one.country)
    return f"ADR{kind}:" + ";".join(escape(part) for part in parts)
