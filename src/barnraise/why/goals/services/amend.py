"""Change many goals, objectives or indicators at once, as a file says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.plumbing.journal import services as journal
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.search import services as search

from ..models import Indicator


def amend(
    kind: str, model: Any, given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime
) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    A state of "reached" or "dropped", or of indicators a reason, ends a row today.
    """

    def settle(row: Any) -> None:
        is_over = bool(row.end_reason) if isinstance(row, Indicator) else row.is_ended
        if is_over and row.ended_on is None:
            row.ended_on = timezone.localdate(at)

    found = journal.amend(model, given, at=at, settle=settle)
    search.index(kind, [change.key for change in found])
    return found
