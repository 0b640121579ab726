"""The team's pages of what one network gets of a message, and what became of it there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs import selectors as jobs
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import acted
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import HandForm, ReachForm, VariantForm
from .models import Reach, Variant
from .views import form_or_done


@page(policies.may_see, of=selectors.one_variant_by_key)
def variant_by_key(request: HttpRequest, variant: Variant) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(variant)


@page(policies.may_see, of=selectors.one_variant)
def variant(request: HttpRequest, variant: Variant) -> HttpResponse:
    """One network's variant: its length, how it looks, the way to post it, and what it reached."""
    message = variant.message
    may_edit = policies.may_edit(request.user)
    header = Header(
        title=f"{message.name}, {facing.title_of(variant.network)}",
        kind=_("Variant"),
        icon="message",
        state=facing.state_badge(variant),
        owner=str(message.owner) if message.owner else "",
        action=button(_("Approve it"), type="submit", form="approve", icon="check")
        if variant.state == Variant.State.DRAFT and policies.may_approve(request.user)
        else "",
    )
    latest = jobs.jobs_on(Ref.to(variant)).order_by("-pk").first()
    context = {
        "thing": variant,
        "header": header,
        "message": message,
        "network": facing.title_of(variant.network),
        "measured": facing.measured(variant),
        "preview": facing.preview(variant.text),
        "hindrance": selectors.hindrance_of(message),
        "job": latest,
        "door": facing.door(variant),
        "takes_text": facing.takes_text(variant),
        "can_post": facing.can_post(variant),
        "hand": HandForm(),
        "reaches": selectors.reaches_of(variant),
        "may_edit": may_edit,
        "may_approve": policies.may_approve(request.user),
        "is_stuck": selectors.is_stuck(variant),
        "is_open": variant.state in ("draft", "approved", "failed"),
    }
    return render(request, "social/variant.html", context)


@page(policies.may_edit, of=selectors.one_variant, methods=("GET", "POST"))
def change_variant(request: HttpRequest, variant: Variant) -> HttpResponse:
    """Other words for this network."""
    form = VariantForm(request.POST if request.method == "POST" else None, variant=variant)
    guard(form, variant.updated_at)

    def write() -> Any:
        return services.change_variant(variant, by=request.user, **form.values())

    return form_or_done(
        request,
        form,
        write,
        _("Change the variant"),
        variant,
        _("The variant has been changed."),
        measured=facing.measured(variant),
    )


@page(policies.may_approve, of=selectors.one_variant, methods=("POST",))
def approve(request: HttpRequest, variant: Variant) -> HttpResponse:
    """It may be posted as it stands."""
    return acted(
        request, lambda: services.approve(variant, by=request.user), _("It has been approved."), variant
    )


@page(policies.may_approve, of=selectors.one_variant, methods=("POST",))
def unapprove(request: HttpRequest, variant: Variant) -> HttpResponse:
    """A draft again."""
    return acted(
        request, lambda: services.unapprove(variant, by=request.user), _("It is a draft again."), variant
    )


@page(policies.may_approve, of=selectors.one_variant, methods=("POST",))
def post(request: HttpRequest, variant: Variant) -> HttpResponse:
    """Have it posted."""
    return acted(request, lambda: services.queue(variant, by=request.user), _("It is being posted."), variant)


@page(policies.may_edit, of=selectors.one_variant, methods=("GET", "POST"))
def by_hand(request: HttpRequest, variant: Variant) -> HttpResponse:
    """Somebody posted it and pastes its address."""
    form = HandForm(request.POST if request.method == "POST" else None)

    def write() -> Any:
        return services.post_by_hand(variant, by=request.user, address=form.cleaned_data["address"])

    return form_or_done(
        request, form, write, _("It was posted by hand"), variant, _("Noted: it stands in the network.")
    )


@page(policies.may_edit, of=selectors.one_variant, methods=("POST",))
def take_down(request: HttpRequest, variant: Variant) -> HttpResponse:
    """It was taken out of the network."""
    return acted(
        request, lambda: services.take_down(variant, by=request.user), _("Noted: it was taken down."), variant
    )


@page(policies.may_edit, of=selectors.one_variant, methods=("GET", "POST"))
def reach(request: HttpRequest, variant: Variant) -> HttpResponse:
    """Note how many it reached."""
    form = ReachForm(request.POST if request.method == "POST" else None)

    def write() -> Any:
        return services.note_reach(variant, by=request.user, **form.cleaned_data)

    return form_or_done(
        request, form, write, _("How many it reached"), variant, _("The reach has been noted.")
    )


@page(policies.may_edit, of=selectors.one_reach, methods=("POST",))
def remove_reach(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Take away a number noted by mistake."""
    services.remove_reach(reach, by=request.user)
    say(request, _("The number has been removed."))
    return redirect(reach.variant)
