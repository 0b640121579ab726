"""The pages on which a campaign's blocks are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.form_pages import form_page, kept
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import policies, selectors, services
from .forms import BlockForm, TranslationForm
from .models import Campaign
from .sockets import Block, blocks


def _block(kind: str) -> Block:
    found = blocks.find(kind)
    if found is None:
        raise Http404
    return found


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def add(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """A block more; `?kind=` says of which kind."""
    kind = request.GET.get("kind", "text")
    block = _block(kind)
    if request.method == "POST" or block.fields:
        form = BlockForm(block, *_sent(request))
        if request.method != "POST" or not form.is_valid():
            return _form(request, campaign, form, _("Add: %(block)s") % {"block": block.label})
        try:
            values = _values(form, block, campaign, request.user)
            services.add_block(campaign, kind=kind, values=values, by=request.user)
        except ValidationError as no:
            form.refused(no)
            return _form(request, campaign, form, _("Add: %(block)s") % {"block": block.label})
        say(request, _("The block stands at the end."))
        return redirect(campaign)
    return _form(request, campaign, BlockForm(block), _("Add: %(block)s") % {"block": block.label})


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _values(
    form: BlockForm, block: Block, campaign: Campaign, by: Any, before: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the form says, with pictures kept as files; one that stands stays when no other is chosen.

    Raises ValidationError by field.
    """
    values = dict(form.cleaned_data)
    for field in block.fields:
        if field.kind != "picture":
            continue
        chosen = values[field.name]
        if isinstance(chosen, UploadedFile):
            kept = services.keep_picture(chosen, campaign=campaign, alt=values.get("alt", ""), by=by)
            values[field.name] = str(kept.uuid)
        else:
            values[field.name] = (before or {}).get(field.name, "")
    return values


def _form(request: HttpRequest, campaign: Campaign, form: Any, title: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "cancel_url": campaign.get_absolute_url(),
        "thing": campaign,
        "places": selectors.known_places(),
    }
    return render(request, "campaigns/block.html", context, status=422 if form.errors else 200)


def _in_language(uuid: Any, language: str) -> Campaign:
    """The campaign, with the further language that was asked for. Raises Campaign.DoesNotExist."""
    row = selectors.one(uuid)
    if language not in dict(settings.LANGUAGES) or language == row.language:
        raise Campaign.DoesNotExist
    row.language_asked = language  # type: ignore[attr-defined]
    return row


def _placed(uuid: Any, at: int) -> Campaign:
    """The campaign, with the position of one of its blocks. Raises Campaign.DoesNotExist."""
    row = selectors.one(uuid)
    if not 0 <= at < len(row.blocks):
        raise Campaign.DoesNotExist
    row.place = at  # type: ignore[attr-defined]
    return row


@page(policies.may_edit, of=_placed, methods=("GET", "POST"))
def change(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Change what a block says."""
    at: int = campaign.place  # type: ignore[attr-defined]
    given = campaign.blocks[at]
    block = _block(given["kind"])
    form = BlockForm(block, *_sent(request), initial=given)
    guard(form, campaign.updated_at)
    if request.method == "POST" and form.is_valid():
        try:
            values = _values(form, block, campaign, request.user, given)
            services.change_block(campaign, at=at, values=values, by=request.user)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The block has been changed."))
            return redirect(campaign)
    return _form(request, campaign, form, _("Change: %(block)s") % {"block": block.label})


@page(policies.may_edit, of=_placed, methods=("POST",))
def move(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """One place up, or down."""
    at: int = campaign.place  # type: ignore[attr-defined]
    services.move_block(campaign, at=at, by=request.user, is_up=request.POST.get("to") != "down")
    return redirect(campaign)


@page(policies.may_edit, of=_placed, methods=("POST",))
def remove(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Take a block away."""
    at: int = campaign.place  # type: ignore[attr-defined]
    services.remove_block(campaign, at=at, by=request.user)
    say(request, _("The block has been removed."))
    return redirect(campaign)


@page(policies.may_edit, of=_in_language, methods=("GET", "POST"))
def translate(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Its words in a further language, each beside those of its own."""
    language = campaign.language_asked  # type: ignore[attr-defined]
    name = dict(settings.LANGUAGES)[language]
    form = TranslationForm(
        request.POST if request.method == "POST" else None, campaign=campaign, language=language
    )
    if request.method == "POST" and kept(
        form,
        lambda: services.translate_campaign(campaign, language=language, by=request.user, **form.values()),
    ):
        say(request, _("Its words in this language are kept."))
        return redirect(campaign)
    return form_page(
        request,
        form,
        _("%(campaign)s in %(language)s") % {"campaign": campaign.name, "language": name},
        campaign.get_absolute_url(),
    )
