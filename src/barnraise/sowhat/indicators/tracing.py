"""Where observations stand in the golden thread: below their indicator, above the rows they came from."""

from __future__ import annotations

from collections.abc import Sequence

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import Fan

from .models import Observation, ObservationRow

FIRST = 50


def observations_of_indicator(ref: Ref) -> Fan:
    """The latest observations first."""
    rows = Observation.objects.filter(indicator_id=ref.id)
    keys = rows.order_by("-begins_on").values_list("pk", flat=True)[:FIRST]
    return Fan([Ref("indicators", "observation", key) for key in keys], rows.count())


def indicator_of_observation(ref: Ref) -> Sequence[Ref]:
    """What it is a number of."""
    keys = Observation.objects.filter(pk=ref.id).values_list("indicator_id", flat=True)
    return [Ref("goals", "indicator", key) for key in keys]


def rows_of_observation(ref: Ref) -> Fan:
    """The first rows behind it."""
    rows = list(ObservationRow.objects.filter(observation_id=ref.id).order_by("pk")[:FIRST])
    many = Observation.objects.filter(pk=ref.id).values_list("row_count", flat=True).first() or 0
    return Fan([row.ref for row in rows], many)


def observations_of_row(ref: Ref) -> Fan:
    """The numbers that a row is counted in."""
    rows = ObservationRow.objects.filter(kind=ref.kind, key=ref.id).order_by("observation_id")
    keys = list(dict.fromkeys(rows.values_list("observation_id", flat=True)[:FIRST]))
    return Fan([Ref("indicators", "observation", key) for key in keys], len(keys))
