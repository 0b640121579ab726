"""What rooms plug into imports: file formats they recognise, and nouns that take records in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from barnraise.foundation.registry import Socket
from barnraise.foundation.tabular import Recognition

Document = Mapping[str, Any]
"""One record as JSON-ready values by field, as its noun defines them; a field that is absent is not touched."""


@dataclass(frozen=True, slots=True)
class Source:
    """One given file: where it lies, what it was called, and what was recognised and chosen about it."""

    path: Path
    name: str
    recognition: Recognition
    choices: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One record read from a file. `row` is the number people see in the file (1-based), `table` the sheet or member."""

    row: int
    document: Document
    table: str = ""


@dataclass(frozen=True, slots=True)
class Bad:
    """Something refused. `reason` is an English source string from the catalogue, filled with `details`."""

    row: int
    column: str
    value: str
    reason: str
    details: Mapping[str, Any] = field(default_factory=dict)
    table: str = ""


class Reader(Protocol):
    """Streams the records of the given files from after `start_after` (records already taken), in a fixed order."""

    def __call__(self, sources: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that needs no mapping.

    `recognises` says how sure it is that these files are its own, 0..1 (by header signature, never by file name);
    `source` is what its facts are credited to, as people read it; `is_register`: the file is the authority for its
    fields, so that a value it drops is dropped.
    """

    title: Any
    noun: str
    source: str
    recognises: Callable[[Sequence[Source]], float]
    read: Reader
    is_register: bool = True
    about: Any = ""


formats: Socket[Format] = Socket(
    "imports.formats", doc="A file kind taken in without mapping: header signature, reader, noun it makes."
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a column of a spreadsheet can be mapped to. `aliases` are folded header words that suggest it."""

    name: str
    title: Any
    kind: Literal[
        "text", "number", "date", "many", "choice", "email", "phone", "url", "latitude", "longitude"
    ] = "text"
    is_required: bool = False
    aliases: Sequence[str] = ()
    options: Sequence[tuple[str, Any]] = ()
    hint: Any = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A record that may be the same as one in the file; a person decides.

    `why` is an English source string from the catalogue that names what is alike, filled with `details`.
    """

    key: int
    title: str
    why: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose facts are written: `reference` tells origins apart and stays the same from edition to edition."""

    reference: str
    name: str
    is_register: bool = False


class Noun(Protocol):
    """How one noun takes records in. Everything works on batches of up to a few thousand documents."""

    name: str
    """Plural noun as the command line and counts say it: "organisations"."""
    kind: str
    """Typed-reference kind: "organisations.organisation"."""
    title: Any

    @property
    def fields(self) -> Sequence[Field]:
        """What a column can be mapped to."""
        ...

    def build(self, values: Mapping[str, Any]) -> Document:
        """A document from mapped cells (already split, parsed dates and numbers). Raises FieldRefused."""
        ...

    def strong_keys(self, document: Document) -> Sequence[tuple[str, str]]:
        """Identifiers (scheme, value) that name one record in the world."""
        ...

    def source_key(self, document: Document) -> str:
        """What tells this record apart within one source: an identifier, else folded name and place."""
        ...

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The key of the record each document's identifiers name; Bad when they name two different ones."""
        ...

    def same_item(self, field: str, item: Any) -> str:
        """The identity of an item in a field that is a list, so that a changed item is told from a new one."""
        ...

    def existing(self, keys: Sequence[int]) -> set[int]:
        """Which of these keys still exist."""
        ...

    def proposals(self, documents: Sequence[Document]) -> Sequence[Sequence[Proposal]]:
        """For each document, in order, records that look alike (never by a common name alone)."""
        ...

    def brings(self, documents: Sequence[Document]) -> Mapping[str, Sequence[str]]:
        """Records of other nouns that `write` would make along with these, by noun, each told by what tells it from others."""
        ...

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """The records as they stand, as documents; locked until the transaction ends when there is one."""
        ...

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """Write in the caller's transaction with Changes and, last, search rows; the keys of the created, in order.

        An update's document holds only the fields to change.
        """
        ...

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """How lists call these documents."""
        ...


nouns: Socket[Noun] = Socket(
    "imports.nouns", doc="A noun that takes records in: its fields, how it matches, writes and undoes."
)


class FieldRefused(ValueError):
    """A value that a noun cannot take. `reason` is an English source string from the catalogue, filled with `details`."""

    def __init__(self, column: str, value: str, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason, self.details = column, value, reason, details
