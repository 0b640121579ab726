"""Judge a batch of records: new, changed, unchanged, refused; the dry run and the run ask the same judge."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext_noop as _

from .merging import EMPTY, Merged, canonical, digest, merge
from .sockets import Absent, Bad, Document, Noun, Proposal, Record, Subjects

REPEATED = _("The same record stands in row %(row)s already.")
OF_ANOTHER = _("Its identifiers belong to another record than the one taken in before.")
SHARED = _("The record of row %(row)s has the same identifier.")
REPEATED_AMONG = _("The same record stands in these files already, in row %(row)s of one of them.")
SHARED_AMONG = _("The record in row %(row)s of one of these files has the same identifier.")


def place_of(table: str, row: int) -> str:
    """What tells a row of these files from every other: its number and the table it stands in, as findings name it."""
    return f"{row} {table[:120]}"


class Known(NamedTuple):
    """What earlier editions say of one source key. `key` is None when the record is gone or was never written.

    `document` is None when what the source said last is not known any more.
    """

    key: int | None
    digest: bytes
    document: Mapping[str, Any] | None
    row: int
    is_of_this_import: bool


class Memory(Protocol):
    """Where a judge looks up source keys: the listings of the series, and what this import has seen."""

    def recall(self, source_keys: Sequence[str]) -> Mapping[str, Known]:
        """What is known of these keys; unknown ones are left out."""
        ...

    def claimed(self, keys: Collection[int]) -> set[int]:
        """Which of these records a row of this import stands for already."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to happen with one record. `text` is its document as canonical JSON, `digest` that of it.

    `key` is None for a new one; `merged` is None for new and equal ones.
    """

    record: Record
    source_key: str
    digest: bytes
    text: str
    key: int | None = None
    merged: Merged | None = None


@dataclass(slots=True)
class Judged:
    """A batch, sorted."""

    creates: list[Verdict] = field(default_factory=list)
    updates: list[Verdict] = field(default_factory=list)
    unchanged: list[Verdict] = field(default_factory=list)
    refused: list[Bad] = field(default_factory=list)
    proposals: list[tuple[Record, Sequence[Proposal]]] = field(default_factory=list)
    absent: list[tuple[Record, Absent]] = field(default_factory=list)

    @property
    def accepted(self) -> list[Verdict]:
        """All but the refused."""
        return [*self.creates, *self.updates, *self.unchanged]


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides for one import. `decisions` is `place_of` a row -> key of an existing record, or "new", as a person chose.

    `has_several`: the import has more than one table, so that a row's number alone does not say where it stands.
    `subject`: what the noun's records are about; those about what is not here are passed over.
    """

    noun: Noun
    memory: Memory
    decisions: Mapping[str, Any]
    drops_blank: bool
    has_several: bool = False
    subject: Subjects | None = None

    def batch(self, records: Sequence[Record]) -> Judged:
        """Judge records in file order; nothing is written."""
        out = Judged()
        records = self._about_what_is_here(records, out)
        known: dict[str, Known] = {}
        named = self._named(records, known, out)
        told_again = [v for v in named if not _is_equal(known.get(v.source_key), v)]
        found = dict(
            zip(
                map(_place, told_again),
                self.noun.find([v.record.document for v in told_again]) if told_again else (),
                strict=True,
            )
        )
        self._sort(named, known, found, out)
        if out.creates:
            self._part_the_clashing(out)
            self._propose(out)
        return out

    def _about_what_is_here(self, records: Sequence[Record], out: Judged) -> Sequence[Record]:
        if self.subject is None or not records:
            return records
        missing = self.subject.absent([record.document for record in records])
        pairs = list(zip(records, missing, strict=True))
        out.absent = [(record, absent) for record, absent in pairs if absent is not None]
        return [record for record, absent in pairs if absent is None]

    def _compared(self, document: Document) -> Document:
        """What of a document is compared: all but what says which record it is."""
        told_in = getattr(self.noun, "told_in", None)
        names = {
            *(self.subject.fields if self.subject is not None else ()),
            *(told_in(document) if told_in is not None else ()),
        }
        return {name: value for name, value in document.items() if name not in names} if names else document

    def _named(self, records: Sequence[Record], known: dict[str, Known], out: Judged) -> list[Verdict]:
        """Give each record its source key; exact repeats within the file are refused, namesakes get a number."""
        wanted = [self.noun.source_key(record.document) for record in records]
        texts = [canonical(record.document) for record in records]
        marks = [digest(text) for text in texts]
        known.update(self.memory.recall(wanted))
        as_before = self._as_before(wanted, marks, known)
        held = set(as_before.values())
        seen = {k: (v.digest, v.row) for k, v in known.items() if v.is_of_this_import}
        named = []
        for at, (record, plain, mark) in enumerate(zip(records, wanted, marks, strict=True)):
            source_key, count = as_before.get(at, plain), 1
            while (
                at not in as_before
                and plain.startswith("~")
                and (seen[source_key][0] != mark if source_key in seen else source_key in held)
            ):
                count += 1
                source_key = f"{plain}#{count}"
                if source_key not in known:
                    known.update(self.memory.recall([source_key]))
                    again = known.get(source_key)
                    if again and again.is_of_this_import and source_key not in seen:
                        seen[source_key] = (again.digest, again.row)
            if source_key in seen:
                row = seen[source_key][1]
                out.refused.append(Bad(record.row, "", "", self._repeated, {"row": row}, record.table))
                continue
            seen[source_key] = (mark, record.row)
            named.append(Verdict(record, source_key, mark, texts[at]))
        return named

    def _as_before(
        self, wanted: Sequence[str], marks: Sequence[bytes], known: dict[str, Known]
    ) -> dict[int, str]:
        """Of namesakes those that say what one of them said last keep its key, in whatever order they stand now. At most one query."""
        groups: dict[str, list[int]] = {}
        for at, plain in enumerate(wanted):
            if plain.startswith("~"):
                groups.setdefault(plain, []).append(at)
        several = {plain: rows for plain, rows in groups.items() if len(rows) > 1}
        chains = {
            plain: [plain, *(f"{plain}#{count}" for count in range(2, len(rows) + 1))]
            for plain, rows in several.items()
        }
        if chains:
            known.update(self.memory.recall([key for chain in chains.values() for key in chain[1:]]))
        found: dict[int, str] = {}
        for plain, rows in several.items():
            told = [(known[key].digest, key) for key in chains[plain] if key in known]
            last = {mark: key for mark, key in reversed(told) if not known[key].is_of_this_import}
            for at in rows:
                if (key := last.pop(marks[at], None)) is not None:
                    found[at] = key
        return found

    def _sort(
        self,
        named: Sequence[Verdict],
        known: Mapping[str, Known],
        found: Mapping[tuple[str, int], int | Bad | None],
        out: Judged,
    ) -> None:
        targets: dict[int, list[tuple[Verdict, Document | None]]] = {}
        for verdict in named:
            before = known.get(verdict.source_key)
            if before is not None and _is_equal(before, verdict):
                out.unchanged.append(replace(verdict, key=before.key))
                continue
            listed = before.key if before else None
            target = self._target(verdict, listed, found.get(_place(verdict)))
            if isinstance(target, Bad):
                out.refused.append(target)
            elif target is None:
                out.creates.append(verdict)
            else:
                last = before.document if before and listed is not None else None
                targets.setdefault(target, []).append((verdict, last))
        if targets:
            self._compare(targets, out)

    def _target(self, verdict: Verdict, listed: int | None, found: int | Bad | None) -> int | Bad | None:
        """The record taken in before under this key; else identifiers decide, else a person; else it is new."""
        record = verdict.record
        if isinstance(found, Bad):
            return replace(found, row=record.row, table=record.table)
        if listed is not None:
            if found is not None and found != listed:
                if getattr(self.noun, "finds_the_same", False):
                    return found
                return Bad(record.row, "", "", OF_ANOTHER, {}, record.table)
            return listed
        choice = self.decisions.get(place_of(record.table, record.row))
        if found is None and isinstance(choice, int) and self.noun.existing([choice]):
            return choice
        return found

    def _compare(self, targets: Mapping[int, list[tuple[Verdict, Document | None]]], out: Judged) -> None:
        current = self.noun.documents(list(targets))
        taken = self.memory.claimed(list(targets))
        for key, claims in targets.items():
            (verdict, last), rest = claims[0], claims[1:]
            row: Any = verdict.record.row
            if key in taken and last is None:
                # A row of an earlier step stands for it.
                rest, row = claims, self._row_of(key)
            for other, _last in rest:
                details = {"row": row}
                out.refused.append(Bad(other.record.row, "", "", self._repeated, details, other.record.table))
            if rest is claims:
                continue
            if getattr(self.noun, "only_adds", False):
                out.unchanged.append(replace(verdict, key=key))
                continue
            merged = merge(
                self._written(current[key], last),
                None if getattr(self.noun, "rows_hold_together", False) else last,
                self._compared(verdict.record.document),
                drops_blank=self.drops_blank,
                same=self.noun.same_item,
            )
            judged = replace(verdict, key=key, merged=merged)
            (out.updates if merged.changes else out.unchanged).append(judged)

    def _written(self, current: Document, last: Document | None) -> Document:
        """The record without what the house filled in where this source said nothing."""
        filled = getattr(self.noun, "fills", None)
        if not filled or last is None:
            return current
        said_nothing = {name for name in filled if last.get(name) in EMPTY}
        return {
            name: None if name in said_nothing and value == filled[name] else value
            for name, value in current.items()
        }

    @property
    def _repeated(self) -> str:
        return REPEATED_AMONG if self.has_several else REPEATED

    def _row_of(self, key: int) -> int | str:
        row_of = getattr(self.memory, "row_of", None)
        return row_of(key) if row_of else "?"

    def _part_the_clashing(self, out: Judged) -> None:
        """Of new records that share an identifier within the batch the first is taken."""
        holders: dict[tuple[str, str], int] = {}
        kept = []
        for verdict in out.creates:
            keys = self.noun.strong_keys(verdict.record.document)
            row = next((holders[key] for key in keys if key in holders), None)
            if row is not None:
                record = verdict.record
                shared = SHARED_AMONG if self.has_several else SHARED
                out.refused.append(Bad(record.row, "", "", shared, {"row": row}, record.table))
                continue
            holders.update(dict.fromkeys(keys, verdict.record.row))
            kept.append(verdict)
        out.creates = kept

    def _propose(self, out: Judged) -> None:
        undecided = [v for v in out.creates if place_of(v.record.table, v.record.row) not in self.decisions]
        alike = self.noun.proposals([v.record.document for v in undecided])
        keys = {proposal.key for found in alike for proposal in found}
        taken = self.memory.claimed(keys) if keys else set()
        for verdict, found in zip(undecided, alike, strict=True):
            free = [proposal for proposal in found if proposal.key not in taken]
            if free:
                out.proposals.append((verdict.record, free))


def _is_equal(before: Known | None, verdict: Verdict) -> bool:
    """The record is there, and its source says what it said last."""
    return before is not None and before.key is not None and before.digest == verdict.digest


def _place(verdict: Verdict) -> tuple[str, int]:
    return verdict.record.table, verdict.record.row
