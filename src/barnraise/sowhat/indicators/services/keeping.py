"""Keep the rows behind an observation: write what came, went or changed, and say what that does to its value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from barnraise.foundation.periods import Period
from barnraise.why.goals.models import Indicator
from barnraise.why.goals.sockets import Parts, Row

from ..models import Observation, ObservationPart, ObservationRow

ERASED = "erased.person"
AT_ONCE = 500
PARTS_AT_ONCE = 50
Key = tuple[str, int, str, int]
Counted = tuple[str, int]
PLACES = Decimal("0.0001")
MOVABLE = {Indicator.Rule.SUM, Indicator.Rule.COUNT, Indicator.Rule.DISTINCT}
"""Rules whose value moves by the difference; of the others all rows are needed."""


@dataclass
class Moved:
    """How many rows came and went, by how much their sum moved, and by how many the different people or things."""

    added: int = 0
    removed: int = 0
    total: Decimal = Decimal(0)
    apart: int = 0

    def value(self, before: Decimal | None, rule: str) -> Decimal:
        """What a value of a movable rule is now."""
        by = {
            Indicator.Rule.SUM: self.total,
            Indicator.Rule.COUNT: Decimal(self.added - self.removed),
            Indicator.Rule.DISTINCT: Decimal(self.apart),
        }
        return (before or Decimal(0)) + by[Indicator.Rule(rule)]


@dataclass
class _Stored:
    """Rows as they are kept. Of a row whose person was erased only what it is can be known again."""

    rows: dict[Key, tuple[int, date, Decimal, int | None]] = field(default_factory=dict)
    nameless: dict[Counted, tuple[int, date, Decimal, int | None]] = field(default_factory=dict)

    def take(self, key: Key) -> tuple[int, date, Decimal, int | None] | None:
        """The kept row that this is, which is then accounted for."""
        found = self.rows.pop(key, None)
        if found is None and key[:2] == key[2:]:
            return self.nameless.pop(key[:2], None)
        return found


def _stored(rows: QuerySet[ObservationRow]) -> _Stored:
    found = _Stored()
    for one in rows.iterator(chunk_size=2000):
        kept = (one.pk, one.on, one.value, one.part)
        if one.counts_kind != ERASED:
            found.rows[one.kind, one.key, one.counts_kind, one.counts_key] = kept
        elif one.kind != ERASED:
            found.nameless[one.kind, one.key] = kept
    return found


def _key(new: Row) -> Key:
    counts = new.counts or new.ref
    return new.ref.kind, new.ref.id, counts.kind, counts.id


def _row(observation: Observation, key: Key, new: Row, value: Decimal) -> ObservationRow:
    return ObservationRow(
        observation=observation,
        kind=key[0],
        key=key[1],
        counts_kind=key[2],
        counts_key=key[3],
        part=new.part,
        on=new.on,
        value=value,
    )


def keep_rows(observation: Observation, given: Iterable[Row]) -> Moved:
    """Let the rows be these, all of them. What `total` and `apart` say is not filled in: the value is counted anew."""
    stored = _stored(ObservationRow.objects.filter(observation=observation))
    moved, fresh = Moved(), list[ObservationRow]()
    elsewhere: dict[int | None, list[int]] = {}
    for new in given:
        key, value = _key(new), new.value.quantize(PLACES)
        known = stored.take(key)
        if known is None:
            moved.added += 1
            fresh.append(_row(observation, key, new, value))
            if len(fresh) >= AT_ONCE:
                ObservationRow.objects.bulk_create(fresh)
                fresh = []
            continue
        if known[1:3] != (new.on, value):
            ObservationRow.objects.filter(pk=known[0]).update(on=new.on, value=value)
        if known[3] != new.part:
            elsewhere.setdefault(new.part, []).append(known[0])
    ObservationRow.objects.bulk_create(fresh)
    for part, keys in elsewhere.items():
        for some in _pieces(keys):
            ObservationRow.objects.filter(pk__in=some).update(part=part)
    moved.removed = _forget([one[0] for one in stored.rows.values()])
    return moved


def _pieces(keys: Sequence[Any], size: int = AT_ONCE) -> Iterable[Sequence[Any]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _forget(keys: Sequence[int]) -> int:
    for some in _pieces(keys):
        ObservationRow.objects.filter(pk__in=some).delete()
    return len(keys)


def note_parts(observation: Observation, stamps: Mapping[int, str]) -> None:
    """All parts have been read, in this state."""
    ObservationPart.objects.filter(observation=observation).delete()
    rows = (ObservationPart(observation=observation, part=key, stamp=said) for key, said in stamps.items())
    ObservationPart.objects.bulk_create(rows, batch_size=AT_ONCE)


def keep_parts(
    observation: Observation, parts: Parts, options: Mapping[str, Any], period: Period, *, is_distinct: bool
) -> Moved:
    """Read those parts anew that changed since they were read last, and no others; what that moved."""
    now = parts.stamps(options, period)
    before = dict(
        ObservationPart.objects.filter(observation=observation)
        .values_list("part", "stamp")
        .iterator(chunk_size=2000)
    )
    differ = sorted(
        {key for key, said in now.items() if before.get(key) != said} | (before.keys() - now.keys())
    )
    moved = Moved()
    for some in _pieces(differ, PARTS_AT_ONCE):
        given = parts.rows(options, period, [key for key in some if key in now])
        _keep_some(observation, some, given, moved, is_distinct)
        ObservationPart.objects.filter(observation=observation, part__in=some).delete()
        ObservationPart.objects.bulk_create(
            ObservationPart(observation=observation, part=key, stamp=now[key]) for key in some if key in now
        )
    return moved


def _keep_some(
    observation: Observation, parts: Sequence[int], given: Iterable[Row], moved: Moved, is_distinct: bool
) -> None:
    """Let the rows of these parts be those given, and add to `moved` what that did."""
    stored = _stored(ObservationRow.objects.filter(observation=observation, part__in=parts))
    fresh: list[ObservationRow] = []
    counted: set[Counted] = set()
    for new in given:
        key, value = _key(new), new.value.quantize(PLACES)
        known = stored.take(key)
        if known is None:
            fresh.append(_row(observation, key, new, value))
            moved.total += value
            counted.add(key[2:])
        elif known[1:3] != (new.on, value):
            ObservationRow.objects.filter(pk=known[0]).update(on=new.on, value=value)
            moved.total += value - known[2]
    counted |= {key[2:] for key in stored.rows}
    moved.total -= sum((one[2] for one in stored.rows.values()), Decimal(0))
    known_before = _counted(observation, counted) if is_distinct else 0
    moved.removed += _forget([one[0] for one in stored.rows.values()])
    ObservationRow.objects.bulk_create(fresh, batch_size=AT_ONCE)
    moved.added += len(fresh)
    if is_distinct:
        moved.apart += _counted(observation, counted) - known_before


def _counted(observation: Observation, among: set[Counted]) -> int:
    """How many of these people or things some row of the observation counts."""
    found = 0
    for kind in sorted({one[0] for one in among}):
        keys = sorted(key for of, key in among if of == kind)
        for some in _pieces(keys):
            rows = ObservationRow.objects.filter(
                observation=observation, counts_kind=kind, counts_key__in=some
            )
            found += rows.values("counts_key").distinct().count()
    return found
