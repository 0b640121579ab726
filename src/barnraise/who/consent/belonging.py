"""What of this room hangs on a person, for the socket of belongings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref

from . import selectors, services


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    services.hand_on(keep, absorb, change_set=change_set)


def _erased(ref: Ref, *, by: Any) -> None:
    services.let_go(ref, by=by)


def _told(ref: Ref) -> Mapping[str, Any]:
    lines = selectors.everything_of(ref)
    return {"consents": lines} if lines else {}


def _held(refs: Sequence[Ref]) -> set[int]:
    return selectors.with_a_record(refs)


PEOPLE = Belonging(
    models=("consent.Consent", "consent.Standing"),
    kinds=("people.person",),
    merge=_merged,
    export=_told,
    erase=_erased,
    holds=_held,
)
