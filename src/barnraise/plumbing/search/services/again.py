"""Let removed things be found again once they are brought back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import bring_all_back

from .index import index


def bring_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """An undoer of removals, in the caller's transaction; by key why one stays away."""
    kept = bring_all_back(changes, by=by)
    back: dict[str, list[int]] = {}
    for change in changes:
        if change.action == Change.Action.REMOVED and change.key not in kept:
            back.setdefault(change.kind, []).append(change.key)
    for kind, keys in back.items():
        index(kind, keys)
    return kept
