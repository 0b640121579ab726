"""Write down what a dry run or a run found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..judging import Judged, Verdict
from ..models import Finding, Import
from ..sockets import Bad, Noun

MOST_NEW = 200
"""Of new records that many are shown."""


def note(
    batch: Import,
    phase: str,
    noun: Noun,
    judged: Judged,
    bad: Sequence[Bad],
    *,
    new_before: int,
    keys: Sequence[int],
) -> None:
    """Findings of one batch. `new_before` new ones were found earlier; `keys` are those of the created, if written."""
    rows = [_refused(batch, phase, one) for one in [*bad, *judged.refused]]
    rows += _new(batch, phase, noun, judged.creates[: max(0, MOST_NEW - new_before)], keys)
    rows += _compared(batch, phase, noun, [*judged.updates, *judged.unchanged])
    told = noun.titles([record.document for record, _ in judged.proposals]) if judged.proposals else ()
    for (record, proposals), title in zip(judged.proposals, told, strict=True):
        rows += [
            Finding(
                batch=batch,
                phase=phase,
                kind=Finding.Kind.MATCH,
                row=record.row,
                table=record.table[:120],
                value=title[:300],
                reason=one.why,
                details=dict(one.details),
                title=one.title[:300],
                key=one.key,
            )
            for one in proposals
        ]
    if rows:
        Finding.objects.bulk_create(rows, batch_size=500)
    _absent(batch, phase, judged)


def _absent(batch: Import, phase: str, judged: Judged) -> None:
    """What is not here, each once, with how many rows are about it."""
    counted = Counter(absent.key[:300] for _record, absent in judged.absent)
    if not counted:
        return
    there = Finding.objects.filter(batch=batch, phase=phase, kind=Finding.Kind.ABSENT)
    known = {one.value: one for one in there.filter(value__in=list(counted))}
    for key, one in known.items():
        one.many += counted[key]
    Finding.objects.bulk_update(known.values(), ["many"], batch_size=500)
    new = {absent.key[:300]: (record, absent) for record, absent in reversed(judged.absent)}
    Finding.objects.bulk_create(
        [
            Finding(
                batch=batch,
                phase=phase,
                kind=Finding.Kind.ABSENT,
                row=record.row,
                table=record.table[:120],
                value=key,
                title=absent.title[:300],
                details={**absent.details, "can_add": absent.can_add},
                many=counted[key],
            )
            for key, (record, absent) in reversed(new.items())
            if key not in known
        ],
        batch_size=500,
    )


def note_gone(batch: Import, phase: str, rows: Sequence[tuple[int, str]]) -> None:
    """Records, as (key, title), that this edition does not list any more."""
    Finding.objects.bulk_create(
        [
            Finding(batch=batch, phase=phase, kind=Finding.Kind.GONE, key=key, title=title[:300])
            for key, title in rows
        ],
        batch_size=500,
    )


def _refused(batch: Import, phase: str, bad: Bad) -> Finding:
    return Finding(
        batch=batch,
        phase=phase,
        kind=Finding.Kind.REFUSED,
        row=bad.row,
        table=bad.table[:120],
        column=bad.column[:200],
        value=str(bad.value)[:300],
        reason=str(bad.reason)[:300],
        details=_plain(bad.details),
    )


def _plain(details: Any) -> dict[str, Any]:
    return {name: value if isinstance(value, int | float) else str(value) for name, value in details.items()}


def _new(
    batch: Import, phase: str, noun: Noun, shown: Sequence[Verdict], keys: Sequence[int]
) -> list[Finding]:
    if not shown:
        return []
    titles = noun.titles([one.record.document for one in shown])
    return [
        Finding(
            batch=batch,
            phase=phase,
            kind=Finding.Kind.NEW,
            row=one.record.row,
            table=one.record.table[:120],
            title=title[:300],
            key=keys[number] if number < len(keys) else None,
        )
        for number, (one, title) in enumerate(zip(shown, titles, strict=True))
    ]


def _compared(batch: Import, phase: str, noun: Noun, verdicts: Sequence[Verdict]) -> list[Finding]:
    told = [one for one in verdicts if one.merged and (one.merged.changes or one.merged.kept)]
    rows = []
    titles = noun.titles([one.record.document for one in told]) if told else ()
    for one, title in zip(told, titles, strict=True):
        merged = one.merged
        assert merged is not None  # noqa: S101 - chosen above
        for kind, pairs in ((Finding.Kind.CHANGED, merged.changes), (Finding.Kind.KEPT, merged.kept)):
            if pairs:
                rows.append(
                    Finding(
                        batch=batch,
                        phase=phase,
                        kind=kind,
                        row=one.record.row,
                        table=one.record.table[:120],
                        title=title[:300],
                        key=one.key,
                        changes={name: list(pair) for name, pair in pairs.items()},
                    )
                )
    return rows
