"""Reports for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation

from . import policies, selectors, services
from .models import Report

router = rest.router(tags=["Reports"])
_AUDIENCES = ", ".join(Report.Audience.values)


class BoardReportPatch(Schema):
    """What to change of a draft; what is left out stays."""

    name: str | None = Field(None, max_length=200, description="Its title, of which there is one.")
    audience: str | None = Field(None, max_length=7, description=f"For whom: one of {_AUDIENCES}.")
    organisation: UUID | None = Field(None, description="The partner, of a report for one.")
    begins_on: rest.Day | None = Field(None, description="From when.")
    ends_on: rest.Day | None = Field(None, description="Until when.")
    intro: str | None = Field(None, max_length=4000, description="Foreword.")
    language: str | None = Field(None, max_length=10, description="Code of its language.")
    sections: list[str] | None = Field(None, max_length=50, description="Names of its sections, in order.")


class BoardReportIn(BoardReportPatch):
    """A report to write."""

    name: str = Field(max_length=200, description="Its title, of which there is one.")
    audience: str = Field(max_length=7, description=f"For whom: one of {_AUDIENCES}.")
    begins_on: rest.Day = Field(description="From when.")
    ends_on: rest.Day = Field(description="Until when.")


class BoardReportOut(Schema):
    """A report."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Its title.")
    audience: str = Field(description=f"For whom: one of {_AUDIENCES}.")
    organisation: UUID | None = Field(description="The partner, of a report for one.")
    begins_on: date = Field(description="From when.")
    ends_on: date = Field(description="Until when.")
    intro: str = Field(description="Foreword.")
    language: str = Field(description="Code of its language.")
    sections: list[str] = Field(description="Names of its sections, in order.")
    issued_on: date | None = Field(description="When it was issued; from then on it does not change.")
    withdrawn_on: date | None = Field(description="When it was withdrawn.")
    withdrawn_reason: str = Field(description="Why it was withdrawn.")
    updated_at: datetime = Field(description="When it changed last.")


class BoardReportLineOut(Schema):
    """A line."""

    cells: list[str | float | None] = Field(description="Texts and numbers by column.")
    ref: str = Field(description="Typed reference that it walks back to; empty where there is none.")
    opens: dict[str, str] = Field(
        {}, description="By column, counted from 0: the address of the rows that a number counts."
    )


class BoardReportPartOut(Schema):
    """A table."""

    title: str = Field(description="What it shows.")
    note: str = Field(description="What must be known to read it.")
    columns: list[str] = Field(description="Titles of the columns.")
    lines: list[BoardReportLineOut] = Field(description="Its lines.")


class BoardReportSectionOut(Schema):
    """A section."""

    name: str = Field(description="Its name.")
    title: str = Field(description="Its title.")
    parts: list[BoardReportPartOut] = Field(description="Its tables.")


class BoardReportWithdrawIn(Schema):
    """Why it is not to be used any more."""

    reason: str = Field(max_length=300, description="The reason.")


_PLAIN = (
    "name",
    "audience",
    "begins_on",
    "ends_on",
    "intro",
    "language",
    "issued_on",
    "withdrawn_on",
    "withdrawn_reason",
    "updated_at",
)


def _shape(row: Report) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in _PLAIN}
    body = row.organisation.uuid if row.organisation else None
    return {"id": row.uuid, "organisation": body, "sections": list(row.sections), **said}


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    if any(isinstance(value, str) and "\x00" in value for value in given.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    if given.get("organisation") is not None:
        row = Organisation.objects.filter(uuid=given["organisation"]).first()
        if row is None:
            raise ValidationError({"organisation": "There is no organisation with this id."})
        given["organisation"] = row
    return {name: value for name, value in given.items() if value is not None}


def _one(request: HttpRequest, uuid: UUID) -> Report:
    found: Report = rest.one(selectors.listed(request.user), uuid=uuid)
    return found


@router.get("/reports", response=rest.Page[BoardReportOut], operation_id="list_reports")
@rest.asks(policies.may_see)
def list_reports(
    request: HttpRequest,
    paging: rest.PageQuery,
    audience: Annotated[str, Query(max_length=7, description=f"Only those for: {_AUDIENCES}.")] = "",
    issued: Annotated[bool | None, Query(description="Only issued ones, or only drafts.")] = None,
) -> Any:
    """All reports."""
    rows = selectors.listed(request.user)
    if audience:
        rows = rows.filter(audience=audience.replace("\x00", ""))
    if issued is not None:
        rows = rows.filter(issued_on__isnull=not issued)
    return rest.page_of(rows, paging, _shape)


@router.post("/reports", response={201: BoardReportOut}, operation_id="create_report")
@rest.asks(policies.may_edit)
def create_report(request: HttpRequest, given: BoardReportIn) -> Any:
    """Write a draft."""
    made = services.write_report(by=request.user, **_clean(given.model_dump(exclude_unset=True)))
    return 201, _shape(made)


@router.get("/reports/{uuid}", response=BoardReportOut, operation_id="read_report")
@rest.asks(policies.may_see)
def read_report(request: HttpRequest, uuid: UUID) -> Any:
    """One report."""
    return _shape(_one(request, uuid))


@router.get(
    "/reports/{uuid}/content", response=list[BoardReportSectionOut], operation_id="read_report_content"
)
@rest.asks(policies.may_see)
def read_report_content(request: HttpRequest, uuid: UUID) -> Any:
    """What it says: of a draft as the rows are now, of an issued one as it was kept."""
    return list(selectors.content_of(_one(request, uuid)))


@router.patch("/reports/{uuid}", response=BoardReportOut, operation_id="change_report")
@rest.asks(policies.may_edit)
def change_report(request: HttpRequest, uuid: UUID, given: BoardReportPatch) -> Any:
    """Change a draft."""
    values = _clean(given.model_dump(exclude_unset=True))
    return _shape(services.change_report(_one(request, uuid), by=request.user, **values))


@router.delete("/reports/{uuid}", operation_id="remove_report")
@rest.asks(policies.may_remove)
def remove_report(request: HttpRequest, uuid: UUID) -> Any:
    """Take a draft away."""
    services.remove_report(_one(request, uuid), by=request.user)
    return 204, None


@router.post("/reports/{uuid}/issue", response=BoardReportOut, operation_id="issue_report")
@rest.asks(policies.may_issue)
def issue_report(request: HttpRequest, uuid: UUID) -> Any:
    """Keep what it says today."""
    services.issue(_one(request, uuid), by=request.user)
    return _shape(_one(request, uuid))


@router.post("/reports/{uuid}/withdraw", response=BoardReportOut, operation_id="withdraw_report")
@rest.asks(policies.may_issue)
def withdraw_report(request: HttpRequest, uuid: UUID, given: BoardReportWithdrawIn) -> Any:
    """It is not to be used any more."""
    services.withdraw(_one(request, uuid), by=request.user, reason=given.reason)
    return _shape(_one(request, uuid))
