"""Who may find what: every document carries one label, and a role may see some labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from barnraise.foundation.policy import Policy, admins, anyone, leads, signed_in, team, writers

VISIBILITIES: Mapping[str, Policy] = {
    "anyone": anyone,
    "signed_in": signed_in,
    "team": team,
    "writers": writers,
    "leads": leads,
    "admins": admins,
}
"""The labels a document may carry, and whom each lets in."""

may_search = signed_in


def labels_for(actor: Any) -> list[str]:
    """The labels this actor may see."""
    return [label for label, policy in VISIBILITIES.items() if policy(actor, None)]
