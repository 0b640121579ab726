"""What programs read and write of goals."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from ninja import Field, Schema

from barnraise.plumbing.ui import rest

from .models import Endorsement, Goal, Indicator, Objective

_STATES = ", ".join(Goal.State.values)
_RULES = ", ".join(Indicator.Rule.values)
_FREQUENCIES = ", ".join(Indicator.Frequency.values)
_WAYS = ", ".join(Indicator.Direction.values)
_ANSWERS = ", ".join(Endorsement.State.values)


class GoalOut(Schema):
    """What a partnership aims at."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Name; unique, case and accents do not count.")
    about: str = Field(description="What changes, and for whom.")
    state: str = Field(description=f"One of {_STATES}.")
    starts_on: date | None = Field(description="From when.")
    ends_on: date | None = Field(description="Until when.")
    owner: str | None = Field(description="E-mail address of whoever of the team keeps it.")
    cites: list[str] = Field(description='Needs and decisions it rests on, as references "needs.need:12".')
    end_reason: str = Field(description="Why it ended; empty while it goes on.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


class GoalIn(Schema):
    """A goal to add."""

    name: str = Field(min_length=1, max_length=200, description="Name.")
    about: str = Field("", max_length=4000, description="What changes, and for whom.")
    starts_on: rest.Day | None = Field(None, description="From when.")
    ends_on: rest.Day | None = Field(None, description="Until when.")


class GoalPatch(Schema):
    """What to change; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=200, description="Name.")
    about: str | None = Field(None, max_length=4000, description="What changes, and for whom.")
    starts_on: rest.Day | None = Field(None, description="From when.")
    ends_on: rest.Day | None = Field(None, description="Until when.")
    cites: list[str] | None = Field(
        None, max_length=100, description="All needs and decisions it rests on, as references."
    )
    state: str | None = Field(
        None, max_length=8, description=f"One of {_STATES}; reached and dropped want a reason."
    )
    reason: str | None = Field(None, max_length=1000, description="Why it ends.")


class ObjectiveOut(Schema):
    """A measurable step towards a goal."""

    id: UUID = Field(description="Its id.")
    goal: UUID = Field(description="Towards which goal.")
    name: str = Field(description="The step.")
    about: str = Field(description="How.")
    state: str = Field(description=f"One of {_STATES}.")
    due_on: date | None = Field(description="Until when.")
    owner: str | None = Field(description="E-mail address of whoever of the team keeps it.")
    smart: str = Field(description="SMART with a dot for every letter that does not stand yet.")
    missing: list[str] = Field(description="What mends it, each after its letter.")
    end_reason: str = Field(description="Why it ended; empty while it goes on.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


class ObjectiveIn(Schema):
    """An objective to add."""

    goal: UUID = Field(description="Towards which goal.")
    name: str = Field(min_length=1, max_length=300, description="The step.")
    about: str = Field("", max_length=4000, description="How.")
    due_on: rest.Day | None = Field(None, description="Until when.")
    owner: str | None = Field(None, max_length=254, description="E-mail address of one of the team.")


class ObjectivePatch(Schema):
    """What to change; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=300, description="The step.")
    about: str | None = Field(None, max_length=4000, description="How.")
    due_on: rest.Day | None = Field(None, description="Until when.")
    owner: str | None = Field(None, max_length=254, description="E-mail address of one of the team.")
    state: str | None = Field(
        None, max_length=8, description=f"One of {_STATES}; agreed only when it is SMART."
    )
    reason: str | None = Field(None, max_length=1000, description="Why it ends.")


class IndicatorOut(Schema):
    """The number that tells."""

    id: UUID = Field(description="Its id.")
    objective: UUID | None = Field(description="Of which objective it tells.")
    name: str = Field(description="The measure; unique, case and accents do not count.")
    definition: str = Field(description="What counts and what does not.")
    unit: str = Field(description="In which unit.")
    direction: str = Field(description=f"Which way is better: one of {_WAYS}.")
    rule: str = Field(description=f"How rows become the value: one of {_RULES}.")
    frequency: str = Field(description=f"How often: one of {_FREQUENCIES}.")
    baseline_value: Decimal | None = Field(description="Where things stood.")
    baseline_on: date | None = Field(description="On which day.")
    target_value: Decimal | None = Field(description="Where they should get.")
    target_on: date | None = Field(description="Until which day.")
    source: str = Field(description="Which source its values come from; empty when they are written by hand.")
    source_note: str = Field(description="Where the numbers come from.")
    ended_on: date | None = Field(description="Since when no value is asked; null while they are.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


class IndicatorIn(Schema):
    """An indicator to add."""

    name: str = Field(min_length=1, max_length=200, description="The measure.")
    objective: UUID | None = Field(None, description="Of which objective it tells.")
    definition: str = Field("", max_length=4000, description="What counts and what does not.")
    unit: str = Field("", max_length=40, description="In which unit.")
    direction: str = Field("up", max_length=4, description=f"Which way is better: one of {_WAYS}.")
    rule: str = Field("sum", max_length=8, description=f"How rows become the value: one of {_RULES}.")
    frequency: str = Field("quarter", max_length=8, description=f"How often: one of {_FREQUENCIES}.")
    baseline_value: Decimal | None = Field(None, description="Where things stand.")
    baseline_on: rest.Day | None = Field(None, description="On which day.")
    target_value: Decimal | None = Field(None, description="Where they should get.")
    target_on: rest.Day | None = Field(None, description="Until which day.")
    source: str = Field("", max_length=80, description="Which source its values come from.")
    source_note: str = Field("", max_length=300, description="Where the numbers come from.")


class IndicatorPatch(Schema):
    """What to change; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=200, description="The measure.")
    definition: str | None = Field(None, max_length=4000, description="What counts and what does not.")
    unit: str | None = Field(None, max_length=40, description="In which unit.")
    direction: str | None = Field(None, max_length=4, description=f"One of {_WAYS}.")
    rule: str | None = Field(None, max_length=8, description=f"One of {_RULES}.")
    frequency: str | None = Field(None, max_length=8, description=f"One of {_FREQUENCIES}.")
    baseline_value: Decimal | None = Field(None, description="Where things stand.")
    baseline_on: rest.Day | None = Field(None, description="On which day.")
    target_value: Decimal | None = Field(None, description="Where they should get.")
    target_on: rest.Day | None = Field(None, description="Until which day.")
    source_note: str | None = Field(None, max_length=300, description="Where the numbers come from.")
    is_ended: bool | None = Field(None, strict=True, description="true ends it, false goes on with it.")
    reason: str | None = Field(None, max_length=1000, description="Why it ends.")


class EndorsementOut(Schema):
    """What a partner says to a goal."""

    id: UUID = Field(description="Its id.")
    goal: UUID = Field(description="To which goal.")
    organisation: UUID = Field(description="Which partner.")
    state: str = Field(description=f"One of {_ANSWERS}.")
    words: str = Field(description="In their words.")
    signed_by: str = Field(description="Who says so for the organisation.")
    asked_at: datetime = Field(description="When they were asked.")
    answered_at: datetime | None = Field(description="When they answered last.")
    updated_at: datetime = Field(description="When it changed last.")


class EndorsementIn(Schema):
    """A partner to ask, or what they said already."""

    goal: UUID = Field(description="To which goal.")
    organisation: UUID = Field(description="Which partner.")
    state: str = Field("asked", max_length=9, description=f"One of {_ANSWERS}; asked only asks.")
    words: str = Field("", max_length=1000, description="In their words.")
    signed_by: str = Field("", max_length=200, description="Who says so for the organisation.")


class EndorsementPatch(Schema):
    """What of an answer is to change; what is left out stays."""

    state: str | None = Field(None, max_length=9, description=f"One of {_ANSWERS}, but asked.")
    words: str | None = Field(None, max_length=1000, description="In their words.")
    signed_by: str | None = Field(None, max_length=200, description="Who says so for the organisation.")


def named(model: Any, field: str, uuid: UUID | None) -> Any:
    """The row of this id, None for none. Raises ValidationError on the field."""
    if uuid is None:
        return None
    row = model.objects.filter(uuid=uuid).first()
    if row is None:
        raise ValidationError({field: "There is nothing with this id."})
    return row


def goal_shape(row: Goal) -> dict[str, Any]:
    """A goal as GoalOut."""
    names = ("name", "about", "state", "starts_on", "ends_on", "end_reason", "created_at", "updated_at")
    cites = [str(one.ref) for one in row.citations.all()]
    owner = row.owner.email if row.owner else None
    return {"id": row.uuid, "owner": owner, "cites": cites, **{name: getattr(row, name) for name in names}}


def objective_shape(row: Objective, letters: str, missing: list[str]) -> dict[str, Any]:
    """An objective as ObjectiveOut."""
    names = ("name", "about", "state", "due_on", "end_reason", "created_at", "updated_at")
    return {
        "id": row.uuid,
        "goal": row.goal.uuid,
        "owner": row.owner.email if row.owner else None,
        "smart": letters,
        "missing": missing,
        **{name: getattr(row, name) for name in names},
    }


def indicator_shape(row: Indicator) -> dict[str, Any]:
    """An indicator as IndicatorOut."""
    names = [name for name in IndicatorOut.model_fields if name not in {"id", "objective"}]
    objective = row.objective.uuid if row.objective else None
    return {"id": row.uuid, "objective": objective, **{name: getattr(row, name) for name in names}}


def endorsement_shape(row: Endorsement) -> dict[str, Any]:
    """An endorsement as EndorsementOut."""
    names = ("state", "words", "signed_by", "asked_at", "answered_at", "updated_at")
    said = {name: getattr(row, name) for name in names}
    return {"id": row.uuid, "goal": row.goal.uuid, "organisation": row.organisation.uuid, **said}
