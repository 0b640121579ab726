"""The page of the postcode table: what is loaded, and a file to load."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused
from barnraise.plumbing.files.services import FileRefused
from barnraise.plumbing.imports.services import Unreadable
from barnraise.plumbing.ui.pages import page

from .. import policies, selectors, services
from ..forms import PostcodesForm


@page(policies.may_load_postcodes, methods=("GET", "POST"))
def postcodes(request: HttpRequest) -> HttpResponse:
    """POST loads a file in the background; GET shows what is there and how far the last one is."""
    form = PostcodesForm(request.POST, request.FILES) if request.method == "POST" else PostcodesForm()
    if form.is_bound and form.is_valid():
        upload, country = form.cleaned_data["file"], form.cleaned_data["country"]
        try:
            services.start_postcodes(upload=upload, country=country, by=request.user)
        except FileRefused as no:
            form.add_error("file", no.reason)
        except Refused as no:
            form.add_error("file" if isinstance(no, Unreadable) or country else "country", no.reason)
        else:
            return redirect("communities:postcodes")
    context = {
        "form": form,
        "countries": selectors.postcode_countries(),
        "job": selectors.postcode_job(),
        "submit": _("Load the table"),
    }
    return render(request, "communities/postcodes.html", context, status=422 if form.errors else 200)
