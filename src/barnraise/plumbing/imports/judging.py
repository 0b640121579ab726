"""Judge a batch of records: new, changed, unchanged, refused; the dry run and the run ask the same judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext_noop

from .merging import Merged, digest, merge, whole_item
from .sockets import Bad, Document, Noun, Proposal, Record

REPEATED = gettext_noop("The same record stands in row %(row)s already.")


class Known(NamedTuple):
    """What earlier editions say of one source key. `key` is None when the record is gone or was never written."""

    key: int | None
    digest: bytes
    document: Mapping[str, Any]
    row: int
    is_of_this_import: bool


class Memory(Protocol):
    """Where a judge looks up source keys: the listings of the series, and what this import has seen."""

    def recall(self, source_keys: Sequence[str]) -> Mapping[str, Known]: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to happen with one record. `key` is None for a new one; `merged` is None for new and unchanged ones."""

    record: Record
    source_key: str
    digest: bytes
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

    @property
    def accepted(self) -> list[Verdict]:
        """All but the refused."""
        return [*self.creates, *self.updates, *self.unchanged]


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides for one import. `decisions` is row -> key of an existing record, or "new", as a person chose."""

    noun: Noun
    memory: Memory
    decisions: Mapping[str, Any]
    drops_blank: bool

    def batch(self, records: Sequence[Record]) -> Judged:
        """Judge records in file order; nothing is written."""
        out = Judged()
        named = self._named(records, out)
        if not named:
            return out
        known = self.memory.recall([v.source_key for v in named])
        strangers = [v for v in named if _key(known, v) is None]
        found = dict(
            zip(map(_place, strangers), self.noun.find([v.record.document for v in strangers]), strict=True)
        )
        self._sort(named, known, found, out)
        if out.creates:
            self._propose(out)
        return out

    def _named(self, records: Sequence[Record], out: Judged) -> list[Verdict]:
        """Give each record its source key; exact repeats within the file are refused, namesakes get a number."""
        wanted = [self.noun.source_key(record.document) for record in records]
        seen = {k: (v.digest, v.row) for k, v in self.memory.recall(wanted).items() if v.is_of_this_import}
        named = []
        for record, plain in zip(records, wanted, strict=True):
            mark, source_key, count = digest(record.document), plain, 1
            while source_key in seen and plain.startswith("~") and seen[source_key][0] != mark:
                count += 1
                source_key = f"{plain}#{count}"
                if source_key not in seen:
                    again = self.memory.recall([source_key]).get(source_key)
                    if again and again.is_of_this_import:
                        seen[source_key] = (again.digest, again.row)
            if source_key in seen:
                out.refused.append(
                    Bad(record.row, "", "", REPEATED, {"row": seen[source_key][1]}, record.table)
                )
                continue
            seen[source_key] = (mark, record.row)
            named.append(Verdict(record, source_key, mark))
        return named

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
            key = _key(known, verdict)
            if key is not None and before and before.digest == verdict.digest:
                out.unchanged.append(Verdict(verdict.record, verdict.source_key, verdict.digest, key))
                continue
            last = before.document if before and key is not None else None
            target = key if key is not None else self._decided(verdict, found.get(_place(verdict)))
            if isinstance(target, Bad):
                out.refused.append(target)
            elif target is None:
                out.creates.append(verdict)
            else:
                targets.setdefault(target, []).append((verdict, last))
        if targets:
            self._compare(targets, out)

    def _decided(self, verdict: Verdict, found: int | Bad | None) -> int | Bad | None:
        """Identifiers decide; without them a person's decision for the row; else it is new."""
        if isinstance(found, Bad):
            return Bad(
                verdict.record.row,
                found.column,
                found.value,
                found.reason,
                found.details,
                verdict.record.table,
            )
        choice = self.decisions.get(str(verdict.record.row))
        if found is None and isinstance(choice, int) and self.noun.existing([choice]):
            return choice
        return found

    def _compare(self, targets: Mapping[int, list[tuple[Verdict, Document | None]]], out: Judged) -> None:
        current = self.noun.documents(list(targets))
        same = getattr(self.noun, "same_item", whole_item)
        for key, claims in targets.items():
            first, rest = claims[0], claims[1:]
            for verdict, _ in rest:
                row = first[0].record.row
                out.refused.append(
                    Bad(verdict.record.row, "", "", REPEATED, {"row": row}, verdict.record.table)
                )
            verdict, last = first
            merged = merge(
                current[key], last, verdict.record.document, drops_blank=self.drops_blank, same=same
            )
            judged = Verdict(verdict.record, verdict.source_key, verdict.digest, key, merged)
            (out.updates if merged.changes else out.unchanged).append(judged)

    def _propose(self, out: Judged) -> None:
        undecided = [v for v in out.creates if str(v.record.row) not in self.decisions]
        alike = self.noun.proposals([v.record.document for v in undecided])
        out.proposals = [(v.record, list(p)) for v, p in zip(undecided, alike, strict=True) if p]


def _key(known: Mapping[str, Known], verdict: Verdict) -> int | None:
    before = known.get(verdict.source_key)
    return before.key if before else None


def _place(verdict: Verdict) -> tuple[str, int]:
    return verdict.record.table, verdict.record.row
