"""The settings page of the installation."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused
from barnraise.plumbing.ui.pages import page

from . import choices, services
from .forms import InstallationForm
from .policies import may_change, may_see
from .selectors import installation


@page(may_see)
def show(request: HttpRequest) -> HttpResponse:
    """What is set, for those who lead; admins find the button to change it."""
    row = installation()
    spoken = dict(choices.languages())
    facts = [
        (_("Name of the partnership"), row.network_name),
        (_("Place"), row.place),
        (_("Main language"), spoken.get(row.default_language, row.default_language)),
        (_("Languages"), ", ".join(spoken.get(code, code) for code in row.languages)),
        (_("Time zone"), row.time_zone.replace("_", " ")),
        (_("Currency"), dict(choices.currencies()).get(row.currency, row.currency)),
        (_("First month of the fiscal year"), dict(choices.months())[row.fiscal_year_start_month]),
        (_("Smallest count shown"), row.disclosure_threshold),
    ]
    return render(
        request, "profile/show.html", {"facts": facts, "may_change": may_change(request.user, None)}
    )


@page(may_change, methods=("GET", "POST"))
def change(request: HttpRequest) -> HttpResponse:
    """Change the facts."""
    form = InstallationForm.of(installation(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_installation(by=request.user, **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        except Refused:
            raise
        else:
            messages.success(request, _("The settings are kept."))
            return redirect("profile:show")
    return render(
        request,
        "ui/form.html",
        {
            "form": form,
            "title": _("Settings of the installation"),
            "submit": _("Keep settings"),
            "cancel_url": "..",
        },
        status=422 if form.errors else 200,
    )
