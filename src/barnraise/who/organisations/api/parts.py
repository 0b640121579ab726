"""Parts of an organisation that programs give and get: opening hours and services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from ninja import Field, Schema

from barnraise.foundation import contacts
from barnraise.plumbing.ui import rest

from .. import hours, offering
from ..documents import Offered
from ..hours import DAYS, Span
from ..models import Service

_OF_DAYS = f"One of {', '.join(DAYS)}."


class HoursPart(Schema):
    """Opening hours on one day of the week."""

    day: str = Field(max_length=2, description=_OF_DAYS)
    opens: str = Field(max_length=5, description="HH:MM.")
    closes: str = Field(
        max_length=5, description="HH:MM, 24:00 for midnight; before `opens` it is the next day."
    )


class ServicePart(rest.Given):
    """A service it offers to the people it serves."""

    ref: str = Field(
        "",
        max_length=120,
        description="Tells it from the others; keep it to change a service, leave it out for a new one.",
    )
    name: str = Field(min_length=1, max_length=300, description="What it is called.")
    description: str = Field("", max_length=10_000, description="What it is.")
    status: str = Field("active", max_length=18, description=f"One of {', '.join(Service.Status.values)}.")
    eligibility: str = Field("", max_length=4000, description="Who may come.")
    minimum_age: int | None = Field(None, strict=True, ge=0, le=150, description="From this age on.")
    maximum_age: int | None = Field(None, strict=True, ge=0, le=150, description="Up to this age.")
    application: str = Field("", max_length=4000, description="How to get it.")
    fees: str = Field("", max_length=4000, description="What it costs, in words.")
    is_free: bool | None = Field(None, strict=True, description="Whether it is free; null is not known.")
    areas: list[str] = Field([], max_length=60, description="Where people have to live or be.")
    hours: list[HoursPart] = Field([], max_length=hours.MOST, description="When it is open.")
    hours_note: str = Field("", max_length=4000, description="More about the hours.")
    languages: list[str] = Field(
        [], max_length=60, description="Languages spoken, as codes (ISO 639-1) or names."
    )
    interpretation: str = Field("", max_length=2000, description="Interpretation that can be had.")
    accessibility: str = Field("", max_length=4000, description="Accessibility of the place.")
    url: str = Field("", max_length=300, description="Website.")
    email: str = Field("", max_length=300, description="Mailbox.")
    phone: str = Field("", max_length=300, description="Phone, with + and the country's code.")
    assured_on: date | None = Field(None, description="When somebody made sure that this is right.")
    assured_by: str = Field("", max_length=300, description="Mailbox of whoever made sure.")


def read_hours(given: Iterable[Mapping[str, Any]], field: str) -> tuple[Span, ...]:
    """The request's hours as a document has them. Raises ValidationError at the field."""
    found: list[Span] = []
    for one in given:
        if one["day"] not in DAYS:
            raise ValidationError({field: _OF_DAYS})
        span = (DAYS.index(one["day"]), one["opens"], one["closes"])
        if not hours.is_span(span):
            raise ValidationError({field: "Write times as HH:MM; opens and closes must differ."})
        found.append(span)
    return hours.spans(found)


def shape_hours(given: Iterable[Any]) -> list[dict[str, str]]:
    """Hours as programs get them."""
    return [{"day": DAYS[day], "opens": opens, "closes": closes} for day, opens, closes in given]


def read_service(given: Mapping[str, Any]) -> Offered:
    """One service of the request. Raises ValidationError at `services`."""
    said = dict(given)
    said["ref"] = said.get("ref", "").strip() or offering.new_ref()
    said["hours"] = read_hours(said.get("hours", ()), "services")
    said["areas"] = tuple(text.strip() for text in said.get("areas", ()) if text.strip())
    said["languages"] = tuple(
        offering.language_code(text) for text in said.get("languages", ()) if text.strip()
    )
    try:
        for name, kind in (
            ("url", "website"),
            ("email", "email"),
            ("phone", "phone"),
            ("assured_by", "email"),
        ):
            if said.get(name):
                said[name] = contacts.normalise(kind, said[name])
    except contacts.ContactError as no:
        raise ValidationError({"services": f"{said['name']}: {no.reason}"}) from None
    return Offered(**said)


def shape_service(given: Mapping[str, Any]) -> dict[str, Any]:
    """One service as programs get it, from the document's JSON."""
    return {**given, "hours": shape_hours(given["hours"])}
