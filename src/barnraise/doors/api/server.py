"""`/api/v1`: one NinjaAPI that collects the rooms' routers, and answers every error as problem+json."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, Throttled, ValidationError
from ninja.parser import Parser

from barnraise import __version__
from barnraise.foundation.policy import Refused
from barnraise.plumbing.accounts.authentication import TokenAuth
from barnraise.plumbing.ui.faults import TWICE, is_twice
from barnraise.plumbing.ui.rest import PROBLEM_TYPE, Problem, ProblemOut, problem_body


class ObjectParser(Parser):
    """Reads bodies that are one JSON object: every operation that takes a body takes that and nothing else."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = super().parse_body(request)
        if not isinstance(body, dict):
            raise ValueError("The body has to be a JSON object.")
        return body


class HouseAPI(NinjaAPI):
    """NinjaAPI whose schema names the problem shape that every operation refers to."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        parts = schema.setdefault("components", {}).setdefault("schemas", {})
        own = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
        parts.update(own.pop("$defs", {}))
        parts["ProblemOut"] = own
        return schema


api = HouseAPI(
    title="Barnraise",
    version=__version__,
    description="Everything staff can record, and below /portal what partners see and answer, for programs. Send `Authorization: Bearer <token>`.",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=TokenAuth(),
    parser=ObjectParser(),
    urls_namespace="api",
)


def _answer(request: HttpRequest, status: int, detail: str, errors: Any = ()) -> HttpResponse:
    response = api.create_response(request, problem_body(status, detail, errors), status=status)
    response["Content-Type"] = PROBLEM_TYPE
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Problem)
def _problem(request: HttpRequest, no: Problem) -> HttpResponse:
    return _answer(request, no.status, no.detail, no.errors)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, no: ValidationError) -> HttpResponse:
    found = [(".".join(str(part) for part in error["loc"][1:]), error["msg"]) for error in no.errors]
    return _answer(request, 422, "Nothing was changed.", found)


@api.exception_handler(DjangoValidationError)
def _refused_by_rule(request: HttpRequest, no: DjangoValidationError) -> HttpResponse:
    by_field = no.message_dict if hasattr(no, "error_dict") else {"": no.messages}
    found = [
        ("" if field == "__all__" else field, reason)
        for field, reasons in by_field.items()
        for reason in reasons
    ]
    return _answer(request, 422, "Nothing was changed.", found)


@api.exception_handler(IntegrityError)
def _twice(request: HttpRequest, no: IntegrityError) -> HttpResponse:
    if not is_twice(no):
        raise no
    return _answer(request, 409, str(TWICE))


@api.exception_handler(Refused)
def _refused(request: HttpRequest, no: Refused) -> HttpResponse:
    return _answer(request, 403, no.reason or "Your role does not allow this.")


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, no: PermissionDenied) -> HttpResponse:
    return _answer(request, 403, "Your role does not allow this.")


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, no: AuthenticationError) -> HttpResponse:
    return _answer(request, 401, "Send a valid token: Authorization: Bearer brn_…")


@api.exception_handler(AuthorizationError)
def _scope(request: HttpRequest, no: AuthorizationError) -> HttpResponse:
    return _answer(request, 403, "This token may only read.")


@api.exception_handler(Throttled)
def _throttled(request: HttpRequest, no: Throttled) -> HttpResponse:
    response = _answer(request, 429, "Wait a little and try again.")
    if no.wait:
        response["Retry-After"] = str(int(no.wait) + 1)
    return response


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def _missing(request: HttpRequest, no: Exception) -> HttpResponse:
    return _answer(request, 404, "There is nothing with this id, or it has been removed.")


@api.exception_handler(HttpError)
def _http(request: HttpRequest, no: HttpError) -> HttpResponse:
    return _answer(request, no.status_code, str(no))


def collect() -> None:
    """Add the router of every room that has an `api.py`; that of the portal is a partner's."""
    for config in apps.get_app_configs():
        if config.name.startswith("barnraise.") and find_spec(f"{config.name}.api"):
            api.add_router("", import_module(f"{config.name}.api").router)


collect()
