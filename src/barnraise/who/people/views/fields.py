"""Pages of custom fields."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from .. import policies, selectors, services
from ..forms import FieldForm
from ..models import CustomField, Person


@page(policies.may_see)
def index(request: HttpRequest) -> HttpResponse:
    """All custom fields in their order."""
    kinds = dict(Person.Kind.choices)
    rows = [
        {"field": field, "asked_of": [kinds[kind] for kind in field.kinds if kind in kinds]}
        for field in selectors.custom_fields()
    ]
    context = {"rows": rows, "may_shape": policies.may_shape(request.user)}
    return render(request, "people/fields.html", context)


@page(policies.may_shape, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Add a custom field."""
    form = FieldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_custom_field(by=request.user, **form.cleaned_data)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The field has been added."))
            return redirect("people:fields")
    return _form(request, form, _("Add a custom field"))


@page(policies.may_shape, of=selectors.one_custom_field, methods=("GET", "POST"))
def change(request: HttpRequest, field: CustomField) -> HttpResponse:
    """Change a custom field."""
    form = FieldForm(request.POST if request.method == "POST" else None, field=field)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_custom_field(field, by=request.user, **form.cleaned_data)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The field has been changed."))
            return redirect("people:fields")
    return _form(request, form, _("Change the custom field"))


@page(policies.may_shape, of=selectors.one_custom_field, methods=("POST",))
def remove(request: HttpRequest, field: CustomField) -> HttpResponse:
    """Take away a field that nobody has filled in."""
    try:
        services.remove_custom_field(field, by=request.user)
    except ValidationError as no:
        say(request, " ".join(no.messages), tone="bad")
    else:
        say(request, _("The field has been taken away."))
    return redirect("people:fields")


@page(policies.may_shape, of=selectors.one_custom_field, methods=("POST",))
def earlier(request: HttpRequest, field: CustomField) -> HttpResponse:
    """Ask for it one place earlier."""
    services.move_custom_field_up(field, by=request.user)
    return redirect("people:fields")


def _form(request: HttpRequest, form: FieldForm, title: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "thing": None,
        "submit": _("Keep field"),
        "cancel_url": reverse("people:fields"),
    }
    return render(request, "people/form.html", context, status=422 if form.errors else 200)
