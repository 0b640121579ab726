"""The team's pages of consents and purposes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.services import sign
from barnraise.plumbing.ui.components import Header, badge, button
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person

from . import facing, policies, selectors, services
from .forms import PurposeForm, RecordForm
from .models import Consent, Purpose, Standing
from .models.purpose import Channel

LINK_DAYS = timedelta(days=365)
"""How long the page of preferences opens."""


@page(policies.may_see, of=people.one_row)
def person(request: HttpRequest, person: Person) -> HttpResponse:
    """All that a person said about being contacted."""
    today = timezone.localdate()
    context = {
        "thing": person,
        "standings": [
            {
                "row": row,
                "state": facing.state_badge(row, today),
                "channel": facing.channel_word(row.channel),
                "is_given": row.is_given,
            }
            for row in selectors.standings_of(person)
        ],
        "lines": [(row, facing.channel_word(row.channel)) for row in selectors.record_of(person)],
        "may_record": policies.may_record(request.user),
        "may_link": policies.may_link(request.user),
    }
    return render(request, "consent/person.html", context)


@page(policies.may_record, of=people.one_row, methods=("GET", "POST"))
def record(request: HttpRequest, person: Person) -> HttpResponse:
    """Note what a person said."""
    initial = {
        "said_on": timezone.localdate(),
        "purpose": request.GET.get("purpose", ""),
        "channels": [name for name in request.GET.getlist("channel") if name in Channel.values] or ["email"],
    }
    form = RecordForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.purposes:
        say(request, _("Say first what people are asked for."), tone="warning")
        return redirect("consent:purposes")
    if request.method == "POST" and form.is_valid():
        try:
            done = services.record_consent(person, by=request.user, **form.said())
        except ValidationError as no:
            form.refused(no)
        else:
            undo = reverse("journal:undo", kwargs={"key": done.pk})
            say(request, _("It is noted what they said."), undo_url=undo)
            return redirect("consent:person", uuid=person.uuid)
    context = {
        "form": form,
        "title": _("Note what they said"),
        "thing": person,
        "cancel_url": reverse("consent:person", args=[person.uuid]),
    }
    return render(request, "consent/form.html", context, status=422 if form.errors else 200)


@page(policies.may_record, of=people.one_by_key)
def record_by_key(request: HttpRequest, person: Person) -> HttpResponse:
    """The address that the palette knows leads to the form."""
    return redirect("consent:record", uuid=person.uuid)


@page(policies.may_see, of=selectors.one_consent_by_key)
def said_by_key(request: HttpRequest, consent: Consent) -> HttpResponse:
    """The address that numbers know of a line leads to all that its person said."""
    return redirect("consent:person", uuid=consent.person.uuid)


@page(policies.may_record, of=selectors.one_standing, methods=("POST",))
def withdraw(request: HttpRequest, standing: Standing) -> HttpResponse:
    """They took it back."""
    done = services.withdraw(standing, by=request.user)
    if done is not None:
        say(
            request, _("The consent is withdrawn."), undo_url=reverse("journal:undo", kwargs={"key": done.pk})
        )
    return redirect("consent:person", uuid=standing.person.uuid)


@page(policies.may_link, of=people.one_row)
def link(request: HttpRequest, person: Person) -> HttpResponse:
    """The address of the person's own page of preferences, to hand out."""
    context = {
        "thing": person,
        "address": sign("consent.preferences", Ref.to(person), expires=LINK_DAYS),
        "ends_at": timezone.now() + LINK_DAYS,
    }
    return render(request, "consent/link.html", context)


@page(policies.may_see, of=selectors.one_purpose)
def purpose(request: HttpRequest, purpose: Purpose) -> HttpResponse:
    """A purpose: its words, and how many said what."""
    may_shape = policies.may_shape(request.user)
    action: Any = ""
    if may_shape and not purpose.is_ended:
        action = button(
            _("Change"), href=reverse("consent:change_purpose", args=[purpose.uuid]), icon="pencil"
        )
    header = Header(
        title=purpose.name,
        kind=_("Purpose"),
        icon="shield-check",
        state=badge(_("Ended")) if purpose.is_ended else badge(_("People are asked"), tone="good"),
        action=action,
    )
    counts = selectors.counts_of(purpose, timezone.localdate())
    codes = [code for code in Channel.values if code in purpose.channels or code in counts]
    none = {"given": 0, "expired": 0, "withdrawn": 0}
    context = {
        "thing": purpose,
        "key": str(purpose.pk),
        "header": header,
        "wordings": list(purpose.wordings.order_by("-number")),
        "counts": [(code, facing.channel_word(code), counts.get(code, none)) for code in codes],
        "may_shape": may_shape,
        "may_remove": may_shape and not counts,
    }
    return render(request, "consent/purpose.html", context)


@page(policies.may_see, of=selectors.one_purpose_by_key)
def purpose_by_key(request: HttpRequest, purpose: Purpose) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(purpose)


@page(policies.may_shape, methods=("GET", "POST"))
def add_purpose(request: HttpRequest) -> HttpResponse:
    """Add a purpose."""
    form = PurposeForm(request.POST if request.method == "POST" else None, initial={"channels": ["email"]})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_purpose(by=request.user, texts=form.texts(), **form.values())
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The purpose has been added."))
            return redirect(made)
    return _form(request, form, _("Add a purpose"), reverse("consent:purposes"))


@page(policies.may_shape, of=selectors.one_purpose, methods=("GET", "POST"))
def change_purpose(request: HttpRequest, purpose: Purpose) -> HttpResponse:
    """Change a purpose; changed words are a new version."""
    form = PurposeForm(request.POST if request.method == "POST" else None, purpose=purpose)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.change_purpose(purpose, by=request.user, texts=form.texts(), **form.values())
        except ValidationError as no:
            form.refused(no)
        else:
            text = _("The words are version %(number)d now.") % {"number": made.number} if made else ""
            say(request, f"{_('The purpose has been changed.')} {text}".strip())
            return redirect(purpose)
    return _form(request, form, _("Change the purpose"), purpose.get_absolute_url())


def _form(request: HttpRequest, form: PurposeForm, title: str, cancel: str) -> HttpResponse:
    context = {"form": form, "title": title, "cancel_url": cancel}
    return render(request, "ui/form.html", context, status=422 if form.errors else 200)


@page(policies.may_shape, of=selectors.one_purpose, methods=("POST",))
def end_purpose(request: HttpRequest, purpose: Purpose) -> HttpResponse:
    """Nobody is asked or contacted for it any more."""
    services.end_purpose(purpose, by=request.user)
    say(request, _("The purpose has ended. What people said stays in the record."))
    return redirect(purpose)


@page(policies.may_shape, of=selectors.one_purpose, methods=("POST",))
def reopen_purpose(request: HttpRequest, purpose: Purpose) -> HttpResponse:
    """It goes on."""
    services.reopen_purpose(purpose, by=request.user)
    say(request, _("People are asked again."))
    return redirect(purpose)


@page(policies.may_shape, of=selectors.one_purpose, methods=("POST",))
def remove_purpose(request: HttpRequest, purpose: Purpose) -> HttpResponse:
    """Take a purpose away that nobody has said anything about."""
    try:
        done = services.remove_purpose(purpose, by=request.user)
    except ValidationError as no:
        say(request, " ".join(no.messages), tone="bad")
        return redirect(purpose)
    say(request, _("The purpose has been removed."), undo_url=done.undo_url)
    return redirect("consent:purposes")
