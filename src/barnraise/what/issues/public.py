"""What everybody may open: the page on which a resident raises a concern, and what its signed link shows afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from barnraise.foundation.policy import anyone
from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.sockets import Mend
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.form_pages import kept
from barnraise.plumbing.ui.limits import is_over
from barnraise.plumbing.ui.pages import page

from . import facing, selectors, services
from .forms import PublicForm
from .models import Issue
from .services.tell import address

OPENS, SENDS = 120, 10
"""Per address and minute. A library's many visitors share one address."""


def _too_many() -> HttpResponse:
    response = HttpResponse(
        _("Too many at once. Please wait a minute; nothing was lost."), status=429, content_type="text/plain"
    )
    response["Retry-After"] = "60"
    return response


@page(anyone, methods=("GET", "POST"))
def concern_page(request: HttpRequest) -> HttpResponse:
    """A form for a concern, and the promise until when it is answered."""
    is_sent = request.method == "POST"
    if is_over(request, "concern" if is_sent else "concerns", SENDS if is_sent else OPENS):
        return _too_many()
    form = PublicForm(request.POST if is_sent else None)
    if is_sent and request.POST.get("website"):
        # People do not see this field; programs that fill in every field are thanked, and nothing is kept.
        return _answered(request, form, None, is_done=True)
    made = kept(form, lambda: _raised(form)) if is_sent else None
    return _answered(request, form, made, is_done=made is not None)


def _raised(form: PublicForm) -> Issue:
    language = (get_language() or "")[:10]
    return services.raise_issue(
        by=None, origin="resident", language=language, tells=True, **form.cleaned_data
    )


def _answered(request: HttpRequest, form: PublicForm, made: Issue | None, *, is_done: bool) -> HttpResponse:
    context = {
        "house": installation().network_name,
        "within": facing.term_words(selectors.terms()["medium"]),
        "form": form,
        "is_done": is_done,
        "thing": made,
        "address": address(made) if made is not None else "",
    }
    status = 422 if form.is_bound and form.errors and not is_done else 200
    response = render(request, "issues/public.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def followed(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What whoever raised it sees of it. Raises Issue.DoesNotExist."""
    issue = selectors.one_by_key(ref.id)
    return {
        "issue": issue,
        "badge": facing.state_badge(issue, timezone.now()),
        "answers": selectors.answers_of(issue),
    }


def say_more(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> None:
    """Whoever raised it says more, or that it is not settled."""
    try:
        services.asker_says(selectors.one_by_key(ref.id), text=request.POST.get("text", ""))
    except ValidationError as no:
        raise Mend({"refused": " ".join(no.messages), "said": request.POST.get("text", "")}) from None
