"""Pages of persons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.belongings import hindering
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.panels import panel_page, shown_panels
from barnraise.plumbing.ui.toasts import say
from barnraise.who.organisations.models import Organisation

from .. import facing, policies, selectors, services
from ..forms import PersonForm
from ..models import Person
from ..sockets import panels


@page(policies.may_see, of=selectors.one_or_kept)
def one(request: HttpRequest, person: Person) -> HttpResponse:
    """One person. The address of a record that was merged into this one leads here, until the merge is undone."""
    if request.resolver_match and request.resolver_match.kwargs["uuid"] != person.uuid:
        return redirect(person)
    today = timezone.localdate()
    roles = list(person.roles.all())
    leading = list(person.leaderships.all())
    shown = shown_panels(panels, actor=request.user, thing=person, pages="people:panel")
    context = {
        "thing": person,
        "header": facing.header(person, request.user),
        "said": facing.said(person),
        "glance": facing.glance(roles, leading, today),
        "facts": facing.facts(person),
        "contacts": facing.contact_rows(person.contacts.all()),
        "quick": facing.quick_links(person.contacts.all()),
        "addresses": [(at, facing.address_lines(at)) for at in person.addresses.all()],
        "identifiers": facing.identifier_rows(person.identifiers.all()),
        "roles": [role for role in roles if role.is_current(today)],
        "former": [role for role in roles if not role.is_current(today)],
        "leading": [facing.leader_row(one, today) for one in leading if one.is_current(today)],
        "led": [facing.leader_row(one, today) for one in leading if not one.is_current(today)],
        "custom": facing.custom_rows(person, selectors.custom_fields() if person.custom else ()),
        "source_facts": sorted(person.facts.items()),
        "source": facing.source_words(person.source, person.source_at),
        "panels": shown,
        "has_timeline": any(panel.has_timeline for panel in shown),
        "alike": selectors.duplicates_of(person.pk, 3) if policies.may_merge(request.user, person) else [],
        "may_write": policies.may_write(request.user, person),
        "may_remove": policies.may_remove(request.user, person),
        "may_merge": policies.may_merge(request.user, person),
        "may_erase": policies.may_erase(request.user, person),
        "may_export": policies.may_export(request.user, person),
    }
    return render(request, "people/one.html", context)


panel = panel_page(panels, policies.may_see, of=selectors.one_row)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, person: Person) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(person)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What the address fills in: a kind, a name, an organisation by its uuid."""
    found: dict[str, Any] = {
        name: request.GET[name] for name in ("given_name", "family_name", "kind") if name in request.GET
    }
    try:
        wanted = UUID(request.GET.get("organisation", ""))
    except ValueError:
        return found
    name = Organisation.objects.filter(uuid=wanted).values_list("name", flat=True).first()
    return {**found, "organisation": name, "kind": "representative"} if name else found


@page(policies.may_write, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Add a person."""
    is_post = request.method == "POST"
    form = PersonForm(request.POST, request.FILES) if is_post else PersonForm(initial=_asked(request))
    if is_post and form.is_valid():
        try:
            with transaction.atomic():
                made = services.register_person(form.wanted(), by=request.user)
                _photo(made, form, request.user)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("%(name)s has been added.") % {"name": made.display_name})
            return redirect(made)
    return _form(request, form, _("Add a person"), reverse("people:list"))


@page(policies.may_write, of=selectors.one_row, methods=("GET", "POST"))
def change(request: HttpRequest, person: Person) -> HttpResponse:
    """Change a person."""
    said = selectors.documents([person.pk])[person.pk]
    is_post = request.method == "POST"
    form = PersonForm(request.POST, request.FILES, document=said) if is_post else PersonForm(document=said)
    guard(form, person.updated_at)
    if is_post and form.is_valid():
        try:
            with transaction.atomic():
                services.change_person(person, by=request.user, **form.values())
                _photo(person, form, request.user)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The changes have been kept."))
            return redirect(person)
    return _form(request, form, _("Change the person"), person.get_absolute_url(), person)


def _photo(person: Person, form: PersonForm, by: Any) -> None:
    given = form.cleaned_data
    if given["photo"]:
        services.set_photo(person, upload=given["photo"], alt_text=given["photo_alt"], by=by)


def _form(
    request: HttpRequest, form: PersonForm, title: str, cancel: str, thing: Person | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "thing": thing, "submit": _("Keep person"), "cancel_url": cancel}
    return render(request, "people/form.html", context, status=422 if form.errors else 200)


@page(policies.may_write, of=selectors.one_row, methods=("POST",))
def remove_photo(request: HttpRequest, person: Person) -> HttpResponse:
    """Take the photo away."""
    services.remove_photo(person, by=request.user)
    say(request, _("The photo has been removed."))
    return redirect(person)


@page(policies.may_write, of=selectors.one_row, methods=("POST",))
def retire(request: HttpRequest, person: Person) -> HttpResponse:
    """Mark as no longer involved: out of the way, with everything there is about them."""
    services.change_person(person, by=request.user, status=Person.Status.INACTIVE)
    say(request, _("%(name)s is marked as no longer involved.") % {"name": person.display_name})
    return redirect(person)


@page(policies.may_remove, of=selectors.one_row, methods=("GET", "POST"))
def remove(request: HttpRequest, person: Person) -> HttpResponse:
    """Remove a person, with undo; of one on whom something hangs it says what, and what can be done instead."""
    hanging = hindering(Ref.to(person))
    reason = services.still_needed(hanging) if hanging else ""
    if request.method == "POST" and not reason:
        try:
            change_set = services.remove_person(person, by=request.user)
        except ValidationError as no:
            reason = " ".join(no.messages)
        else:
            undo = reverse("journal:undo", kwargs={"key": change_set.pk})
            say(request, _("%(name)s has been removed.") % {"name": person.display_name}, undo_url=undo)
            return redirect("people:list")
    context = {
        "thing": person,
        "title": _("Remove the person"),
        "reason": reason,
        "may_merge": policies.may_merge(request.user, person),
        "may_erase": policies.may_erase(request.user, person),
        "intro": _("Roles, contacts and addresses go too. It can be undone for 30 days.")
        + " "
        + _("When somebody asks to be forgotten, erase them instead."),
        "submit": _("Remove person"),
        "danger": True,
        "cancel_url": person.get_absolute_url(),
    }
    status = 409 if reason and request.method == "POST" else 200
    return render(request, "people/confirm.html", context, status=status)
