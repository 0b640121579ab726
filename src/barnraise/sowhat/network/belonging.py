"""What of this room hangs on an organisation, and what names a person who signed for one, for the socket of belongings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref
from barnraise.who.people.selectors import signed_by

from . import selectors, services
from .models import Member


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    services.hand_on(keep, absorb, change_set=change_set)


def _erased(ref: Ref, *, by: Any) -> None:
    services.let_go(ref, by=by)


def _told(ref: Ref) -> Mapping[str, Any]:
    found = selectors.everything_of(ref)
    return {"waves": found} if found else {}


def _held(refs: Sequence[Ref]) -> set[int]:
    return selectors.with_waves(refs)


def _hindering(ref: Ref) -> str:
    return _("waves of the network") if selectors.with_waves([ref]) else ""


ORGANISATIONS = Belonging(
    models=("network.Member", "network.Tie"),
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
            "wave": row.wave.name,
            "organisation": row.organisation.name,
            "at": row.answered_at.isoformat() if row.answered_at else None,
        }
        for row in signed_by(ref, Member.objects.select_related("wave", "organisation"))
    ]
    return {"answered_waves": found} if found else {}


PEOPLE = Belonging(
    models=("network.Member",), kinds=("people.person",), merge=_stays, export=_signed, erase=_forgotten
)
