"""Waves of the small world: the sample town brings them."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 63
EXAMPLES = {
    "network:uuid": named("network.Wave", "uuid", ended_on__isnull=True),
    "network:key": named("network.Wave", "pk", ended_on__isnull=True),
    "network:open_again:uuid": named("network.Wave", "uuid", ended_on__isnull=False),
    "network:member_by_key:key": named("network.Member", "pk", wave__ended_on__isnull=True),
    **{
        f"network:{view}:uuid": named("network.Member", "uuid", wave__ended_on__isnull=True)
        for view in ("member", "remove_member")
    },
}


def build(people: dict[str, Any]) -> None:
    """Nothing more than the town's."""
