"""Say on which needs and decisions a goal rests."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.sockets import kinds
from barnraise.why.decisions import selectors as decisions
from barnraise.why.decisions.selectors import KIND as DECISION
from barnraise.why.decisions.services import carry

from ..models import Citation, Goal
from ..selectors import CITABLE


def cite(goal: Goal, *, ref: Ref, by: Any) -> Citation:
    """The goal rests on this need or decision; the same one twice is one. Raises ValidationError when it is not there."""
    described = kinds.find(ref.kind) if ref.kind in CITABLE else None
    title = described.titles([ref.id]).get(ref.id) if described else None
    if title is None:
        raise ValidationError({"ref": _("There is no such need or decision.")})
    with transaction.atomic():
        row, is_new = Citation.objects.get_or_create(
            goal=goal, cited_kind=ref.kind, cited_key=ref.id, defaults={"created_at": timezone.now()}
        )
        if is_new:
            Goal.objects.filter(pk=goal.pk).update(updated_at=timezone.now())
            record(by=by, verb="goals.cited", about=[goal, ref], details={"name": title})
    return row


def rest_on(goal: Goal, *, ref: Ref, by: Any) -> Citation:
    """The goal is set for this need or decision: it cites it, and a settled decision that nothing carries out yet has it as its
    carrier. Raises ValidationError when it is not there."""
    with transaction.atomic():
        row = cite(goal, ref=ref, by=by)
        if ref.kind == DECISION:
            decision = decisions.one_by_key(ref.id)
            if decision.stage == decision.Stage.DECIDED and not decision.carried_by:
                carry(decision, carried_by=Ref.to(goal), by=by)
    return row


def uncite(goal: Goal, *, ref: Ref, by: Any) -> bool:
    """The goal does not rest on it. True when it did."""
    with transaction.atomic():
        rows = Citation.objects.filter(goal=goal, cited_kind=ref.kind, cited_key=ref.id)
        if not rows.delete()[0]:
            return False
        Goal.objects.filter(pk=goal.pk).update(updated_at=timezone.now())
        described = kinds.find(ref.kind)
        title = described.titles([ref.id]).get(ref.id, "") if described else ""
        record(by=by, verb="goals.uncited", about=[goal, ref], details={"name": title})
    return True
