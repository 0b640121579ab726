"""What everybody may open: the page of an opening, on which people apply."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from barnraise.foundation.policy import anyone
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.form_pages import kept
from barnraise.plumbing.ui.limits import is_over
from barnraise.plumbing.ui.pages import page

from . import selectors, services
from .forms import PublicForm
from .models import Opening

OPENS, SENDS = 120, 20
"""Per address and minute. A library's many visitors share one address."""


def _too_many() -> HttpResponse:
    response = HttpResponse(
        _("Too many at once. Please wait a minute; nothing was lost."), status=429, content_type="text/plain"
    )
    response["Retry-After"] = "60"
    return response


@page(anyone, of=selectors.one_public_opening, methods=("GET", "POST"))
def opening_page(request: HttpRequest, opening: Opening) -> HttpResponse:
    """What the role asks and gives, and a form to apply while there is time."""
    is_sent = request.method == "POST"
    if is_over(request, "apply" if is_sent else "opening", SENDS if is_sent else OPENS):
        return _too_many()
    form = PublicForm(request.POST if is_sent else None)
    language = (get_language() or "")[:10]
    # People do not see the field "website"; programs that fill in every field are thanked and have not applied.
    is_done = is_sent and (
        bool(request.POST.get("website"))
        or kept(form, lambda: services.apply_online(opening, language=language, **form.cleaned_data))
        is not None
    )
    context: dict[str, Any] = {
        "thing": opening,
        "house": installation().network_name,
        "form": form,
        "takes": opening.takes_applications(timezone.localdate()),
        "is_done": is_done,
    }
    status = 422 if form.is_bound and form.errors and not is_done else 200
    response = render(request, "projects/public.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
