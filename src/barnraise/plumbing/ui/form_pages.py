"""Pages of one form: shown, written by a service, shown again with what it refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .faults import TWICE, is_twice
from .forms import Form
from .toasts import say


def form_page(
    request: HttpRequest, form: Any, title: Any, cancel: str, *, template: str = "ui/form.html", **more: Any
) -> HttpResponse:
    """A form on a page of its own; 422 when something in it needs mending."""
    context = {"form": form, "title": title, "cancel_url": cancel, **more}
    return render(request, template, context, status=422 if form.errors else 200)


def kept(form: Form, write: Callable[[], Any]) -> Any:
    """What the service gave (True for nothing), or None with its refusal at the fields."""
    if not form.is_valid():
        return None
    try:
        return write() or True
    except ValidationError as no:
        form.refused(no)
        return None
    except IntegrityError as no:
        if not is_twice(no):
            raise
        form.refused(ValidationError(TWICE))
        return None


def say_no(request: HttpRequest, no: ValidationError) -> None:
    """Say on the next page why a button did nothing."""
    say(request, " ".join(no.messages), tone="bad")


def acted(request: HttpRequest, act: Callable[[], Any], words: Any, then: Any) -> HttpResponse:
    """Do what a button asks and say so, or say why not; `then` is the thing or the address that is shown next."""
    try:
        act()
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, words)
    return redirect(then)
