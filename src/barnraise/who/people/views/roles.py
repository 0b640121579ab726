"""Pages of roles."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.services import OrganisationDocument, register_organisation

from .. import policies, selectors, services
from ..forms import EndForm, RoleForm
from ..models import Person, Role


def _organisation(form: RoleForm, by: Any) -> Organisation:
    found: Organisation | None = form.cleaned_data["organisation"]
    if found is None:
        return register_organisation(OrganisationDocument(name=form.typed_name), by=by)
    return found


@page(policies.may_write, of=selectors.one_row, methods=("GET", "POST"))
def add(request: HttpRequest, person: Person) -> HttpResponse:
    """Note a role of a person."""
    form = RoleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                place = _organisation(form, request.user)
                services.add_role(person, organisation=place, by=request.user, **form.values())
        except ValidationError as no:
            form.add_error(None, no.messages)
        else:
            say(request, _("The role has been noted."))
            return redirect(person)
    return _form(request, form, _("Note a role"), person)


@page(policies.may_write, of=selectors.one_role, methods=("GET", "POST"))
def change(request: HttpRequest, role: Role) -> HttpResponse:
    """Change a role."""
    form = RoleForm(request.POST if request.method == "POST" else None, role=role)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                place = _organisation(form, request.user)
                services.change_role(role, by=request.user, organisation=place, **form.values())
        except ValidationError as no:
            form.add_error(None, no.messages)
        else:
            say(request, _("The role has been changed."))
            return redirect(role.person)
    return _form(request, form, _("Change the role"), role.person)


@page(policies.may_write, of=selectors.one_role, methods=("GET", "POST"))
def end(request: HttpRequest, role: Role) -> HttpResponse:
    """The person has left."""
    form = EndForm(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        try:
            services.end_role(role, by=request.user, on=form.cleaned_data["on"])
        except ValidationError as no:
            form.add_error("on", no.messages)
        else:
            say(request, _("The role is noted as over."))
            return redirect(role.person)
    return _form(request, form, _("Has left"), role.person, intro=role.organisation.name)


@page(policies.may_write, of=selectors.one_role, methods=("POST",))
def remove(request: HttpRequest, role: Role) -> HttpResponse:
    """Take away a role noted by mistake."""
    services.remove_role(role, by=request.user)
    say(request, _("The role has been taken away."))
    return redirect(role.person)


def _form(request: HttpRequest, form: Any, title: str, person: Person, intro: str = "") -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "thing": person,
        "place": intro,
        "submit": _("Keep role"),
        "cancel_url": person.get_absolute_url(),
    }
    return render(request, "people/form.html", context, status=422 if form.errors else 200)
