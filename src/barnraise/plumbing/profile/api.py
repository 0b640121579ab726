"""The installation for programs: read and change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Schema

from barnraise.plumbing.ui import rest

from . import services
from .forms import FIELDS, InstallationForm
from .policies import may_change, may_see
from .selectors import installation

router = rest.router(tags=["Installation"])


class InstallationOut(Schema):
    """What holds for the whole installation."""

    network_name: str = Field(description="Name of the partnership; empty when not stated.")
    place: str = Field(description="The town, county or region it works in.")
    default_language: str = Field(description="Language for people who have chosen none.")
    languages: list[str] = Field(description="Languages the partnership works in.")
    time_zone: str = Field(description="IANA name of the zone that dates are shown in.")
    currency: str = Field(description="ISO 4217 code.")
    fiscal_year_start_month: int = Field(description="1 (January) to 12.")
    disclosure_threshold: int = Field(
        description="Counts of people below it are hidden in what is published."
    )


class InstallationIn(Schema):
    """The facts to change; what is left out stays."""

    network_name: str | None = Field(None, max_length=120, description="Name of the partnership.")
    place: str | None = Field(None, max_length=120, description="The town, county or region it works in.")
    default_language: str | None = Field(None, description="Language for people who have chosen none.")
    languages: list[str] | None = Field(None, description="Languages the partnership works in.")
    time_zone: str | None = Field(None, description="IANA name, like America/Denver.")
    currency: str | None = Field(None, description="ISO 4217 code.")
    fiscal_year_start_month: int | None = Field(
        None, strict=True, ge=1, le=12, description="1 (January) to 12."
    )
    disclosure_threshold: int | None = Field(None, strict=True, ge=3, le=100, description="At least 3.")


@router.get("/installation", response=InstallationOut, operation_id="read_installation")
@rest.asks(may_see)
def read(request: HttpRequest) -> Any:
    """The facts of the installation."""
    return installation()


@router.patch("/installation", response=InstallationOut, operation_id="change_installation")
@rest.asks(may_change)
def change(request: HttpRequest, facts: InstallationIn) -> Any:
    """Change some of the facts."""
    row = installation()
    given = facts.model_dump(exclude_none=True)
    form = InstallationForm({**{name: getattr(row, name) for name in FIELDS}, **given})
    return services.change_installation(by=request.user, **rest.mended(form))
