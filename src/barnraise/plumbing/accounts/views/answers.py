"""How pages of accounts answer: a form that a service may refuse, a question before an act, a secret shown once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..models import Account


def reader(request: HttpRequest) -> Account:
    """The account that asks; only for pages whose policy lets no stranger in."""
    return cast(Account, request.user)


def put_errors(form: BaseForm, wrong: ValidationError) -> None:
    """Put a service's refusal on the form: at the field it names if the form has that field, else on top."""
    if not hasattr(wrong, "error_dict"):
        form.add_error(None, wrong)
        return
    for field, reasons in wrong.error_dict.items():
        form.add_error(field if field in form.fields else None, reasons)


def attempt(form: BaseForm, act: Callable[..., Any]) -> Any:
    """What `act(**cleaned data)` gives, or None when the form or the service found something to mend."""
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data)
    except ValidationError as wrong:
        put_errors(form, wrong)
        return None


def show_form(
    request: HttpRequest, form: BaseForm, template: str = "ui/form.html", **context: Any
) -> HttpResponse:
    """The form's page; 422 when something needs mending."""
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


def show_once(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with a secret that is not shown again and that no cache keeps."""
    response = render(request, template, context, status=201)
    response["Cache-Control"] = "no-store"
    # not "no-referrer": with it browsers send "Origin: null" along with forms, which are then refused
    response["Referrer-Policy"] = "strict-origin"
    return response
