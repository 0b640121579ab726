"""Pages of leaderships and the notes about them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say
from barnraise.who.communities.models import Community

from .. import policies, selectors, services
from ..forms import EndForm, LeaderForm, NoteForm
from ..models import LeaderNote, Leadership, Person


def _values(form: LeaderForm) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    key = given.pop("community")
    return {**given, "community": Community.objects.get(pk=key) if key else None}


@page(policies.may_write, of=selectors.one_row, methods=("GET", "POST"))
def add(request: HttpRequest, person: Person) -> HttpResponse:
    """Note that a person leads."""
    form = LeaderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_leadership(person, by=request.user, **_values(form))
        except ValidationError as no:
            form.add_error(None, no.messages)
        else:
            say(request, _("It is noted whom they speak for."))
            return redirect(person)
    return _form(request, form, _("Note as a leader"), person)


@page(policies.may_write, of=selectors.one_leadership, methods=("GET", "POST"))
def change(request: HttpRequest, leadership: Leadership) -> HttpResponse:
    """Change a leadership."""
    form = LeaderForm(request.POST if request.method == "POST" else None, leadership=leadership)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_leadership(leadership, by=request.user, **_values(form))
        except ValidationError as no:
            form.add_error(None, no.messages)
        else:
            say(request, _("The leadership has been changed."))
            return redirect(leadership.person)
    return _form(request, form, _("Change the leadership"), leadership.person)


@page(policies.may_write, of=selectors.one_leadership, methods=("GET", "POST"))
def end(request: HttpRequest, leadership: Leadership) -> HttpResponse:
    """The term is over."""
    form = EndForm(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            services.end_leadership(leadership, by=request.user, **form.cleaned_data)
        except ValidationError as no:
            form.add_error("on", no.messages)
        else:
            say(request, _("The term is noted as over."))
            return redirect(leadership.person)
    return _form(request, form, _("The term is over"), leadership.person)


@page(policies.may_write, of=selectors.one_leadership, methods=("POST",))
def remove(request: HttpRequest, leadership: Leadership) -> HttpResponse:
    """Take away a leadership noted by mistake."""
    services.remove_leadership(leadership, by=request.user)
    say(request, _("The leadership has been taken away."))
    return redirect(leadership.person)


@page(policies.may_note, of=selectors.one_leadership, methods=("GET", "POST"))
def note(request: HttpRequest, leadership: Leadership) -> HttpResponse:
    """Note what their reach or influence is."""
    form = NoteForm(
        request.POST if request.method == "POST" else None, initial={"noted_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["on"] = given.pop("noted_on")
        try:
            services.note_leader(leadership, by=request.user, **given)
        except ValidationError as no:
            for field, reasons in no.error_dict.items():
                form.add_error(field if field in form.fields else None, reasons)
        else:
            say(request, _("The note has been kept."))
            return redirect(leadership.person)
    return _form(request, form, _("Note reach or influence"), leadership.person)


@page(policies.may_note, of=selectors.one_note, methods=("POST",))
def remove_note(request: HttpRequest, note: LeaderNote) -> HttpResponse:
    """Take a note away."""
    services.remove_note(note, by=request.user)
    say(request, _("The note has been taken away."))
    return redirect(note.leadership.person)


def _form(request: HttpRequest, form: Any, title: str, person: Person) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "thing": person,
        "submit": _("Save"),
        "cancel_url": person.get_absolute_url(),
    }
    return render(request, "people/form.html", context, status=422 if form.errors else 200)
