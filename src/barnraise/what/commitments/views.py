"""The team's pages of promises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Exchange, Organisation
from barnraise.who.partnerships import selectors as partnerships
from barnraise.who.partnerships.models import Partnership
from barnraise.who.people.models import Person

from . import facing, policies, selectors, services
from .forms import ChangeForm, MakeForm, SettleForm
from .models import SETTLED, Commitment

TEMPLATE = "commitments/form.html"


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """A promise: who to whom, by when, and what became of it."""
    today, may_edit = timezone.localdate(), policies.may_edit(request.user)
    action: Any = ""
    if may_edit and not commitment.settled:
        action = button(_("Settle"), href=reverse("commitments:settle", args=[commitment.uuid]), icon="check")
    header = Header(
        title=commitment.what,
        kind=commitment.get_kind_display(),
        icon="heart-handshake",
        state=facing.state_badge(commitment, today),
        owner=str(commitment.owner) if commitment.owner else "",
        action=action,
    )
    context = {
        "thing": commitment,
        "header": header,
        "serves": facing.named(commitment.cites),
        "made_at": facing.named(commitment.made_at),
        "is_moved": commitment.first_due_on != commitment.due_on,
        "may_edit": may_edit,
        "may_remove": policies.may_remove(request.user),
    }
    return render(request, "commitments/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(commitment)


def _row(request: HttpRequest, name: str, model: Any) -> Any:
    """The row whose uuid the address names; None without one, or when it is gone."""
    try:
        uuid = UUID(request.GET.get(name, ""))
    except ValueError:
        return None
    return model._default_manager.filter(uuid=uuid).first()


def _party(request: HttpRequest) -> Any:
    """The organisation or person that the address names, itself or by its partnership; None without one."""
    named = _row(request, "organisation", Organisation) or _row(request, "person", Person)
    if named is not None:
        return named
    try:
        return partnerships.one_by_key(int(request.GET.get("partnership", ""))).partner
    except (ValueError, OverflowError, Partnership.DoesNotExist):
        return None


def _match(request: HttpRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    """From the two sides of a match in the address: what the form begins with, and what else the service is given."""
    try:
        gives, seeks = (
            organisations.one_exchange_by_key(int(request.GET.get(name, ""))) for name in ("gives", "seeks")
        )
    except (ValueError, OverflowError, Exchange.DoesNotExist):
        return {}, {}
    if gives.direction != "gives" or seeks.direction != "seeks":
        return {}, {}
    giver = organisations.one_by_key(gives.organisation_id)
    seeker = organisations.one_by_key(seeks.organisation_id)
    first: dict[str, Any] = {"what": gives.what, "kind": "match"}
    if seeker.is_own:
        first |= {"direction": "theirs", "partner": giver.name}
    elif giver.is_own:
        first |= {"direction": "ours", "partner": seeker.name}
    else:
        first |= {"direction": "between", "partner": giver.name, "to": seeker.name}
    return first, {"gives": gives, "seeks": seeks}


@page(policies.may_edit, methods=("GET", "POST"))
def make(request: HttpRequest) -> HttpResponse:
    """Note a promise."""
    partner = _party(request)
    initial: dict[str, Any] = {
        "direction": request.GET.get("direction", "theirs" if partner is not None else ""),
        "partner": str(partner) if partner is not None else "",
        "promised_on": timezone.localdate(),
        "kind": "promise",
        "owner": str(request.user.pk),
        "cites": search.cited_title(request.GET.get("for", "")),
    }
    begun, more = _match(request)
    given = request.POST if request.method == "POST" else None
    form = MakeForm(given, actor=request.user, initial={**initial, **begun})
    if given is not None:
        made = kept(form, lambda: services.make_commitment(by=request.user, **form.values(), **more))
        if made is not None:
            say(request, _("The promise has been noted."))
            return redirect(made)
    cancel = partner.get_absolute_url() if partner is not None else reverse("commitments:list")
    return form_page(request, form, _("Note a promise"), cancel, template=TEMPLATE)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Change what it says, its day or who sees to it."""
    given = request.POST if request.method == "POST" else None
    form = ChangeForm(given, commitment=commitment, actor=request.user)
    guard(form, commitment.updated_at)

    def write() -> Any:
        return services.change_commitment(commitment, by=request.user, **form.values())

    return _done(
        request, form, write, _("Change the promise"), commitment, _("The promise has been changed.")
    )


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def settle(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Kept, not kept, or released."""
    wanted = request.GET.get("as", "")
    given = request.POST if request.method == "POST" else None
    form = SettleForm(given, settled=wanted if wanted in SETTLED else "kept")

    def write() -> Any:
        return services.settle(commitment, by=request.user, **form.cleaned_data)

    return _done(
        request, form, write, _("What became of the promise"), commitment, _("The outcome has been noted."), undo=True
    )  # fmt: skip


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def keep(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Kept today, in one click."""
    try:
        done = services.settle(commitment, by=request.user, settled="kept")
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("Kept. Thank you."), undo_url=reverse("journal:undo", kwargs={"key": done.pk}))
    return redirect("/") if request.POST.get("next") == "/" else redirect(commitment)


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def reopen(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Take the outcome back."""
    try:
        services.reopen(commitment, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The promise is open again."))
    return redirect(commitment)


@page(policies.may_remove, of=selectors.one, methods=("GET", "POST"))
def remove(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Take away a promise that was noted by mistake, after asking."""
    if request.method == "POST":
        services.remove_commitment(commitment, by=request.user)
        say(request, _("The promise has been removed."))
        return redirect("commitments:list")
    context = {
        "title": _("Remove the promise"),
        "thing": commitment,
        "cancel_url": commitment.get_absolute_url(),
        "danger": True,
        "submit": _("Remove it"),
        "intro": _(
            "It does not come back. One that was not kept, or that nobody wants any more, is better settled: it stays in the count."
        ),
    }
    return render(request, TEMPLATE, context)


def _done(
    request: HttpRequest,
    form: Any,
    write: Callable[[], Any],
    title: str,
    commitment: Commitment,
    words: str,
    *,
    undo: bool = False,
) -> HttpResponse:
    """Show the form, or do what it asks and lead back, with an undo where there is one."""
    done = kept(form, write) if request.method == "POST" else None
    if done is not None:
        say(request, words, undo_url=reverse("journal:undo", kwargs={"key": done.pk}) if undo else "")
        return redirect(commitment)
    return form_page(request, form, title, commitment.get_absolute_url(), template=TEMPLATE, thing=commitment)
