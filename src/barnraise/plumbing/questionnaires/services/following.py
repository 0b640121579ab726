"""When people or organisations are merged or erased: their answers follow, or lose what tells whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes

from ..models import Answer, Response
from ..selectors import RESPONSE

MERGED = "questionnaires.respondent"
"""The kind under which a merge keeps whose answers it took over."""


def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """What `absorb` answered was answered by `keep`; where both answered the same questionnaire, the other stays unnamed."""
    rows = Response.objects.filter(respondent=str(absorb))
    moved = list(rows.values_list("pk", "questionnaire_id"))
    if not moved:
        return
    answered = set(Response.objects.filter(respondent=str(keep)).values_list("questionnaire_id", flat=True))
    taken = [key for key, questionnaire in moved if questionnaire in answered]
    now = timezone.now()
    rows.filter(pk__in=taken).update(respondent="", updated_at=now)
    rows.update(respondent=str(keep), updated_at=now)
    stored = {"from": str(absorb), "to": str(keep), "responses": [key for key, _of in moved]}
    change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
    add_changes(change_set=change_set, changes=[change])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        stored = change.before or {}
        rows = Response.objects.filter(pk__in=stored["responses"], respondent__in=["", stored["to"]])
        rows.update(respondent=stored["from"], updated_at=timezone.now())
    return {}


def let_go(ref: Ref, *, by: Any) -> None:
    """Answers stay counted, but nothing tells any more whose they are: no name, no words, no dates."""
    rows = Response.objects.filter(respondent=str(ref))
    keys = list(rows.values_list("pk", flat=True))
    Answer.objects.filter(response_id__in=keys, code="", number__isnull=True).delete()
    rows.update(respondent="", updated_at=timezone.now())
    Change.objects.filter(kind=RESPONSE, before__respondent=str(ref)).delete()
