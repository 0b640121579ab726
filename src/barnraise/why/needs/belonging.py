"""What of this room names a person, for the socket of belongings: who scored a need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref

from . import services


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    """Nothing hangs on a key: the name stays as it was written."""


def _erased(ref: Ref, *, by: Any) -> None:
    services.forget_rater(ref)


def _told(ref: Ref) -> Mapping[str, Any]:
    names = ("size", "seriousness", "effectiveness")
    found = [
        {"need": row.need.title, **{name: float(getattr(row, name)) for name in names}, "reason": row.reason}
        for row in services.scored_by(ref)
    ]
    return {"scored": found} if found else {}


PEOPLE = Belonging(
    models=("needs.Score",), kinds=("people.person",), merge=_merged, export=_told, erase=_erased
)
