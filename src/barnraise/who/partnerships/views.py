"""The team's pages of partnerships."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say
from barnraise.who.interactions import selectors as interactions
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from . import facing, policies, selectors, services
from .forms import BeginForm, ChangeForm, MoveForm, RateForm
from .models import Partnership, Rating, Stage


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """A partnership with its histories."""
    today = timezone.localdate()
    partner, may_edit = partnership.partner, policies.may_edit(request.user)
    last = interactions.last_contact(Ref.to(partner), actor=request.user)
    partnership.last_at = last[0] if last else None  # type: ignore[attr-defined]
    silence = facing.silence_of(partnership, today)
    action: Any = ""
    if may_edit:
        action = button(
            _("Change"), href=reverse("partnerships:change", args=[partnership.uuid]), icon="pencil"
        )
    header = Header(
        title=str(partnership),
        kind=_("Partnership"),
        icon="heart-handshake",
        state=facing.stage_badge(partnership),
        owner=str(partnership.owner) if partnership.owner else "",
        action=action,
    )
    context = {
        "thing": partnership,
        "partner": partner,
        "header": header,
        "silence": silence,
        "silence_badge": facing.silence_badge(silence),
        "cadence": facing.cadence_words(partnership.cadence_days),
        "last_at": partnership.last_at,  # type: ignore[attr-defined]
        "stages": selectors.stages_of(partnership),
        "ratings": selectors.ratings_of(partnership),
        "may_edit": may_edit,
        "may_remove": policies.may_remove(request.user),
        "is_snoozed": partnership.snoozed_until is not None,  # type: ignore[attr-defined]
        "card": selectors.CARD,
        "ref": str(Ref.to(partnership)),
    }
    return render(request, "partnerships/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(partnership)


def _named(request: HttpRequest) -> Any:
    """The organisation or person that the address names; None without one, or when it is gone."""
    for name, model in (("organisation", Organisation), ("person", Person)):
        try:
            uuid = UUID(request.GET.get(name, ""))
        except ValueError:
            continue
        rows: Any = model._default_manager
        found = rows.filter(uuid=uuid).first()
        if found is not None:
            return found
    return None


@page(policies.may_edit, methods=("GET", "POST"))
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a partnership."""
    partner = _named(request)
    there = selectors.of_thing(partner, request.user) if partner is not None else None
    if there is not None:
        return redirect(there)
    initial = {"stage": "prospect", "since_on": timezone.localdate(), "owner": str(request.user.pk)}
    form = BeginForm(request.POST if request.method == "POST" else None, partner=partner, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.begin_partnership(form.chosen(), by=request.user, **form.values())
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The partnership has begun."))
            return redirect(made)
    cancel = partner.get_absolute_url() if partner is not None else reverse("partnerships:list")
    return form_page(
        request, form, _("Begin a partnership"), cancel, template="partnerships/form.html", thing=partner
    )


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Change owner, cadence, agreement and what it is about."""
    form = ChangeForm(request.POST if request.method == "POST" else None, partnership=partnership)

    def act() -> None:
        services.change_partnership(partnership, by=request.user, **form.values())

    return _done(
        request, form, act, _("Change the partnership"), partnership, _("The partnership has been changed.")
    )


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def move(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Another stage."""
    wanted = request.GET.get("stage", "")
    stage = wanted if wanted in Stage.values else partnership.stage
    initial = {"stage": stage, "since_on": timezone.localdate()}
    form = MoveForm(request.POST if request.method == "POST" else None, initial=initial)

    def act() -> Any:
        return services.move_stage(partnership, by=request.user, **form.cleaned_data)

    return _done(request, form, act, _("Another stage"), partnership, _("The stage has been noted."))


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def rate(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Influence and interest, as whoever is logged in sees them."""
    initial = {
        "rated_on": timezone.localdate(),
        "influence": partnership.influence,
        "interest": partnership.interest,
    }
    form = RateForm(request.POST if request.method == "POST" else None, initial=initial)

    def act() -> Any:
        return services.rate(partnership, by=request.user, **form.cleaned_data)

    return _done(
        request, form, act, _("Influence and interest"), partnership, _("Your rating has been noted.")
    )


@page(policies.may_remove, of=selectors.one, methods=("GET", "POST"))
def remove(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Take away a partnership that was begun by mistake, after asking."""
    if request.method == "POST":
        partner = partnership.partner
        done = services.remove_partnership(partnership, by=request.user)
        say(request, _("The partnership has been removed."), undo_url=done.undo_url)
        return redirect(partner)
    context = {
        "title": _("Remove the partnership"),
        "thing": partnership,
        "cancel_url": partnership.get_absolute_url(),
        "danger": True,
        "submit": _("Remove it"),
        "intro": _(
            "Its stages, ratings and agreement go with it; an undo brings them back, but not its files. "
            "One that is over is better ended: its history stays."
        ),
    }
    return render(request, "partnerships/form.html", context)


@page(policies.may_edit, of=selectors.one_rating, methods=("POST",))
def remove_rating(request: HttpRequest, rating: Rating) -> HttpResponse:
    """Take a rating away that was written by mistake."""
    done = services.remove_rating(rating, by=request.user)
    say(request, _("The rating has been taken away."), undo_url=done.undo_url)
    return redirect(rating.partnership)


def _done(
    request: HttpRequest, form: Any, act: Any, title: str, partnership: Partnership, words: str
) -> HttpResponse:
    """Show the form, or do what it asks and lead back, with an undo where there is one."""
    if request.method == "POST" and form.is_valid():
        try:
            done = act()
        except ValidationError as no:
            form.refused(no)
        else:
            undo = reverse("journal:undo", kwargs={"key": done.pk}) if done is not None else ""
            say(request, words, undo_url=undo)
            return redirect(partnership)
    return form_page(
        request,
        form,
        title,
        partnership.get_absolute_url(),
        template="partnerships/form.html",
        thing=partnership,
    )
