"""What the portal gives to programs, and takes from them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Field, Schema


class PortalOrganisation(Schema):
    """An organisation that this account speaks for."""

    id: UUID = Field(description="Its id; pass it as `organisation` where there are several.")
    name: str = Field(description="Its name.")


class PortalRecord(PortalOrganisation):
    """What the partnership has on record about it."""

    kind: str = Field(description="Its kind.")
    mission: str = Field(description="What it is for.")
    contacts: list[str] = Field(description="Its contact points.")
    speakers: list[str] = Field(description="Who speaks for it.")


class PortalMission(Schema):
    """What it is for, in its own words."""

    mission: str = Field(max_length=4000, description="What it is for.")


class PortalCorrection(Schema):
    """What is wrong in the record."""

    text: str = Field(max_length=2000, description="What is wrong, and what is right.")


class PortalPromise(Schema):
    """A promise by or to it."""

    id: UUID = Field(description="Its id.")
    what: str = Field(description="What was promised.")
    direction: str = Field(
        description="ours (we promised it), theirs (it promised us) or between (partners)."
    )
    due_on: date = Field(description="Until when.")
    state: str = Field(description="How it stands today.")
    may_answer: bool = Field(description="Whether it may say that it was kept, or will be late.")


class PortalLate(Schema):
    """Why a promise will be late."""

    reason: str = Field(max_length=300, description="Why, and until when you think. The day stays as it was.")


class PortalNumber(Schema):
    """A number that it is asked for."""

    id: UUID = Field(description="Its id.")
    indicator: str = Field(description="Of what.")
    begins_on: date = Field(description="First day of the period.")
    ends_on: date = Field(description="Last day of the period.")
    due_on: date | None = Field(description="Until when it is asked.")


class PortalNumberIn(Schema):
    """The number, or why there is none."""

    value: Decimal | None = Field(None, description="The number.")
    reason: str = Field("", max_length=16, description="Why there is none; empty where there is a number.")
    note: str = Field("", max_length=500, description="A note.")


class PortalConcernIn(Schema):
    """A concern to raise."""

    what: str = Field(max_length=300, description="In one sentence.")
    detail: str = Field("", max_length=2000, description="More about it.")


class PortalMore(Schema):
    """More about a concern."""

    text: str = Field(max_length=2000, description="More about it, or why it is not settled.")


class PortalConcern(Schema):
    """A concern that it raised."""

    id: UUID = Field(description="Its id.")
    what: str = Field(description="In one sentence.")
    detail: str = Field(description="More about it.")
    state: str = Field(description="How it stands.")
    raised_at: datetime = Field(description="When.")
    owed_on: date = Field(description="By when it is answered.")
    answers: list[str] = Field(description="What was answered, the first first.")
    outcome: str = Field(description="What came of it.")


class PortalMeeting(Schema):
    """A shared meeting that it was asked to."""

    id: UUID = Field(description="Its id.")
    title: str = Field(description="What it is called.")
    starts_at: datetime = Field(description="When.")
    is_cancelled: bool = Field(description="Whether it does not take place.")


class PortalItem(Schema):
    """A point of the agenda; what was said and decided once the minutes are closed."""

    title: str = Field(description="What is talked about.")
    note: str = Field(description="What was said.")
    decided: str = Field(description="What was decided.")


class PortalMinutes(PortalMeeting):
    """A meeting with its agenda."""

    place: str = Field(description="Where.")
    items: list[PortalItem] = Field(description="The agenda, and the minutes once they are closed.")
    promises: list[PortalPromise] = Field(description="What it promised there, or was promised.")


class PortalEvent(Schema):
    """An event."""

    id: UUID = Field(description="Its id.")
    title: str = Field(description="What it is called.")
    starts_at: datetime = Field(description="When.")
    is_hosted: bool = Field(
        description="Whether it hosts it with us, or hosted it; the others are open to register for."
    )


class PortalThanks(Schema):
    """Thanks that were sent to it."""

    begins_on: date = Field(description="For what was done from this day.")
    ends_on: date = Field(description="Until this day.")
    letter: str = Field(description="The letter.")
    wording: str = Field(description="How it is named in public.")
