"""Pages of interactions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.tags import selectors as tags_read
from barnraise.plumbing.tags import services as tags
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, picking, policies, profile, selectors, services, timeline
from .forms import ChangeForm, LogForm
from .models import Interaction
from .returning import way_back
from .subjects import Subject, subject


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, interaction: Interaction) -> HttpResponse:
    """One interaction."""
    today = timezone.localdate()
    steps = [one for one in interaction.next_steps.all() if policies.may_see_step(request.user, one)]
    context = {
        "thing": interaction,
        "header": facing.header(interaction, request.user),
        "with_whom": facing.chips(
            [link.person for link in interaction.people.all()],
            [link.organisation for link in interaction.organisations.all()],
        ),
        "is_with_nobody": not (interaction.people.all() or interaction.organisations.all()),
        "steps": [(step, facing.due(step, today)) for step in steps],
        "proposals": [one for one in interaction.proposals.all() if one.state == "waiting"],
        "dues": profile.composer(request.user) if policies.may_write(request.user) else None,
        "may_write": policies.may_write(request.user),
        "may_remove": policies.may_remove(request.user, interaction),
    }
    return render(request, "interactions/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, interaction: Interaction) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(interaction)


@page(policies.may_write, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Note an interaction: what every composer sends, and a page of its own for it."""
    if request.method != "POST":
        return _composing(request, LogForm(initial=request.GET.dict()), picking.picked(request.GET))
    chosen = picking.picked(request.POST)
    if "look" in request.POST and request.POST.get("find", "").strip():
        return _composing(request, LogForm(initial=request.POST.dict()), chosen)
    form = LogForm(request.POST)
    if form.is_valid() and not chosen:
        form.add_error(None, _("Say with whom it was: type a part of the name and tick it."))
    if form.is_valid():
        try:
            made = _log(request, form, chosen)
        except ValidationError as no:
            form.refused(no)
        else:
            undo = reverse("interactions:take_back", args=[made.uuid])
            say(request, _("It has been noted."), undo_url=undo)
            first: Any = [*chosen.people, *chosen.organisations][0]
            return redirect(way_back(request, first.get_absolute_url()))
    return _composing(request, form, chosen, status=422)


def _log(request: HttpRequest, form: LogForm, chosen: picking.Picked) -> Interaction:
    step = None
    if form.cleaned_data["step_text"].strip():
        step = services.next_step(
            by=request.user,
            text=form.cleaned_data["step_text"],
            owner=form.step_owner_row(),
            due_on=form.step_day(),
        )
    now = timezone.now()
    return services.log_interaction(
        by=request.user,
        people=chosen.people,
        organisations=chosen.organisations,
        step=step,
        now=now,
        **form.said(now),
    )


def _composing(
    request: HttpRequest, form: LogForm, chosen: picking.Picked, status: int = 200
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    find = given.get("find", "")
    context = {
        "form": form,
        "boxes": picking.boxes(chosen, find, actor=request.user),
        "find": find,
        "next": way_back(request, ""),
        **profile.composer(request.user),
        "kinds": profile.kind_choices(form["kind"].value() or "note"),
        "owner": str(form["step_owner"].value() or request.user.pk),
    }
    return render(request, "interactions/create.html", context, status=status)


@page(policies.may_write, of=subject)
def about(request: HttpRequest, thing: Subject) -> HttpResponse:
    """Where the palette leads: the page to note something about this person or organisation."""
    given = QueryDict(mutable=True)
    given[thing.ref.model] = str(thing.uuid)
    given["next"] = thing.url
    if request.GET.get("kind") in Interaction.Kind.values:
        given["kind"] = request.GET["kind"]
    return redirect(f"{reverse('interactions:create')}?{given.urlencode()}")


@page(policies.may_write)
def who(request: HttpRequest) -> HttpResponse:
    """The boxes of the picker for what was typed, as a fragment."""
    boxes = picking.boxes(picking.picked(request.GET), request.GET.get("find", "")[:200], actor=request.user)
    return render(request, "interactions/boxes.html", {"boxes": boxes, "find": request.GET.get("find", "")})


@page(policies.may_change, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, interaction: Interaction) -> HttpResponse:
    """Change an interaction."""
    if request.method == "POST":
        chosen = picking.picked(request.POST)
        form = ChangeForm(request.POST)
        is_looking = "look" in request.POST and bool(request.POST.get("find", "").strip())
        if not is_looking and form.is_valid() and _changed(request, interaction, form, chosen):
            say(request, _("The interaction has been changed."))
            return redirect(interaction)
        if is_looking:
            form = ChangeForm(initial=request.POST.dict())
    else:
        chosen = picking.Picked(
            [link.person for link in interaction.people.all()],
            [link.organisation for link in interaction.organisations.all()],
        )
        form = ChangeForm(initial=_said(interaction))
    find = request.POST.get("find", "")
    context = {
        "thing": interaction,
        "form": form,
        "boxes": picking.boxes(chosen, find, actor=request.user),
        "find": find,
        "cancel_url": interaction.get_absolute_url(),
    }
    return render(request, "interactions/change.html", context, status=422 if form.errors else 200)


def _said(row: Interaction) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "direction": row.direction,
        "subject": row.subject,
        "text": row.text,
        "happened_at": row.happened_at,
        "visibility": row.visibility,
        "community": row.community_id,
        "tags": ", ".join(tag.name for tag in tags_read.tags_on(row)),
    }


def _changed(
    request: HttpRequest, interaction: Interaction, form: ChangeForm, chosen: picking.Picked
) -> bool:
    values = dict(form.cleaned_data)
    names = values.pop("tags")
    # The form shows whole minutes; a time it did not change keeps its seconds.
    if values["happened_at"] == interaction.happened_at.replace(second=0, microsecond=0):
        del values["happened_at"]
    try:
        with transaction.atomic():
            services.change_interaction(
                interaction,
                by=request.user,
                people=[row.pk for row in chosen.people],
                organisations=[row.pk for row in chosen.organisations],
                **values,
            )
            tags.replace(on=interaction, names=names, by=request.user)
    except ValidationError as no:
        form.refused(no)
        return False
    return True


@page(policies.may_remove, of=selectors.one_row, methods=("GET", "POST"))
def remove(request: HttpRequest, interaction: Interaction) -> HttpResponse:
    """Remove an interaction."""
    if request.method == "POST":
        done = services.remove_interaction(interaction, by=request.user)
        say(
            request,
            _("The interaction has been removed."),
            undo_url=reverse("journal:undo", kwargs={"key": done.pk}),
        )
        return redirect("interactions:list")
    context = {
        "title": _("Remove the interaction"),
        "intro": _("Its next steps go with it. It can be undone for thirty days."),
        "submit": _("Remove it"),
        "danger": True,
        "cancel_url": interaction.get_absolute_url(),
    }
    return render(request, "ui/form.html", context)


@page(policies.may_remove, of=selectors.one, methods=("POST",))
def take_back(request: HttpRequest, interaction: Interaction) -> HttpResponse:
    """The undo of the confirmation after logging."""
    things: list[Any] = [link.person for link in interaction.people.all()]
    things += [link.organisation for link in interaction.organisations.all()]
    back = things[0].get_absolute_url() if things else reverse("interactions:list")
    services.take_back(interaction, by=request.user)
    say(request, _("It has been taken back."))
    return redirect(way_back(request, back))


@page(policies.may_open_timeline, of=subject)
def whole(request: HttpRequest, about: Subject) -> HttpResponse:
    """The timeline of a person or an organisation: a page, or for htmx the items that follow."""
    show, after = request.GET.get("show", "")[:20], request.GET.get("after", "")[:2000]
    is_part = request.headers.get("HX-Request") == "true"
    found = timeline.read(about.ref, actor=request.user, after=after, most=timeline.MORE, show=show)
    context = {
        "about": about,
        "ref": str(about.ref),
        "page": found,
        "show": show,
        "choices": timeline.choices(request.user),
        "is_first": not after,
    }
    template = "interactions/moments.html" if is_part else "interactions/timeline.html"
    return render(request, template, context)
