"""Let an observation be what its rows say: read them, keep what changed, apply the rule."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
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
from barnraise.why.goals.models import Indicator
from barnraise.why.goals.selectors import aggregate, live_indicators
from barnraise.why.goals.sockets import Row, Source, sources

from ..models import Observation, ObservationRow, Restatement
from ..models.observation import Reason
from ..selectors import answered
from ..spans import spans

HANDLER = "indicators.count"
ERASED = "erased.person"
AT_ONCE = 500
YEARS_BACK = 2
Key = tuple[str, int, str, int]
PLACES = Decimal("0.0001")


def compute(
    indicator: Indicator,
    period: Period,
    *,
    by: Any = None,
    note: str = "",
    is_sample: bool = False,
    now: datetime | None = None,
) -> Observation | None:
    """Count one period of an indicator anew, unless nothing changed since; the observation, None where there is nothing to keep.

    Only rows that came, went or changed are written. A locked observation whose value or rows change is restated, with a
    sentence. Periods without rows get an observation only once they have begun.
    """
    at = now or timezone.now()
    plug = sources.find(indicator.source) if indicator.source else None
    if indicator.source and plug is None:
        return None
    stamp = _stamp(indicator, plug, period)
    with transaction.atomic():
        row = (
            Observation.objects.select_for_update()
            .filter(indicator=indicator, begins_on=period.begins)
            .first()
        )
        if row is not None and stamp and row.stamp == stamp:
            return row
        given: Iterable[Row] = (
            plug.rows(indicator.source_options, period) if plug else _reported(indicator, period)
        )
        if row is None:
            given = iter(given)
            first = next(given, None)
            if first is None and (plug is None or period.begins > timezone.localdate(at)):
                return None
            row = _new(indicator, period, at, is_sample)
            given = _again(first, given)
        return _settle(row, indicator, given, stamp, at, by, note)


def _stamp(indicator: Indicator, plug: Source | None, period: Period) -> str:
    """Changes whenever the observation could; "" where the source cannot tell."""
    if plug is not None and plug.stamp is None:
        return ""
    options = json.dumps(indicator.source_options, sort_keys=True)
    if plug is not None and plug.stamp is not None:
        of_rows = plug.stamp(indicator.source_options, period)
    else:
        of_rows = "|".join(f"{one.pk}:{one.updated_at.isoformat()}" for one in answered(indicator, period))
    said = f"{indicator.source}|{indicator.rule}|{options}|{of_rows}"
    return hashlib.blake2b(said.encode(), digest_size=24).hexdigest()


def _reported(indicator: Indicator, period: Period) -> Iterator[Row]:
    """What people reported; reports with a reason are rows too, without a value they do not count."""
    for one in answered(indicator, period):
        if one.value is not None:
            yield Row(Ref("indicators", "report", one.pk), one.ends_on, one.value)


def _again(first: Row | None, rest: Iterable[Row]) -> Iterator[Row]:
    if first is not None:
        yield first
        yield from rest


def _new(indicator: Indicator, period: Period, at: datetime, is_sample: bool) -> Observation:
    origin = Observation.Origin.SOURCE if indicator.source else Observation.Origin.REPORTED
    return Observation.objects.create(
        indicator=indicator,
        begins_on=period.begins,
        ends_on=period.ends,
        reason=Reason.NOTHING,
        origin=origin,
        computed_at=at,
        is_sample=is_sample,
        created_at=at,
        updated_at=at,
    )


def _settle(
    row: Observation, indicator: Indicator, given: Iterable[Row], stamp: str, at: datetime, by: Any, note: str
) -> Observation:
    added, removed = _keep_rows(row, given)
    before = row.value, row.reason
    row.value, row.reason = _value(row, indicator)
    row.row_count = ObservationRow.objects.filter(observation=row).count()
    row.origin = Observation.Origin.SOURCE if indicator.source else Observation.Origin.REPORTED
    row.stamp, row.computed_at = stamp, at
    is_other = before != (row.value, row.reason) or bool(added or removed)
    if is_other:
        row.updated_at = at
    if row.is_locked and is_other:
        row.restated_at = at
        _restate(row, before, (added, removed), at, by, note)
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


def _keep_rows(row: Observation, given: Iterable[Row]) -> tuple[int, int]:
    """Write what came, went or changed; how many came and went. Rows of erased people stay counted."""
    stored: dict[Key, tuple[int, date, Decimal]] = {}
    there = ObservationRow.objects.filter(observation=row).exclude(counts_kind=ERASED)
    for one in there.iterator(chunk_size=2000):
        stored[one.kind, one.key, one.counts_kind, one.counts_key] = (one.pk, one.on, one.value)
    fresh: list[ObservationRow] = []
    added = 0
    for new in given:
        counts = new.counts or new.ref
        key = (new.ref.kind, new.ref.id, counts.kind, counts.id)
        value = new.value.quantize(PLACES)
        known = stored.pop(key, None)
        if known is None:
            added += 1
            fresh.append(_row(row, key, new.on, value))
            if len(fresh) >= AT_ONCE:
                ObservationRow.objects.bulk_create(fresh)
                fresh = []
        elif (known[1], known[2]) != (new.on, value):
            ObservationRow.objects.filter(pk=known[0]).update(on=new.on, value=value)
    ObservationRow.objects.bulk_create(fresh)
    gone = [one[0] for one in stored.values()]
    for start_at in range(0, len(gone), AT_ONCE):
        ObservationRow.objects.filter(pk__in=gone[start_at : start_at + AT_ONCE]).delete()
    return added, len(gone)


def _row(row: Observation, key: Key, on: date, value: Decimal) -> ObservationRow:
    return ObservationRow(
        observation=row, kind=key[0], key=key[1], counts_kind=key[2], counts_key=key[3], on=on, value=value
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
