"""What of this room hangs on a person or an organisation, for the socket of belongings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import ngettext

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref

from . import selectors
from .models import MailProposal
from .services.following import hand_on, let_go


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    hand_on(keep, absorb, change_set=change_set)


def _erased(ref: Ref, *, by: Any) -> None:
    let_go(ref, by=by)


def _told(ref: Ref) -> Mapping[str, Any]:
    """Everything, also what only coordinators read: it is about them."""
    told: dict[str, Any] = {}
    if talks := selectors.everything_with(ref):
        told["interactions"] = talks
    if steps := selectors.every_step_about(ref):
        told["next_steps"] = steps
    if ref.model == "person":
        addresses = MailProposal.objects.filter(person_id=ref.id).values_list("address", flat=True)
        if addresses:
            told["addresses_of_mails"] = sorted(set(addresses))
    return told


def _held(refs: Sequence[Ref]) -> set[int]:
    return selectors.with_a_history(refs)


def _hindering(ref: Ref) -> str:
    talks, steps = selectors.history_counts(ref)
    words = [
        ngettext("%(count)d interaction", "%(count)d interactions", talks) % {"count": talks}
        if talks
        else "",
        ngettext("%(count)d next step", "%(count)d next steps", steps) % {"count": steps} if steps else "",
    ]
    return ", ".join(one for one in words if one)


PEOPLE = Belonging(
    models=(
        "interactions.Interaction",
        "interactions.InteractionPerson",
        "interactions.NextStep",
        "interactions.Heard",
        "interactions.MailProposal",
    ),
    kinds=("people.person",),
    merge=_merged,
    export=_told,
    erase=_erased,
    holds=_held,
    hinders=_hindering,
)
ORGANISATIONS = Belonging(
    models=("interactions.InteractionOrganisation", "interactions.NextStep", "interactions.Heard"),
    kinds=("organisations.organisation",),
    merge=_merged,
    export=_told,
    erase=_erased,
    holds=_held,
    hinders=_hindering,
)
