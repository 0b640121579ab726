"""The API's common ground: routers, policies, problem+json errors, keyset pages."""

from __future__ import annotations

import base64
import binascii
import inspect
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import wraps
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.constants import NOT_SET
from pydantic import AfterValidator, BeforeValidator, model_validator

from barnraise.foundation.policy import Policy

from .lists.keyset import Order, Position, beyond

T = TypeVar("T")
M = TypeVar("M", bound=Model)

PROBLEM_TYPE = "application/problem+json"
TITLES = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "Not allowed",
    404: "Nothing here",
    405: "Not that method here",
    409: "It is in the way of something else",
    413: "Too large",
    415: "Not a content type this address takes",
    422: "Something in the request needs mending",
    429: "Too many requests",
}


class FieldError(Schema):
    """One field that needs mending."""

    field: str = Field(
        description="Name of the field, dotted for nested ones; empty when it is about the whole."
    )
    reason: str = Field(description="What is wrong with it, in a sentence.")


class ProblemOut(Schema):
    """An error as RFC 9457 wants it."""

    type: str = Field("about:blank", description="Always about:blank; the status says the kind.")
    title: str = Field(description="The kind of problem in a few words.")
    status: int = Field(description="The HTTP status once more.")
    detail: str = Field("", description="What happened and what to do.")
    errors: list[FieldError] = Field(default_factory=list, description="The fields to mend.")


class Problem(Exception):
    """Raise it in an endpoint; it is answered as problem+json. `errors` are (field, reason) pairs."""

    def __init__(self, status: int, detail: str = "", *, errors: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = list(errors)

    def body(self) -> dict[str, Any]:
        """What is answered, JSON-ready."""
        return problem_body(self.status, self.detail, self.errors)


def problem_body(status: int, detail: str, errors: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """The JSON of a problem."""
    return {
        "type": "about:blank",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": str(detail),
        "errors": [{"field": str(field), "reason": str(reason)} for field, reason in errors],
    }


def _documented(statuses: Iterable[int]) -> dict[str, Any]:
    schema = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    return dict[Any, Any]((status, {"description": TITLES[status], "content": schema}) for status in statuses)


class HouseRouter(Router):
    """A router whose every operation documents the problems it may answer with."""

    def add_api_operation(
        self, path: str, methods: list[str], view_func: Callable[..., Any], **options: Any
    ) -> Any:
        statuses = [400, 401, 403, 404, 413, 415, 422, 429] + ([409] if set(methods) - {"GET"} else [])
        extra = dict(options.get("openapi_extra") or {})
        extra["responses"] = {**_documented(statuses), **extra.get("responses", {})}
        options["openapi_extra"] = extra
        if options.get("response", NOT_SET) is NOT_SET and methods == ["DELETE"]:
            options["response"] = {204: None}
        return super().add_api_operation(path, methods, view_func, **options)


def router(*, tags: list[str]) -> HouseRouter:
    """The router of one room: `router = rest.router(tags=["Organisations"])` in its api.py."""
    return HouseRouter(tags=tags)


def asks(policy: Policy) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Below the route decorator: asks `policy(request.user, None)` first. A house test demands it on every operation.

    For the single thing an endpoint loads, call `require(request, policy, thing)` as well.
    """

    def make(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            require(request, policy)
            return view(request, *args, **kwargs)

        answer.policy = policy  # type: ignore[attr-defined]
        # ninja reads the signature here, where the names of the room's module are not known: resolve them now.
        answer.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
        return answer

    return make


def require(request: HttpRequest, policy: Policy, thing: Any = None) -> None:
    """Raise Problem 403 unless the policy lets this caller."""
    if not policy(request.user, thing):
        raise Problem(403, "Your role does not allow this.")


def one(queryset: QuerySet[M], **wanted: Any) -> M:
    """The one row, or Problem 404."""
    row = queryset.filter(**wanted).first()
    if row is None:
        raise Problem(404, "There is nothing with this id, or it has been removed.")
    return row


def mended(form: Any) -> dict[str, Any]:
    """The cleaned values of a form, or Problem 422 naming each field: pages and API check by the same form."""
    if form.is_valid():
        return dict(form.cleaned_data)
    found = [
        ("" if field == "__all__" else field, reason)
        for field, reasons in form.errors.items()
        for reason in reasons
    ]
    raise Problem(422, "Nothing was changed.", errors=found)


def partial(form_class: type[Any], row: Any, given: Mapping[str, Any], **options: Any) -> Any:
    """A bound form for PATCH: what was not given keeps its value."""
    from django.forms.models import model_to_dict

    names = list(form_class.base_fields)
    return form_class({**model_to_dict(row, fields=names), **given}, instance=row, **options)


class Given(Schema):
    """A part of a request whose fields may all be left out: only an object will do, not a list or a text."""

    @model_validator(mode="before")
    @classmethod
    def _is_object(cls, values: Any) -> Any:
        if isinstance(getattr(values, "_obj", values), list | tuple | str | int | float):
            raise ValueError("This has to be an object.")
        return values


def _written_out(value: Any) -> Any:
    try:
        float(value)
    except (TypeError, ValueError):
        return value
    raise ValueError("Write the instant as ISO 8601, like 2026-05-01T12:00:00Z.")


def _no_number(value: Any) -> Any:
    if isinstance(value, int | float) or (isinstance(value, str) and value.lstrip("-").isdigit()):
        raise ValueError("Write the day as ISO 8601, like 2026-05-01.")
    return value


def _in_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError("This instant is out of range.") from None


Instant = Annotated[datetime, BeforeValidator(_written_out), AfterValidator(_in_utc)]
"""An instant as ISO 8601; without an offset it is UTC. A bare number is none."""
Day = Annotated[date, BeforeValidator(_no_number)]
"""A day as ISO 8601. A bare number is none."""


class Page(Schema, Generic[T]):
    """One page of a list."""

    items: list[T] = Field(description="The rows of this page.")
    next: str | None = Field(
        None, description="Pass it as `cursor` for the page after this one; null on the last."
    )


class Paging(Schema):
    """How every list is walked."""

    cursor: str | None = Field(
        None, max_length=300, description="Where the page before this one ended (its `next`)."
    )
    limit: int = Field(100, ge=1, le=500, description="Rows on a page.")
    updated_since: Instant | None = Field(
        None, description="Only what changed at or after this instant (ISO 8601), oldest change first."
    )


PageQuery = Annotated[Paging, Query(...)]
"""An endpoint's `paging: rest.PageQuery` argument takes cursor, limit and updated_since from the address."""


def _pack(parts: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def _unpack(cursor: str) -> tuple[str, int]:
    try:
        at, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not (isinstance(at, str) and isinstance(key, int) and 0 <= key < 2**63):
            raise ValueError
        at = _in_utc(datetime.fromisoformat(at)).isoformat() if at else ""
    except (binascii.Error, ValueError, TypeError, UnicodeDecodeError, RecursionError):
        raise Problem(400, "The cursor is not one this list gave; start without it.") from None
    return at, key


def page_of(
    queryset: QuerySet[M],
    paging: Paging,
    shape: Callable[[M], Any],
    *,
    prepare: Callable[[list[M]], None] | None = None,
) -> dict[str, Any]:
    """One keyset page: by id, or by (updated_at, id) when `updated_since` is given. No counting, no offset.

    `shape` makes the answer of a row; `prepare` may load relations for the whole page in one query each.
    """
    since = paging.updated_since
    rows = queryset.order_by("updated_at", "id") if since else queryset.order_by("id")
    at, key = _unpack(paging.cursor) if paging.cursor else ("", -1)
    moment = datetime.fromisoformat(at) if at else None
    if since and moment and moment >= since:
        # One bound, not two: else the database might start at the other one and read on to here.
        rows = beyond(rows, Order("updated_at"), Position(moment, key))
    else:
        rows = rows.filter(id__gt=key) if key >= 0 else rows
        rows = rows.filter(updated_at__gte=since) if since else rows
    found = list(rows[: paging.limit + 1])
    more, found = len(found) > paging.limit, found[: paging.limit]
    if prepare and found:
        prepare(found)
    following = None
    if more:
        last: Any = found[-1]
        following = _pack([last.updated_at.isoformat() if since else "", last.pk])
    return {"items": [shape(row) for row in found], "next": following}
