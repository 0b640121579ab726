"""What rooms plug into imports: file formats they recognise, and nouns that take records in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from django.apps import apps

from barnraise.foundation.policy import Policy, team
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
class Question:
    """Something that a file does not say and its format has to know: of which release it is.

    `suggestion` stands when nobody answers; without one the answer to a required question keeps the files from being
    read. `check` raises FieldRefused for an answer that cannot be.
    """

    name: str
    title: Any
    hint: Any = ""
    suggestion: str = ""
    is_required: bool = False
    check: Callable[[str], Any] | None = None

    def answer(self, source: Source) -> str:
        """What a person answered of this file, else the suggestion."""
        answers: Mapping[str, Any] = source.choices.get("answers") or {}
        return str(answers.get(self.name) or self.suggestion)


def _asks_nothing(source: Source) -> Sequence[Question]:
    return ()


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that needs no mapping.

    `recognises` says how sure it is that these files are its own, 0..1 (by header signature, never by file name);
    `source` is what its facts are credited to, as people read it; `is_register`: the file is the authority for its
    fields, so that a value it drops is dropped. `asks` gives the questions about one file; `expects` how many records
    the files hold, where that is not the number of their rows. `then` names the format that takes the rest of the same
    files in, by an import of its own that begins when this one is done: files may hold records of two nouns.
    """

    title: Any
    noun: str
    source: str
    recognises: Callable[[Sequence[Source]], float]
    read: Reader
    is_register: bool = True
    about: Any = ""
    asks: Callable[[Source], Sequence[Question]] = _asks_nothing
    expects: Callable[[Sequence[Source]], int | None] | None = None
    then: str = ""


IS_REST = "is_rest"
"""Among a source's choices: an import before this one took in what its format leaves out, so that nothing is said of it."""

formats: Socket[Format] = Socket(
    "imports.formats", doc="A file kind taken in without mapping: header signature, reader, noun it makes."
)


NUMBERS = frozenset({"number", "money", "latitude", "longitude"})
"""Kinds of fields whose cells are written in one style of numbers."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a column of a spreadsheet can be mapped to. `aliases` are folded header words that suggest it.

    `is_shared`: where no column holds it, people write what all rows have in common. `may_be_blank`: it needs a column,
    not a value in every row.
    """

    name: str
    title: Any
    kind: Literal[
        "text", "number", "money", "date", "many", "choice", "email", "phone", "url", "latitude", "longitude"
    ] = "text"
    is_required: bool = False
    aliases: Sequence[str] = ()
    options: Sequence[tuple[str, Any]] = ()
    hint: Any = ""
    is_shared: bool = False
    may_be_blank: bool = False


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
    """Plural noun as the command line and counts say it: "organisations". The page of its list has the name "organisations:list",
    the one that the rail has for it, or what the noun's own `list_url_name` says."""
    kind: str
    """Typed-reference kind: "organisations.organisation"."""
    title: Any

    @property
    def fields(self) -> Sequence[Field]:
        """What a column can be mapped to."""
        ...

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """For one reading of a file: what makes a document from mapped cells (already split, parsed dates and numbers).

        It raises FieldRefused, and may remember for that reading what it looked up.
        """
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


class AddedOnly:
    """The base of a Noun whose rows are told apart by what they say, hold no lists, and are left as they are when found again.

    What is left to say: `name`, `kind`, `title`, `fields`, `builder`, `source_key`, `find`, `write` and `titles`.
    """

    kind: str
    only_adds = True
    """A record that is found is unchanged, whatever a row says of it. A noun that changes some of its fields says no, and gives
    `documents` of them and `told_by`: the fields that only say which record it is."""
    fills: Mapping[str, Any] = {}
    """What a new record gets in fields that its row left blank, as `documents` gives it: nobody wrote it, so that a later row of the
    same file changes it."""
    finds_the_same = False
    """Whether `find` tells records by all that a row says, not by a name: then a row that says what another record says stands for
    that one, wherever it stood in the edition before. Such nouns begin their source keys with "~"."""

    rows_hold_together = False
    """Whether rows make sense only together, as shares of a whole do: then a row that says something new is written as it stands, also over
    what a person wrote since, so that no half of it is kept. They are judged in one batch, wherever they stand in the file."""

    hangs: tuple[str, ...] = ()
    """Kinds of changes that are kept under the key of the record they belong to: what a row says beside the record itself."""

    may_read: Policy = staticmethod(team)
    """Who reads what an import of this noun found: its report quotes the rows, and what stood there before."""

    def held_with(self, document: Document) -> str:
        """What rows that hold together have in common; only asked where they do."""
        return ""

    def told_in(self, document: Document) -> Collection[str]:
        """The fields of this document that only say which record it is, or nothing that could change it."""
        told: Sequence[str] = getattr(self, "told_by", ())
        return told

    def strong_keys(self, document: Document) -> Sequence[tuple[str, str]]:
        """None: no identifier names such a row in the world."""
        return ()

    def same_item(self, field: str, item: Any) -> str:
        """No field is a list."""
        return str(item)

    def existing(self, keys: Sequence[int]) -> set[int]:
        """See Noun."""
        rows = apps.get_model(self.kind)._default_manager.filter(pk__in=keys)
        return set(rows.values_list("pk", flat=True)) if keys else set()

    def proposals(self, documents: Sequence[Document]) -> Sequence[Sequence[Proposal]]:
        """None: what is not found is new."""
        return [()] * len(documents)

    def brings(self, documents: Sequence[Document]) -> Mapping[str, Sequence[str]]:
        """Nothing."""
        return {}

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. They say nothing that a file could change."""
        return {key: {} for key in self.existing(keys)}


nouns: Socket[Noun] = Socket(
    "imports.nouns", doc="A noun that takes records in: its fields, how it matches, writes and undoes."
)


class FieldRefused(ValueError):
    """A value that a noun cannot take. `reason` is an English source string from the catalogue, filled with `details`."""

    def __init__(self, column: str, value: str, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason, self.details = column, value, reason, details


@dataclass(frozen=True, slots=True)
class Absent:
    """What a record is about and that is not here: a place that is no community of ours.

    `key` tells it apart and stands beside its title ("FIPS 06037"). `details` is JSON: all that is needed to add it.
    `can_add`: whether people may take it in; what they may not is passed over and named.
    """

    key: str
    title: str
    details: Mapping[str, Any] = field(default_factory=dict)
    can_add: bool = True


class Subjects(Protocol):
    """What the records of a noun are about, plugged under the noun's name: figures are about communities.

    Records about what is not here are passed over: counted, named once each, and left for people to decide.
    """

    kind: str
    """Typed-reference kind of what they are about: "communities.community"."""
    title: Any
    """What stands above those that are not here: "Places that are no community here"."""
    text: Any
    """One sentence about what happens with their rows."""
    add_label: Any
    fields: Collection[str]
    """Fields of the noun's documents that say which record it is. They are never compared."""
    policy: Policy
    """Who may add one."""

    def absent(self, documents: Sequence[Document]) -> Sequence[Absent | None]:
        """For each document, in order, what it is about when that is not here."""
        ...

    def candidates(self, found: Sequence[Mapping[str, Any]]) -> Sequence[Sequence[tuple[int, str, bool]]]:
        """For each details of an Absent, (key, title, whether it is likely) of those here that it may be, likely ones first."""
        ...

    def add(self, details: Mapping[str, Any], *, name: str, by: Any, change_set: Any) -> int:
        """Make it, called `name` or else as the file calls it; its key. Raises ValidationError."""
        ...

    def join(self, details: Mapping[str, Any], key: int, *, by: Any) -> None:
        """It is the one here with this key: from now on it is found as that. Raises ValidationError."""
        ...


subjects: Socket[Subjects] = Socket(
    "imports.subjects",
    doc="By noun: what its records are about, which rows are about something that is not here, and how to add it.",
)
