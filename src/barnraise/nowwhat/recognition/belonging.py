"""What of this room hangs on an organisation, and what names a person who signed for one, for the socket of belongings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref
from barnraise.who.people.selectors import signed_by

from . import selectors, services
from .models import Thanks


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    services.hand_on(keep, absorb, change_set=change_set)


def _erased(ref: Ref, *, by: Any) -> None:
    services.let_go(ref, by=by)


def _told(ref: Ref) -> Mapping[str, Any]:
    found = [
        {
            "from": row.begins_on.isoformat(),
            "until": row.ends_on.isoformat(),
            "letter": row.letter,
            "wording": row.wording,
            "state": row.state,
            "answered_by": row.signed_by,
            "wish": row.wish,
        }
        for row in selectors.of_organisation(ref.id)
    ]
    return {"thanks": found} if found else {}


def _held(refs: Sequence[Ref]) -> set[int]:
    return selectors.with_thanks(refs)


def _hindering(ref: Ref) -> str:
    return _("thanks") if selectors.with_thanks([ref]) else ""


ORGANISATIONS = Belonging(
    models=("recognition.Thanks",),
    kinds=("organisations.organisation",),
    merge=_merged,
    export=_told,
    erase=_erased,
    holds=_held,
    hinders=_hindering,
)


def _stays(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    """Nothing hangs on a key: the name stays as it was signed."""


def _forgotten(ref: Ref, *, by: Any) -> None:
    services.forget_signer(ref)


def _signed(ref: Ref) -> Mapping[str, Any]:
    found = [
        {
            "organisation": row.organisation.name,
            "wording": row.wording,
            "state": row.state,
            "wish": row.wish,
            "at": row.answered_at.isoformat() if row.answered_at else None,
        }
        for row in signed_by(ref, Thanks.objects.select_related("organisation"))
    ]
    return {"answered_thanks": found} if found else {}


PEOPLE = Belonging(
    models=("recognition.Thanks",), kinds=("people.person",), merge=_stays, export=_signed, erase=_forgotten
)
