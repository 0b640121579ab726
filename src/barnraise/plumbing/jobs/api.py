"""Background work for programs: list, read, cancel."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema

from barnraise.plumbing.ui import rest

from . import policies, selectors, services
from .models import Job

router = rest.router(tags=["Jobs"])


class JobOut(Schema):
    """Long work and how far it is."""

    id: UUID = Field(description="Its id.")
    handler: str = Field(description="What kind of work it is.")
    title: str = Field(description="What it is called on its page.")
    state: str = Field(description="waiting, running, done, failed or cancelled.")
    done: int = Field(description="How many units are done; units depend on the kind of work.")
    total: int | None = Field(description="How many there are; null when nobody knows yet.")
    result: dict[str, Any] = Field(description="What came of it, once it is done.")
    error: str = Field(description="Why its last attempt failed, as a sentence; empty when it did not.")
    is_cancel_wanted: bool = Field(description="Whether it has been told to stop.")
    created_at: datetime = Field(description="When it was started.")
    updated_at: datetime = Field(description="When it last moved.")
    finished_at: datetime | None = Field(description="When it was over; null while it is not.")


def _shape(job: Job) -> dict[str, Any]:
    names = set(JobOut.model_fields) - {"id"}
    return {"id": job.uuid, **{name: getattr(job, name) for name in names}}


@router.get("/jobs", response=rest.Page[JobOut], summary="List jobs")
@rest.asks(policies.may_list)
def list_jobs(request: HttpRequest, paging: rest.PageQuery) -> dict[str, Any]:
    """Leads see every job, others those they started."""
    return rest.page_of(selectors.visible_to(request.user), paging, _shape)


@router.get("/jobs/{uuid:id}", response=JobOut, summary="Read a job")
@rest.asks(policies.may_see)
def read_job(request: HttpRequest, id: UUID) -> dict[str, Any]:  # noqa: A002 - the API's name for it
    """How far it is, and what came of it."""
    return _shape(rest.one(selectors.visible_to(request.user), uuid=id))


@router.post("/jobs/{uuid:id}/cancel", response=JobOut, summary="Cancel a job")
@rest.asks(policies.may_see)
def cancel_job(request: HttpRequest, id: UUID) -> dict[str, Any]:  # noqa: A002 - the API's name for it
    """It stops after its present step; what finished steps wrote stays. Of one that is over nothing changes."""
    job = rest.one(selectors.visible_to(request.user), uuid=id)
    rest.require(request, policies.may_steer, job)
    return _shape(services.cancel(job=job, by=request.user))
