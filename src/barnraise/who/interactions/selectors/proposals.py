"""Addresses of filed mail that wait for somebody to say who they are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ..models import MailProposal
from ..policies import seen_by


def proposals_listed(actor: Any = None) -> QuerySet[MailProposal]:
    """Those of mails this actor may read, with their mail; without an actor, all."""
    rows = MailProposal.objects.select_related("interaction", "interaction__by", "person", "decided_by")
    if actor is None:
        return rows
    seen = seen_by(actor)
    if seen is None:
        return rows.none()
    return rows.filter(_of_mail(seen))


def _of_mail(seen: Q) -> Q:
    """A condition on interactions as one on their proposals."""
    made = Q()
    for child in seen.children:
        name, value = child  # type: ignore[misc]
        made |= Q(**{f"interaction__{name}": value})
    return made


def one_proposal(uuid: UUID) -> MailProposal:
    """The proposal with its mail. Raises MailProposal.DoesNotExist."""
    return proposals_listed().get(uuid=uuid)


def waiting_count(actor: Any) -> int:
    """How many different addresses wait."""
    rows = proposals_listed(actor).filter(state=MailProposal.State.WAITING)
    return rows.values("address").distinct().count()
