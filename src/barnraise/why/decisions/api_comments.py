"""Comments on proposals for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest

from . import policies, selectors, services
from .models import Comment
from .models.proposal import State

router = rest.router(tags=["Decisions"])
_STATES = ", ".join(State.values)


class ProposalCommentOut(Schema):
    """What somebody said about a proposal."""

    id: UUID = Field(description="Its id.")
    proposal: UUID = Field(description="About which proposal.")
    decision: UUID = Field(description="To which question that was made.")
    text: str = Field(description="What they said.")
    author: str = Field(description="The name they want shown.")
    state: str = Field(description=f"Whether the public sees it: one of {_STATES}.")
    reason: str = Field(description="Which rule it breaks, where it is hidden.")
    created_at: datetime = Field(description="When it was said.")
    updated_at: datetime = Field(description="When it changed last.")


class ProposalCommentIn(Schema):
    """A comment to note."""

    text: str = Field(min_length=1, max_length=2000, description="What was said.")
    author: str = Field("", max_length=80, description="The name to show.")


class ProposalCommentPatch(rest.Given):
    """Show or hide it, or change the words of a comment that you wrote; what is left out stays."""

    state: str | None = Field(None, max_length=8, description="shown or hidden.")
    reason: str = Field("", max_length=300, description="Which rule it breaks.")
    text: str | None = Field(None, min_length=1, max_length=2000, description="What is said.")
    author: str | None = Field(None, max_length=80, description="The name to show.")


def _comment(row: Comment) -> dict[str, Any]:
    names = ("text", "author", "state", "reason", "created_at", "updated_at")
    about = {"proposal": row.proposal.uuid, "decision": row.proposal.decision.uuid}
    return {"id": row.uuid, **about, **{name: getattr(row, name) for name in names}}


@router.get(
    "/proposal-comments", response=rest.Page[ProposalCommentOut], operation_id="list_proposal_comments"
)
@rest.asks(policies.may_see)
def list_comments(
    request: HttpRequest,
    paging: rest.PageQuery,
    decision: Annotated[UUID | None, Query(description="Only those to this question.")] = None,
    proposal: Annotated[UUID | None, Query(description="Only those about this proposal.")] = None,
    state: Annotated[
        str, Query(max_length=8, description=f"Only those of this state: one of {_STATES}.")
    ] = "",
) -> Any:
    """Comments: all of them, or those that pass."""
    rows = selectors.comments_listed(request.user)
    rows = rows.filter(proposal__decision__uuid=decision) if decision else rows
    rows = rows.filter(proposal__uuid=proposal) if proposal else rows
    rows = rows.filter(state=state.replace("\x00", "")) if state else rows
    return rest.page_of(rows, paging, _comment)


@router.post(
    "/proposals/{uuid}/comments", response={201: ProposalCommentOut}, operation_id="create_proposal_comment"
)
@rest.asks(policies.may_edit)
def create_comment(request: HttpRequest, uuid: UUID, given: ProposalCommentIn) -> Any:
    """Note what somebody said; what the team notes is shown at once."""
    proposal = rest.one(selectors.proposals_listed(request.user), uuid=uuid)
    return 201, _comment(services.add_comment(proposal, by=request.user, **given.model_dump()))


@router.patch(
    "/proposal-comments/{uuid}", response=ProposalCommentOut, operation_id="moderate_proposal_comment"
)
@rest.asks(policies.may_moderate)
def moderate_comment(request: HttpRequest, uuid: UUID, given: ProposalCommentPatch) -> Any:
    """Show a comment, or hide it and say which rule it breaks; change the words of your own, of another's that is a 403."""
    row = rest.one(selectors.comments_listed(request.user), uuid=uuid)
    words = given.model_dump(include={"text", "author"}, exclude_none=True)
    if words and not policies.may_change_comment(request.user, row):
        raise rest.Problem(403, _("Only who wrote a comment may change it."))
    if not words and given.state is None:
        raise ValidationError({"state": _("Show it, or hide it.")})
    with transaction.atomic():
        if words:
            row = services.change_comment(row, by=request.user, **words)
        if given.state is not None:
            services.moderate(row, by=request.user, state=given.state, reason=given.reason)
    return _comment(row)


@router.delete("/proposal-comments/{uuid}", operation_id="remove_proposal_comment")
@rest.asks(policies.may_edit)
def remove_comment(request: HttpRequest, uuid: UUID) -> Any:
    """Take away a comment that you wrote; of another's that is a 403: hide it instead."""
    row = rest.one(selectors.comments_listed(request.user), uuid=uuid)
    if not policies.may_change_comment(request.user, row):
        raise rest.Problem(403, _("Only who wrote a comment may take it away."))
    services.remove_comment(row, by=request.user)
    return 204, None
