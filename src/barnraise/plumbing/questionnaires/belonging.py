"""What of this room hangs on people and organisations, for the socket of belongings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref

from . import selectors, services
from .models import Response


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    services.hand_on(keep, absorb, change_set=change_set)


def _erased(ref: Ref, *, by: Any) -> None:
    services.let_go(ref, by=by)


def _told(ref: Ref) -> Mapping[str, Any]:
    said = selectors.everything_of(ref)
    return {"questionnaires": said} if said else {}


def _held(refs: Sequence[Ref]) -> set[int]:
    by_text = {str(ref): ref.id for ref in refs}
    rows = Response.objects.filter(respondent__in=by_text).values_list("respondent", flat=True)
    return {by_text[text] for text in rows}


RESPONDENTS = Belonging(
    models=("questionnaires.Response", "questionnaires.Answer"),
    kinds=("people.person", "organisations.organisation"),
    merge=_merged,
    export=_told,
    erase=_erased,
    holds=_held,
)
