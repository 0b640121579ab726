"""The page on which an admin says how long answers may take."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.form_pages import form_page, kept
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import policies, services
from .forms import ClocksForm


@page(policies.may_set_clocks, methods=("GET", "POST"))
def clocks(request: HttpRequest) -> HttpResponse:
    """The clock of each severity."""
    form = ClocksForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = kept(form, lambda: services.set_clocks(by=request.user, given=form.values()))
        if done is not None:
            say(request, _("The clocks are set."))
            return redirect("issues:clocks")
    return form_page(
        request,
        form,
        _("Clocks of concerns"),
        reverse("issues:list"),
        template="issues/form.html",
        submit=_("Set the clocks"),
        intro=_(
            "Until when whoever raises a concern is owed an answer. Hours pass on weekends too; working days are Monday to Friday, until six in "
            "the evening. What waits already keeps the day that was promised."
        ),
    )
