"""What of this room names a person, for the socket of belongings: who signed for an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref
from barnraise.who.people.selectors import signed_by

from .models import Endorsement
from .services import forget_signer


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    """Nothing hangs on a key: the name stays as it was signed."""


def _erased(ref: Ref, *, by: Any) -> None:
    forget_signer(ref)


def _told(ref: Ref) -> Mapping[str, Any]:
    rows = signed_by(ref, Endorsement.objects.select_related("goal", "organisation"))
    found = [
        {
            "goal": row.goal.name,
            "organisation": row.organisation.name,
            "state": row.state,
            "words": row.words,
            "at": row.answered_at.isoformat() if row.answered_at else None,
        }
        for row in rows
    ]
    return {"signed": found} if found else {}


PEOPLE = Belonging(
    models=("goals.Endorsement",), kinds=("people.person",), merge=_merged, export=_told, erase=_erased
)
