"""When people or organisations are merged or erased: their proposals, comments and voices follow, or lose their name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes

from ..models import Comment, Proposal, Voice

MERGED = "decisions.respondent"
"""The kind under which a merge keeps whose voices it took over."""
TABLES: Mapping[str, Any] = {"proposals": Proposal, "comments": Comment, "voices": Voice}


def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """What `absorb` proposed, said and voted was that of `keep`. Where both voted on the same question, the other voice stays
    counted without a name."""
    found = {
        name: list(model.objects.filter(respondent=str(absorb)).values_list("pk", flat=True))
        for name, model in TABLES.items()
    }
    if not any(found.values()):
        return
    voted = Voice.objects.filter(respondent=str(keep)).values_list("decision_id", flat=True)
    Voice.objects.filter(respondent=str(absorb), decision_id__in=list(voted)).update(respondent="")
    for model in TABLES.values():
        model.objects.filter(respondent=str(absorb)).update(respondent=str(keep))
    stored = {"from": str(absorb), "to": str(keep), **found}
    change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
    add_changes(change_set=change_set, changes=[change])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        stored = change.before or {}
        for name, model in TABLES.items():
            rows = model.objects.filter(pk__in=stored[name], respondent__in=["", stored["to"]])
            rows.update(respondent=stored["from"])
    return {}


def let_go(ref: Ref, *, by: Any) -> None:
    """Votes stay counted and proposals that others voted for stay; names go, and the words of comments."""
    Comment.objects.filter(respondent=str(ref)).delete()
    Proposal.objects.filter(respondent=str(ref), votes__isnull=True).delete()
    Proposal.objects.filter(respondent=str(ref)).update(author="", text="", respondent="")
    Voice.objects.filter(respondent=str(ref)).update(respondent="")
