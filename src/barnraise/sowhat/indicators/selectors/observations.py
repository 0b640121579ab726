"""Observations, the rows behind them, and how an indicator stands to its path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from barnraise.foundation.refs import Ref
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.why.goals.models import Indicator

from ..models import Observation, ObservationRow
from ..progress import Path, State, state

OBSERVATION, REPORT = "indicators.observation", "indicators.report"
LOOKED_AT, AT_ONCE = 2000, 100


def observations_listed(actor: Any = None) -> QuerySet[Observation]:
    """All observations with indicator, its objective, and who locked them."""
    return Observation.objects.select_related("indicator__objective", "locked_by")


def one_observation(uuid: UUID) -> Observation:
    """Raises Observation.DoesNotExist."""
    return observations_listed().get(uuid=uuid)


def one_observation_by_key(key: int) -> Observation:
    """Raises Observation.DoesNotExist."""
    return observations_listed().get(pk=key)


def observation_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """ "Children at breakfast, 2026-04-01/2026-06-30" by key."""
    rows = Observation.objects.filter(pk__in=list(keys)).select_related("indicator")
    return {row.pk: str(row) for row in rows}


def observations_of(indicator: Indicator, most: int = 60) -> list[Observation]:
    """The latest observations of an indicator, oldest first."""
    rows = Observation.objects.filter(indicator=indicator).order_by("-begins_on")[:most]
    return list(rows)[::-1]


def rows_of(
    observation: Observation, *, after: int = 0, most: int = 100
) -> tuple[list[ObservationRow], int | None]:
    """One page of the rows behind an observation, and where the next page begins; None on the last."""
    found = list(
        ObservationRow.objects.filter(observation=observation, pk__gt=after).order_by("pk")[: most + 1]
    )
    return found[:most], found[most - 1].pk if len(found) > most else None


def path_of(indicator: Indicator) -> Path:
    """From where to where it should get."""
    return Path(
        indicator.baseline_value,
        indicator.baseline_on,
        indicator.target_value,
        indicator.target_on,
        indicator.green_from,
        indicator.amber_from,
    )


def latest_of(indicators: Iterable[Indicator], today: date) -> dict[int, Observation]:
    """The observation of the latest period that is over and has a value, by indicator. One query."""
    kept = [one.pk for one in indicators]
    last = Observation.objects.filter(
        indicator=OuterRef("indicator"), ends_on__lt=today, value__isnull=False
    ).order_by("-begins_on")
    rows = Observation.objects.filter(indicator_id__in=kept, pk=Subquery(last.values("pk")[:1]))
    return {row.indicator_id: row for row in rows}


def standing_of(indicator: Indicator, observation: Observation | None) -> State:
    """How its latest value stands to its path."""
    if observation is None:
        return "unknown"
    return state(path_of(indicator), observation.value, observation.ends_on)


def off_track(today: date, *, most: int) -> list[tuple[Indicator, Observation]]:
    """Indicators of which values are asked and whose latest value is off their path, by name; among the first 2,000 of them."""
    asked = awake(Indicator.objects.filter(ended_on__isnull=True), "indicators.off", today)
    rows = asked.order_by("name_folded", "id")
    found: list[tuple[Indicator, Observation]] = []
    for start in range(0, LOOKED_AT, AT_ONCE):
        indicators = list(rows[start : start + AT_ONCE])
        latest = latest_of(indicators, today)
        found += [
            (one, latest[one.pk])
            for one in indicators
            if one.pk in latest and standing_of(one, latest[one.pk]) == "off"
        ]
        if len(found) >= most or len(indicators) < AT_ONCE:
            break
    return found[:most]


def indicators_without_observation(most: int) -> tuple[int, list[Ref]]:
    """How many indicators of which values are asked have none, and the first of them."""
    told = Observation.objects.filter(indicator=OuterRef("pk"))
    rows = Indicator.objects.filter(~Exists(told), ended_on__isnull=True)
    keys = rows.order_by("id").values_list("pk", flat=True)[:most]
    return rows.count(), [Ref("goals", "indicator", key) for key in keys]
