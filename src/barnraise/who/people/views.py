"""Pages of people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from barnraise.plumbing.ui.components import Header
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.panels import shown_panels

from . import facing, policies, selectors
from .models import Person
from .sockets import panels


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, person: Person) -> HttpResponse:
    """One person."""
    today = timezone.localdate()
    roles = list(person.roles.all())
    shown = shown_panels(panels, actor=request.user, thing=person)
    context = {
        "thing": person,
        "header": Header(person.display_name, kind=person.get_kind_display(), icon="user"),
        "contacts": facing.contact_rows(person.contacts.all()),
        "roles": [role for role in roles if role.is_current(today)],
        "former": [role for role in roles if not role.is_current(today)],
        "panels": shown,
        "has_timeline": any(panel.has_timeline for panel in shown),
    }
    return render(request, "people/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, person: Person) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(person)
