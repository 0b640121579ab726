"""Reports of the small world: the sample town brings one that is issued and a draft."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 64
EXAMPLES = {
    "reports:uuid": named("reports.Report", "uuid", issued_on__isnull=True),
    "reports:one:uuid": named("reports.Report", "uuid", issued_on__isnull=False),
    "reports:withdraw:uuid": named("reports.Report", "uuid", issued_on__isnull=False),
    "reports:key": named("reports.Report", "pk"),
}


def build(people: dict[str, Any]) -> None:
    """Nothing more than the town's."""
