"""Proposals to decisions for programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Schema

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui import rest
from barnraise.who.people.models import Person

from . import policies, selectors, services
from .models import Proposal
from .models.proposal import State

router = rest.router(tags=["Decisions"])
_STATES = ", ".join(State.values)


class DecisionProposalOut(Schema):
    """What was proposed."""

    id: UUID = Field(description="Its id.")
    decision: UUID = Field(description="To which question.")
    title: str = Field(description="The proposal.")
    text: str = Field(description="More about it.")
    author: str = Field(description="The name its author wants shown.")
    person: UUID | None = Field(description="Who of the directory proposed it, where that is known.")
    state: str = Field(description=f"Whether the public sees it: one of {_STATES}.")
    reason: str = Field(description="Which rule it breaks, where it is hidden.")
    created_at: datetime = Field(description="When it was made.")
    updated_at: datetime = Field(description="When it changed last.")


class ProposalIn(Schema):
    """A proposal to note."""

    title: str = Field(min_length=1, max_length=200, description="The proposal.")
    text: str = Field("", max_length=4000, description="More about it.")
    author: str = Field("", max_length=80, description="The name to show.")
    person: UUID | None = Field(None, description="Who of the directory proposed it.")


class ProposalPatch(rest.Given):
    """Show or hide it, or say who proposed it; what is left out stays."""

    state: str | None = Field(None, max_length=8, description="shown or hidden.")
    reason: str = Field("", max_length=300, description="Which rule it breaks.")
    person: UUID | None = Field(
        None, description="Who of the directory proposed it; null says that nobody is named."
    )


def _person(uuid: UUID | None) -> Ref | None:
    row = Person.objects.filter(uuid=uuid).first() if uuid else None
    if uuid and row is None:
        raise ValidationError({"person": _("There is nobody with this id.")})
    return Ref.to(row) if row else None


def _shape(row: Proposal, known: Mapping[str, UUID]) -> dict[str, Any]:
    names = ("title", "text", "author", "state", "reason", "created_at", "updated_at")
    said = {name: getattr(row, name) for name in names}
    return {"id": row.uuid, "decision": row.decision.uuid, "person": known.get(row.respondent), **said}


@router.get("/proposals", response=rest.Page[DecisionProposalOut], operation_id="list_proposals")
@rest.asks(policies.may_see)
def list_proposals(
    request: HttpRequest,
    paging: rest.PageQuery,
    decision: Annotated[UUID | None, Query(description="Only those to this question.")] = None,
    person: Annotated[UUID | None, Query(description="Only those of this person of the directory.")] = None,
    state: Annotated[
        str | None, Query(max_length=8, description=f"Only those of this state: one of {_STATES}.")
    ] = None,
) -> Any:
    """All proposals."""
    rows = selectors.proposals_listed(request.user)
    if decision:
        rows = rows.filter(decision__uuid=decision)
    if person:
        found = Person.objects.filter(uuid=person).first()
        rows = rows.filter(respondent=str(Ref.to(found))) if found else rows.none()
    if state:
        rows = rows.filter(state=state)
    known: dict[str, UUID] = {}
    return rest.page_of(
        rows,
        paging,
        lambda row: _shape(row, known),
        prepare=lambda found: known.update(selectors.ids_of_people(found)),
    )


@router.post(
    "/decisions/{uuid}/proposals", response={201: DecisionProposalOut}, operation_id="create_proposal"
)
@rest.asks(policies.may_edit)
def create_proposal(request: HttpRequest, uuid: UUID, given: ProposalIn) -> Any:
    """Note a proposal; what the team notes is shown at once."""
    decision = rest.one(selectors.decisions_listed(request.user), uuid=uuid)
    said = given.model_dump(exclude={"person"})
    row = services.propose(decision, by=request.user, respondent=_person(given.person), **said)
    return 201, _shape(row, selectors.ids_of_people([row]))


@router.patch("/proposals/{uuid}", response=DecisionProposalOut, operation_id="moderate_proposal")
@rest.asks(policies.may_moderate)
def moderate_proposal(request: HttpRequest, uuid: UUID, given: ProposalPatch) -> Any:
    """Show a proposal, or hide it and say which rule it breaks; say who proposed it."""
    row, said = rest.one(selectors.proposals_listed(request.user), uuid=uuid), given.model_fields_set
    person = _person(given.person)
    if not said & {"state", "person"}:
        raise ValidationError({"state": _("Show it, or hide it.")})
    with transaction.atomic():
        if "person" in said:
            row = services.name_proposer(row, by=request.user, person=person)
        if "state" in said:
            services.moderate(row, by=request.user, state=given.state or "", reason=given.reason)
    return _shape(row, selectors.ids_of_people([row]))
