"""What of this room hangs on people and organisations, for the socket of belongings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref

from . import selectors, services
from .services.following import TABLES


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    services.hand_on(keep, absorb, change_set=change_set)


def _erased(ref: Ref, *, by: Any) -> None:
    services.let_go(ref, by=by)


def _told(ref: Ref) -> Mapping[str, Any]:
    return {name: rows for name, rows in selectors.everything_of(ref).items() if rows}


def _held(refs: Sequence[Ref]) -> set[int]:
    by_text = {str(ref): ref.id for ref in refs}
    found: set[int] = set()
    for model in TABLES.values():
        rows = model.objects.filter(respondent__in=by_text).values_list("respondent", flat=True)
        found |= {by_text[text] for text in rows}
    return found


RESPONDENTS = Belonging(
    models=("decisions.Proposal", "decisions.Comment", "decisions.Voice"),
    kinds=("people.person", "organisations.organisation"),
    merge=_merged,
    export=_told,
    erase=_erased,
    holds=_held,
)
