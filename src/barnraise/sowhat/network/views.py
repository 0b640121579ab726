"""The team's pages of waves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.plumbing.ui.components import Header, button, figure
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.parts import part
from barnraise.plumbing.ui.toasts import say

from . import facing, mailing, policies, selectors, services
from .forms import BeginForm, MembersForm, WaveForm
from .items import ITEMS
from .map import drawn
from .models import Member, Wave

ISOLATES = 30
"""So many without a tie are named above the table."""
TEMPLATE = "network/form.html"


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, wave: Wave) -> HttpResponse:
    """A wave: the map with its table, the numbers, who has answered, what changed since the last."""
    found = selectors.measured(wave)
    may_edit = policies.may_edit(request.user)
    action: Any = ""
    if may_edit and wave.ended_on is None:
        action = button(_("Ask those who have not answered"), type="submit", form="ask-all", icon="mail")
    header = Header(
        title=wave.name, kind=_("Wave"), icon="git-fork", state=facing.state_badge(wave), action=action
    )
    shape = found.shape
    partners = part(request, "partners", found.standings)
    isolates = [one.member for one in found.standings if not one.partners]
    context = {
        "thing": wave,
        "header": header,
        "may_edit": may_edit,
        "is_open": wave.ended_on is None,
        "map": drawn(found.standings, found.pairs, found.spots) if found.standings else "",
        "rows": [
            {
                "member": one.member,
                "partners": one.partners,
                "betweenness": number_format(round(one.betweenness, 2), 2),
                "trust": facing.cell_words(one.trust),
                "value": facing.cell_words(one.value),
            }
            for one in partners.rows
        ],
        "partners": partners,
        "asked": figure(shape.members, rows=partners.href),
        "answered": figure(found.answered, rows=partners.href, of=_("Answered")),
        "pairs": shape.pairs,
        "facts": [
            (_("Density"), facing.decimal_words(shape.density), _("The share of all pairs that work together.")),
            (
                _("Centralisation"),
                facing.decimal_words(shape.centralisation),
                _("0: all have as many partners; 1: all hang on one."),
            ),
            (_("Trust index"), facing.index_words(found.trust), _("0 to 100, over all that was said.")),
            (_("Value index"), facing.index_words(found.value), _("0 to 100, over all that was said.")),
        ],
        "isolates": isolates[:ISOLATES],
        "has_more_isolates": len(isolates) > ISOLATES,
        "change": facing.change_since(wave, found),
        "items": [text for _name, text in ITEMS],
    }  # fmt: skip
    return render(request, "network/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, wave: Wave) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(wave)


@page(policies.may_edit, methods=("GET", "POST"))
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a wave with all active partners."""
    today = timezone.localdate()
    initial = {"begins_on": today, "due_on": today + timedelta(days=21), "active": True}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        made = kept(form, lambda: services.begin_wave(by=request.user, **form.values()))
        if made is not None:
            say(request, _("The wave has been begun. Nobody was asked yet."))
            return redirect(made)
    return form_page(request, form, _("Begin a wave"), reverse("network:list"), template=TEMPLATE)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Change its name, words or days."""
    form = WaveForm(request.POST if request.method == "POST" else None, wave=wave)
    guard(form, wave.updated_at)
    if request.method == "POST":
        done = kept(form, lambda: services.change_wave(wave, by=request.user, **form.cleaned_data))
        if done is not None:
            say(request, _("The wave has been changed."))
            return redirect(wave)
    return _page(request, form, _("Change the wave"), wave)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def add_members(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Ask more partners."""
    form = MembersForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        rows: Any = form.cleaned_data["organisations"] if form.is_valid() else []
        done = kept(form, lambda: (services.add_members(wave, rows, by=request.user),))
        if done is not None:
            say(request, _("The partners have been added."))
            return redirect(wave)
    return _page(request, form, _("Ask more partners"), wave)


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def ask(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Write to all who have not answered."""
    try:
        many, without = services.ask_all(wave, by=request.user, words=mailing.words)
    except ValidationError as no:
        say_no(request, no)
        return redirect(wave)
    words = ngettext("%(n)d mail is in the outbox.", "%(n)d mails are in the outbox.", many) % {"n": many}
    if without:
        names = ", ".join(str(one) for one in without[:5])
        words += " " + _("No address is known of: %(names)s") % {"names": names}
    say(request, words)
    return redirect(wave)


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def close(request: HttpRequest, wave: Wave) -> HttpResponse:
    """No answer comes in any more."""
    try:
        done = services.close_wave(wave, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The wave is closed."), undo_url=reverse("journal:undo", kwargs={"key": done.pk}))
    return redirect(wave)


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def open_again(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Answers come in again."""
    try:
        services.open_again(wave, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The wave is open again."))
    return redirect(wave)


@page(policies.may_remove, of=selectors.one, methods=("GET", "POST"))
def remove(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Take away a wave with all that was said in it, after asking."""
    if request.method == "POST":
        try:
            services.remove_wave(wave, by=request.user)
        except ValidationError as no:
            say_no(request, no)
            return redirect(wave)
        say(request, _("The wave has been removed."))
        return redirect("network:list")
    context = {
        "title": _("Remove the wave"),
        "thing": wave,
        "cancel_url": wave.get_absolute_url(),
        "danger": True,
        "submit": _("Remove it"),
        "intro": _("It goes with all that partners said in it, and does not come back."),
    }
    return render(request, TEMPLATE, context)


@page(policies.may_edit, of=selectors.one_member)
def member(request: HttpRequest, member: Member) -> HttpResponse:
    """A partner in a wave: whether it was asked and has answered, and the address with which it answers."""
    context = {
        "thing": member,
        "address": mailing.link_of(member) if mailing.is_open(member) else "",
        "ends_at": timezone.now() + mailing.LINK_DAYS,
    }
    return render(request, "network/member.html", context)


@page(policies.may_edit, of=selectors.one_member_by_key)
def member_by_key(request: HttpRequest, member: Member) -> HttpResponse:
    """The address that mails know leads to the page."""
    return redirect("network:member", uuid=member.uuid)


@page(policies.may_edit, of=selectors.one_member, methods=("POST",))
def remove_member(request: HttpRequest, member: Member) -> HttpResponse:
    """A partner is asked no more."""
    try:
        services.remove_member(member, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The partner is asked no more."))
    return redirect(member.wave)


def _page(request: HttpRequest, form: Any, title: str, wave: Wave) -> HttpResponse:
    return form_page(request, form, title, wave.get_absolute_url(), template=TEMPLATE, thing=wave)
