"""The team's pages of audiences."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, say_no
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say
from barnraise.who.consent import selectors as consents
from barnraise.who.consent.models import Purpose
from barnraise.who.consent.models.purpose import CONTACTS, Channel

from . import facing, policies, selectors, services
from .forms import AudienceForm, RuleForm
from .models import Audience, Rule
from .sockets import criteria

FIRST = 10


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, audience: Audience) -> HttpResponse:
    """An audience: its rules, how many people, who of them may be contacted, and the first few."""
    may_edit = policies.may_edit(request.user)
    action: Any = ""
    if may_edit and not audience.is_ended:
        action = button(_("Change"), href=reverse("audiences:change", args=[audience.uuid]), icon="pencil")
    header = Header(
        title=audience.name,
        kind=_("Audience"),
        icon="users-group",
        state=facing.state_badge(audience),
        action=action,
    )
    told = selectors.words_of(selectors.rules_of(audience))
    size, is_more, people = selectors.glance(audience, FIRST)
    if is_more and request.GET.get("count") == "1":
        size, is_more = selectors.size_of(audience), False
    context = {
        "thing": audience,
        "key": str(audience.uuid),
        "header": header,
        "rules": [(one, facing.rule_line(one)) for one in told],
        "is_all": audience.mode == Audience.Mode.ALL,
        "size": size,
        "is_more": is_more,
        "people": people,
        "may_edit": may_edit and not audience.is_ended,
        "may_remove": policies.may_remove(request.user),
        "may_write": may_edit,
        "criteria": [(name, plug.title) for name, plug in criteria.items()],
        **_reach(request, audience, size, is_large=is_more),
    }
    return render(request, "audiences/one.html", context)


def _asked(request: HttpRequest, audience: Audience) -> tuple[Purpose | None, str]:
    """The purpose and channel that the address asks for, else the audience's own."""
    key, _colon, channel = request.GET.get("for", "").partition(":")
    if key.isascii() and key.isdigit() and len(key) < 19 and channel in Channel.values:
        found = Purpose.objects.filter(pk=int(key)).first()
        if found is not None:
            return found, channel
    return audience.purpose, audience.channel


def _reach(request: HttpRequest, audience: Audience, size: int, *, is_large: bool) -> dict[str, Any]:
    purpose, channel = _asked(request, audience)
    offered = [
        (f"{row.pk}:{code}", row.name, Channel(code).label)
        for row in consents.live_purposes()
        for code in row.channels
        if code in dict(CONTACTS)
    ]
    shown: dict[str, Any] = {"offered": offered, "chosen": f"{purpose.pk}:{channel}" if purpose else ""}
    if purpose is None or not size:
        return shown
    if is_large:
        return {**shown, "is_large": True}
    reach = selectors.reach_of(audience, purpose=purpose, channel=channel, at=timezone.now())
    counts = reach.counts()
    base = f"{reverse('audiences:members')}?audience={audience.uuid}&reach={purpose.pk}:{channel}:"
    reasons = [
        (reach.words(why), counts[why], f"{base}{why}") for why in consents.NOT_REACHED if counts.get(why)
    ]
    return {
        **shown,
        "reached": counts.get("", 0),
        "reached_url": base,
        "reasons": reasons,
        "is_counted": True,
    }


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, audience: Audience) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(audience)


@page(policies.may_edit, methods=("GET", "POST"))
def make(request: HttpRequest) -> HttpResponse:
    """Make an audience; its rules follow on its page."""
    form = AudienceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_audience(by=request.user, **form.values())
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The audience has been made. Add its rules now."))
            return redirect(made)
    return form_page(request, form, _("Make an audience"), reverse("audiences:list"))


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, audience: Audience) -> HttpResponse:
    """Change name, mode and what its people are usually written to for."""
    form = AudienceForm(request.POST if request.method == "POST" else None, audience=audience)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_audience(audience, by=request.user, **form.values())
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The audience has been changed."))
            return redirect(audience)
    return form_page(request, form, _("Change the audience"), audience.get_absolute_url())


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def add_rule(request: HttpRequest, audience: Audience) -> HttpResponse:
    """One rule more."""
    name = request.GET.get("criterion", "")
    if name not in criteria:
        raise Http404
    form = RuleForm(request.POST if request.method == "POST" else None, criterion=name)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_rule(audience, form.given(), by=request.user)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The rule has been added."))
            return redirect(audience)
    return form_page(request, form, _("Add a rule"), audience.get_absolute_url())


@page(policies.may_edit, of=selectors.one_rule, methods=("GET", "POST"))
def change_rule(request: HttpRequest, rule: Rule) -> HttpResponse:
    """Other values."""
    if rule.criterion not in criteria:
        raise Http404
    form = RuleForm(request.POST if request.method == "POST" else None, criterion=rule.criterion, rule=rule)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        services.change_rule(rule, by=request.user, values=given.values, is_not=given.is_not)
        say(request, _("The rule has been changed."))
        return redirect(rule.audience)
    return form_page(request, form, _("Change the rule"), rule.audience.get_absolute_url())


@page(policies.may_edit, of=selectors.one_rule, methods=("POST",))
def remove_rule(request: HttpRequest, rule: Rule) -> HttpResponse:
    """Take a rule away."""
    services.remove_rule(rule, by=request.user)
    say(request, _("The rule has been removed."))
    return redirect(rule.audience)


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def end(request: HttpRequest, audience: Audience) -> HttpResponse:
    """It is offered to nobody any more."""
    services.end_audience(audience, by=request.user)
    say(request, _("The audience has ended. What was done with it stays."))
    return redirect(audience)


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def reopen(request: HttpRequest, audience: Audience) -> HttpResponse:
    """It is offered again."""
    services.reopen_audience(audience, by=request.user)
    say(request, _("The audience is in use again."))
    return redirect(audience)


@page(policies.may_remove, of=selectors.one, methods=("POST",))
def remove(request: HttpRequest, audience: Audience) -> HttpResponse:
    """Take it away for good."""
    try:
        done = services.remove_audience(audience, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(audience)
    say(request, _("The audience has been removed. Its people stay."), undo_url=done.undo_url)
    return redirect("audiences:list")
