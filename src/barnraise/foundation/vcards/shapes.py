"""Address cards as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One property of a card: `name` in capitals, parameters with names in capitals and values as written, the undecoded value.

    `group` joins lines ("item1" of item1.EMAIL and item1.X-ABLabel).
    """

    name: str
    value: str
    params: tuple[tuple[str, str], ...] = ()
    group: str = ""

    def all(self, name: str) -> list[str]:
        """The values of a parameter; lists are parted: TYPE="work,voice" is ["work", "voice"]."""
        return [
            part.strip()
            for key, value in self.params
            if key == name
            for part in value.split(",")
            if part.strip()
        ]

    def one(self, name: str) -> str:
        """The first value of a parameter, "" without it."""
        return next(iter(self.all(name)), "")


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with the words that say what it is for (home, work, cell, or a label of the person's own), lower case, sorted."""

    value: str
    marks: tuple[str, ...] = ()
    label: str = ""
    is_preferred: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of N."""

    family: str = ""
    given: str = ""
    additional: str = ""
    prefixes: str = ""
    suffixes: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of ADR; `street` holds the post box, the extended address and the street, one a line."""

    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    marks: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo: its bytes, or the address it lies at."""

    content: bytes = field(default=b"", repr=False)
    address: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One card of version 2.1, 3.0 or 4.0. `number` counts from 1 in its file.

    `kind` is individual, org, group, location or what it says; Apple's company cards are "org". `organisation` is ORG with
    its units. `others` are properties without a field here, as (name, text). `problems` name lines that could not be read.
    """

    number: int = 1
    version: str = ""
    kind: str = "individual"
    shown_name: str = ""
    name: Name = Name()
    nickname: str = ""
    organisation: tuple[str, ...] = ()
    title: str = ""
    role: str = ""
    emails: tuple[Marked, ...] = ()
    phones: tuple[Marked, ...] = ()
    pages: tuple[Marked, ...] = ()
    profiles: tuple[Marked, ...] = ()
    addresses: tuple[Address, ...] = ()
    note: str = ""
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    uid: str = ""
    pictures: tuple[Picture, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()
