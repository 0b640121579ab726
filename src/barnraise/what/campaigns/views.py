"""The team's pages of campaigns."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.html import el, join
from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.selectors import jobs_on
from barnraise.plumbing.mail import selectors as mails
from barnraise.plumbing.ui.components import Header, badge, button, figure, number
from barnraise.plumbing.ui.form_pages import acted, form_page, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say
from barnraise.who.audiences import selectors as audiences

from . import checking, facing, policies, selectors, services
from .drawing import drawn, previewed
from .forms import CampaignForm, SendForm
from .models import Campaign
from .sockets import blocks


def _header(row: Campaign, actor: Any) -> Header:
    action: Any = ""
    if policies.may_edit(actor, row):
        action = button(
            _("Change"), href=reverse("campaigns:change", args=[row.uuid]), icon="pencil", kind="quiet"
        )
    state = facing.state_badge(row)
    if row.is_sample:
        state = join([state, " ", badge(_("Sample"), tone="accent")])
    return Header(
        title=row.name,
        kind=row.get_kind_display(),
        icon="speakerphone",
        state=state,
        owner=row.by or "",
        action=action,
    )


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """A campaign: what it says, what is wrong with it, to whom it goes, what came of it."""
    may_edit = policies.may_edit(request.user, campaign)
    context = {
        "thing": campaign,
        "header": _header(campaign, request.user),
        "blocks": [(at, facing.block_line(given)) for at, given in enumerate(campaign.blocks)],
        "kinds": [(kind, plug.label) for kind, plug in blocks.items()],
        "cites": facing.linked(campaign.cites),
        "occasion": facing.linked(campaign.occasion),
        "languages": _languages(campaign),
        "may_edit": may_edit,
        "may_write": policies.may_write(request.user),
        "may_approve": policies.may_approve(request.user, campaign),
        "may_remove": policies.may_remove(request.user, campaign),
        **(_before(campaign) if campaign.started_at is None else _after(campaign)),
    }
    return render(request, "campaigns/one.html", context)


def _languages(campaign: Campaign) -> list[dict[str, Any]]:
    """The languages of the house: its own, those it is written in, and those it could be."""
    return [
        {
            "code": code,
            "name": name,
            "is_own": code == campaign.language,
            "is_written": code in campaign.languages,
        }
        for code, name in settings.LANGUAGES
    ]


def _before(campaign: Campaign) -> dict[str, Any]:
    now = timezone.now()
    found = checking.faults(campaign, at=now) if campaign.is_open else []
    reach = selectors.reach_of(campaign, at=now)
    counts = reach.counts() if reach else {}
    return {
        "faults": found,
        "is_grave": any(one.is_grave for one in found),
        "has_reach": reach is not None,
        "reached": counts.get("", 0),
        "reached_url": facing.reach_url(campaign, ""),
        "others": [
            (facing.reason_words(campaign, why), figure(many, rows=facing.reach_url(campaign, why)))
            for why, many in sorted(counts.items())
            if why
        ],
        "send_form": SendForm(initial={"send_at": campaign.send_at}),
    }


def _after(campaign: Campaign) -> dict[str, Any]:
    found = selectors.outcome(campaign)
    return {
        "outcome": found,
        "key": str(campaign.pk),
        "handed": found.state("handed_over"),
        "bounced": found.state("bounced"),
        "waiting": found.state("queued") + found.state("sending"),
        "failed": found.state("failed"),
        "held": found.state("suppressed") + found.state("cancelled"),
        "yes": found.answers.get("yes", 0),
        "no": found.answers.get("no", 0),
        "others": [
            (facing.reason_words(campaign, why), number(many))
            for why, many in sorted(campaign.left_out.items())
        ],
        "job": jobs_on(Ref.to(campaign)).first(),
    }


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(campaign)


@page(policies.may_see, of=selectors.one)
def shown(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """The mail as its reader's program draws it, with examples for the placeholders; nothing in it can run."""
    language = request.GET.get("language", "")
    made = previewed(
        drawn(campaign, language if language in campaign.languages else ""), selectors.examples()
    )
    is_text = request.GET.get("as") == "text"
    body = str(el("pre", made.text)) if is_text else mails.with_pictures(made.html)
    response = HttpResponse(body)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; sandbox"
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@page(policies.may_write, methods=("GET", "POST"))
def make(request: HttpRequest) -> HttpResponse:
    """Write a campaign; its blocks follow on its page. `?occasion=events.event:3` and `?audience=2` are chosen already."""
    form = CampaignForm(request.POST if request.method == "POST" else None, initial=_begun(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_campaign(by=request.user, **form.values())
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The campaign has been made. Write its blocks now."))
            return redirect(made)
    return form_page(request, form, _("Write a campaign"), reverse("campaigns:list"))


def _begun(request: HttpRequest) -> dict[str, Any]:
    """What is chosen already when one comes from an event or an audience."""
    given = {name: request.GET.get(name, "") for name in ("occasion", "audience")}
    found: dict[str, Any] = {name: value for name, value in given.items() if value}
    if given["occasion"]:
        found["kind"] = Campaign.Kind.INVITATION.value
        chosen = dict(facing.occasion_choices()).get(given["occasion"])
        if chosen:
            found |= {"name": chosen, "subject": chosen, "cites": selectors.served_by(given["occasion"])}
    audience = audiences.live().filter(pk=given["audience"]).first() if given["audience"].isdigit() else None
    if audience is not None and audience.purpose_id:
        found["purpose"] = str(audience.purpose_id)
    return found


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Change everything but the blocks."""
    form = CampaignForm(request.POST if request.method == "POST" else None, campaign=campaign)
    guard(form, campaign.updated_at)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_campaign(campaign, by=request.user, **form.values())
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The campaign has been changed."))
            return redirect(campaign)
    return form_page(request, form, _("Change the campaign"), campaign.get_absolute_url())


@page(policies.may_write, of=selectors.one, methods=("POST",))
def ask(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Ask somebody to approve it."""
    return acted(
        request,
        lambda: services.ask_for_approval(campaign, by=request.user),
        _("It waits for approval."),
        campaign,
    )


@page(policies.may_approve, of=selectors.one, methods=("POST",))
def approve(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """It may go as it is."""
    return acted(request, lambda: services.approve(campaign, by=request.user), _("It is approved."), campaign)


@page(policies.may_write, of=selectors.one, methods=("POST",))
def take_back(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """A draft again."""
    return acted(
        request, lambda: services.take_back(campaign, by=request.user), _("It is a draft again."), campaign
    )


@page(policies.may_send, of=selectors.one, methods=("POST",))
def send(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Send it now, or at the time that was given."""
    form = SendForm(request.POST)
    if not form.is_valid():
        say(request, " ".join(str(one) for one in form.errors["send_at"]), tone="bad")
        return redirect(campaign)
    at = form.cleaned_data["send_at"]
    if at is not None and at > timezone.now():
        return acted(
            request,
            lambda: services.change_campaign(campaign, by=request.user, send_at=at),
            _("It goes out at that time."),
            campaign,
        )
    return acted(request, lambda: services.send(campaign, by=request.user), _("It is on its way."), campaign)


@page(policies.may_cancel, of=selectors.one, methods=("POST",))
def cancel(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """What has not gone does not go."""
    try:
        _row, stopped = services.cancel(campaign, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        words = ngettext(
            "It is cancelled; %(count)d mail was stopped.",
            "It is cancelled; %(count)d mails were stopped.",
            stopped,
        )
        say(request, words % {"count": stopped})
    return redirect(campaign)


@page(policies.may_write, of=selectors.one, methods=("POST",))
def test(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Send it to whoever asks."""
    return acted(
        request,
        lambda: services.send_test(campaign, by=request.user),
        _("A test is on its way to you."),
        campaign,
    )


@page(policies.may_write, of=selectors.one, methods=("POST",))
def copy(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """A draft that says the same."""
    made = services.copy_campaign(campaign, by=request.user)
    say(request, _("This is the copy."))
    return redirect(made)


@page(policies.may_remove, of=selectors.one, methods=("POST",))
def remove(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Take it away."""
    services.remove_campaign(campaign, by=request.user)
    say(request, _("The campaign has been removed."))
    return redirect("campaigns:list")
