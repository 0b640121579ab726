"""Let an observation be what its rows say: read them, keep what changed, apply the rule."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.selectors import jobs_on
from barnraise.plumbing.jobs.services import start
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.why.goals.models import Indicator
from barnraise.why.goals.selectors import aggregate, live_indicators
from barnraise.why.goals.sockets import Row, Source, sources

from ..models import Observation, ObservationRow, Restatement
from ..models.observation import Reason
from ..selectors import OBSERVATION, answered
from ..spans import spans
from .keeping import MOVABLE, PLACES, Moved, keep_parts, keep_rows, note_parts

HANDLER = "indicators.count"
SOON = timedelta(seconds=8)
YEARS_BACK = 2
BASIS = 16
"""So many signs of a stamp say on which basis was counted."""


def compute(
    indicator: Indicator,
    period: Period,
    *,
    by: Any = None,
    note: str = "",
    is_sample: bool = False,
    is_whole: bool = False,
    now: datetime | None = None,
) -> Observation | None:
    """Count one period of an indicator anew, unless nothing changed since; the observation, None where there is nothing to keep.

    Only rows that came, went or changed are written; of a source with parts only parts that changed are read, and the value
    moves by the difference. `is_whole` reads all rows whatever changed. A locked observation whose value or rows change is
    restated, with a sentence. Periods without rows get an observation only once they have begun.
    """
    at = now or timezone.now()
    plug = sources.find(indicator.source) if indicator.source else None
    if indicator.source and plug is None:
        return None
    basis = _basis(indicator)
    stamp = _stamp(indicator, plug, period, basis)
    with transaction.atomic():
        row = (
            Observation.objects.select_for_update()
            .filter(indicator=indicator, begins_on=period.begins)
            .first()
        )
        if row is not None and stamp and row.stamp == stamp and not is_whole:
            return row
        if row is None:
            first = next(iter(_given(indicator, plug, period)), None)
            if first is None and (plug is None or period.begins > timezone.localdate(at)):
                return None
            row = _new(indicator, period, at, is_sample, basis)
        if plug is not None and plug.parts and row.stamp[:BASIS] == basis and not is_whole:
            moved = keep_parts(
                row,
                plug.parts,
                indicator.source_options,
                period,
                is_distinct=indicator.rule == Indicator.Rule.DISTINCT,
            )
            return _settle(row, indicator, moved, stamp, at, by, note, is_moved=indicator.rule in MOVABLE)
        states = plug.parts.stamps(indicator.source_options, period) if plug and plug.parts else {}
        moved = keep_rows(row, _given(indicator, plug, period))
        if plug and plug.parts:
            note_parts(row, states)
        return _settle(row, indicator, moved, stamp, at, by, note)


def _given(indicator: Indicator, plug: Source | None, period: Period) -> Iterable[Row]:
    return plug.rows(indicator.source_options, period) if plug else _reported(indicator, period)


def _basis(indicator: Indicator) -> str:
    """Changes with the rule, the source and its options: then nothing that was counted before stands."""
    options = json.dumps(indicator.source_options, sort_keys=True)
    said = f"{indicator.source}|{indicator.rule}|{options}"
    return hashlib.blake2b(said.encode(), digest_size=BASIS // 2).hexdigest()


def _stamp(indicator: Indicator, plug: Source | None, period: Period, basis: str) -> str:
    """Changes whenever the observation could; "" where the source cannot tell. It begins with the basis."""
    if plug is not None and plug.stamp is None:
        return ""
    if plug is not None and plug.stamp is not None:
        of_rows = plug.stamp(indicator.source_options, period)
    else:
        of_rows = "|".join(f"{one.pk}:{one.updated_at.isoformat()}" for one in answered(indicator, period))
    return basis + hashlib.blake2b(of_rows.encode(), digest_size=24).hexdigest()


def _reported(indicator: Indicator, period: Period) -> Iterator[Row]:
    """What people reported; reports with a reason are rows too, without a value they do not count."""
    for one in answered(indicator, period):
        if one.value is not None:
            yield Row(Ref("indicators", "report", one.pk), one.ends_on, one.value)


def _new(indicator: Indicator, period: Period, at: datetime, is_sample: bool, basis: str) -> Observation:
    origin = Observation.Origin.SOURCE if indicator.source else Observation.Origin.REPORTED
    return Observation.objects.create(
        indicator=indicator,
        begins_on=period.begins,
        ends_on=period.ends,
        reason=Reason.NOTHING,
        origin=origin,
        stamp=basis,
        computed_at=at,
        is_sample=is_sample,
        created_at=at,
        updated_at=at,
    )


def _settle(
    row: Observation,
    indicator: Indicator,
    moved: Moved,
    stamp: str,
    at: datetime,
    by: Any,
    note: str,
    *,
    is_moved: bool = False,
) -> Observation:
    """Write what the observation says now; with `is_moved` its value moves by the difference."""
    before = row.value, row.reason
    if is_moved:
        row.value, row.reason = moved.value(row.value, indicator.rule).quantize(PLACES), ""
        row.row_count += moved.added - moved.removed
    else:
        row.value, row.reason = _value(row, indicator)
        row.row_count = ObservationRow.objects.filter(observation=row).count()
    row.origin = Observation.Origin.SOURCE if indicator.source else Observation.Origin.REPORTED
    row.stamp, row.computed_at = stamp, at
    is_other = before != (row.value, row.reason) or bool(moved.added or moved.removed)
    if is_other:
        row.updated_at = at
    if row.is_locked and is_other:
        row.restated_at = at
        _restate(row, before, (moved.added, moved.removed), at, by, note)
    row.save(
        update_fields=[
            "value",
            "reason",
            "row_count",
            "origin",
            "stamp",
            "computed_at",
            "updated_at",
            "restated_at",
        ]
    )
    return row


def _value(row: Observation, indicator: Indicator) -> tuple[Decimal | None, str]:
    found = recount(row, indicator)
    if found is None:
        reasons = (
            [one.reason for one in answered(indicator, row.period) if one.reason]
            if not indicator.source
            else []
        )
        return None, reasons[0] if reasons else Reason.NOTHING
    if not indicator.source and not ObservationRow.objects.filter(observation=row).exists():
        reasons = [one.reason for one in answered(indicator, row.period) if one.reason]
        return None, reasons[0] if reasons else Reason.NOTHING
    return found.quantize(PLACES), ""


def recount(observation: Observation, indicator: Indicator) -> Decimal | None:
    """The indicator's rule over the rows as they are kept: what the observation has to be."""
    rows = ObservationRow.objects.filter(observation=observation).order_by("pk").iterator(chunk_size=2000)
    is_distinct = indicator.rule == Indicator.Rule.DISTINCT
    return aggregate(
        indicator.rule, ((one.counts if is_distinct else one.ref, one.on, one.value) for one in rows)
    )


def _restate(
    row: Observation,
    before: tuple[Decimal | None, str],
    many: tuple[int, int],
    at: datetime,
    by: Any,
    note: str,
) -> None:
    Restatement.objects.create(
        observation=row,
        old_value=before[0],
        old_reason=before[1],
        new_value=row.value,
        new_reason=row.reason,
        added_count=many[0],
        removed_count=many[1],
        note=note[:300],
        at=at,
        by=by if getattr(by, "pk", None) else None,
    )
    if note:
        search.index(OBSERVATION, [row.pk])
    told = {"before": _plain(before[0]), "after": _plain(row.value)}
    record(by=by, verb="indicators.restated", about=[row, row.indicator], details=told)


def _plain(value: Decimal | None) -> str:
    return "–" if value is None else format(value.normalize(), "f")


def since_of(indicator: Indicator, today: date) -> date:
    """The first day that counts: the baseline's, but at most two years back where there is none."""
    back = today - timedelta(days=365 * YEARS_BACK)
    return indicator.baseline_on or back


def compute_all(
    indicator: Indicator, *, by: Any = None, now: datetime | None = None, is_sample: bool = False
) -> int:
    """Count all periods of an indicator; how many observations stand. For few rows; else `start_counting`."""
    at = now or timezone.now()
    today = timezone.localdate(at)
    found = [
        compute(indicator, period, by=by, now=at, is_sample=is_sample)
        for period in spans(indicator.frequency, since_of(indicator, today), today)
    ]
    return len([one for one in found if one is not None])


def count_soon(names: Collection[str]) -> Job | None:
    """Count those whose values come from these sources, in a moment: a queue at a door makes one job of many.

    None where no indicator asks, and where such a job waits already; that one sees what changed since.
    """
    asked = sorted(live_indicators().filter(source__in=names).values_list("source", flat=True).distinct())
    if not asked:
        return None
    waiting = Job.objects.filter(handler=HANDLER, state=Job.State.WAITING).values_list("arguments", flat=True)
    if any(one.get("sources") == asked for one in waiting):
        return None
    title, arguments = _("Counting what changed"), {"sources": asked}
    return start(handler=HANDLER, title=title, arguments=arguments, by=None, wait=SOON)


def start_counting(*, by: Any, indicator: Indicator | None = None) -> Job | None:
    """Count an indicator, or all that count by themselves, in the background; None while that is being done already."""
    subject = Ref.to(indicator) if indicator is not None else Ref("indicators", "observation", 1)
    last = jobs_on(subject).filter(handler=HANDLER).first()
    if last is not None and not last.is_over:
        return None
    if indicator is None and not live_indicators().exclude(source="").exists():
        return None
    title = _("Counting %(name)s") % {"name": indicator.name if indicator else _("all indicators")}
    arguments = {"indicator": indicator.pk if indicator is not None else None}
    return start(handler=HANDLER, title=title, arguments=arguments, subject=subject, by=by)
