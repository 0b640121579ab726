"""Pages of files: add, look, open, change, remove."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.pages import page

from . import policies, selectors, services
from .forms import AddForm, ChangeForm
from .models import File
from .services import FileRefused
from .serving import served
from .subjects import subject, way_back


@page(policies.may_see, of=selectors.file_by_uuid)
def show(request: HttpRequest, file: File) -> HttpResponse:
    """One file: what it is, and the picture if it is one."""
    context = {
        "file": file,
        "may_change": policies.may_change(request.user, file),
        "back": way_back(file.about),
    }
    return render(request, "files/show.html", context)


@page(policies.may_see, of=selectors.file_by_uuid)
def download(request: HttpRequest, file: File) -> Any:
    """Its content. Pictures of the four safe kinds are shown with ?show; everything else is saved, never run."""
    return served(file, inline="show" in request.GET)


@page(policies.may_add, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Add a file about the thing named by `about`, or about nothing."""
    asked = request.POST if request.method == "POST" else request.GET
    about = subject(asked.get("about", ""), request.user)
    back = way_back(about, asked.get("next", ""), host=request.get_host())
    form = AddForm(request.POST, request.FILES) if request.method == "POST" else AddForm()
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            services.keep(
                values["file"],
                by=request.user,
                about=about,
                alt_text=values["alt_text"],
                visibility=values["visibility"],
            )
        except FileRefused as no:
            form.add_error(no.field, no.reason)
        else:
            messages.success(request, _("The file is kept."))
            return redirect(back)
    context = {"form": form, "about": about or "", "next": back, "cancel_url": back}
    return render(request, "files/add.html", context, status=422 if form.errors else 200)


@page(policies.may_change, of=selectors.file_by_uuid, methods=("GET", "POST"))
def change(request: HttpRequest, file: File) -> HttpResponse:
    """Rename it, describe the picture, choose who may open it."""
    form = ChangeForm.of(file, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change(file=file, by=request.user, **form.cleaned_data)
        except FileRefused as no:
            form.add_error(no.field, no.reason)
        else:
            messages.success(request, _("The file is changed."))
            return redirect("files:show", uuid=file.uuid)
    context = {
        "form": form,
        "title": _("Change the file"),
        "submit": _("Keep the change"),
        "cancel_url": "../",
    }
    return render(request, "ui/form.html", context, status=422 if form.errors else 200)


@page(policies.may_change, of=selectors.file_by_uuid, methods=("GET", "POST"))
def remove(request: HttpRequest, file: File) -> HttpResponse:
    """Remove it after asking."""
    back = way_back(file.about)
    if request.method == "POST":
        try:
            services.remove(file=file, by=request.user)
        except FileRefused as no:
            messages.error(request, no.reason)
            return redirect("files:show", uuid=file.uuid)
        messages.success(request, _("The file is removed."))
        return redirect(back)
    context = {
        "title": _("Remove the file"),
        "intro": _("“%(name)s” is removed for everybody. This cannot be undone.") % {"name": file.name},
        "submit": _("Remove the file"),
        "cancel_url": "../",
        "danger": True,
    }
    return render(request, "ui/form.html", context)
