"""Valuations of the small world: the sample town brings them."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 60
EXAMPLES = {
    "roi:uuid": named("roi.Valuation", "uuid", ended_on__isnull=True),
    "roi:key": named("roi.Valuation", "pk"),
    "roi:outcome_by_key:key": named("roi.Outcome", "pk"),
    "roi:forget:uuid": named("roi.Assumption", "uuid"),
    **{
        f"roi:{view}:uuid": named("roi.Outcome", "uuid", valuation__ended_on__isnull=True)
        for view in ("outcome", "change_outcome", "remove_outcome", "assume_of")
    },
}


def build(people: dict[str, Any]) -> None:
    """Nothing more than the town's."""
