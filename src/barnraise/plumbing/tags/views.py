"""Pages of tags: one place to rename, merge and remove them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.sockets import kinds

from . import policies, selectors, services
from .forms import MergeForm, TagForm
from .models import Tag


@page(policies.may_see)
def index(request: HttpRequest) -> HttpResponse:
    """Every tag with how often it is used."""
    context = {
        "tags": list(selectors.with_counts()),
        "counted": selectors.COUNTED,
        "may_tag": policies.may_tag(request.user),
        "may_govern": policies.may_govern(request.user),
    }
    return render(request, "tags/index.html", context)


@page(policies.may_see, of=selectors.tag_by_uuid)
def show(request: HttpRequest, tag: Tag) -> HttpResponse:
    """One tag: what it is for and what carries it."""
    uses = [
        (known.noun if (known := kinds.find(kind)) else kind, count)
        for kind, count in selectors.uses_by_kind(tag).items()
    ]
    context = {"tag": tag, "uses": uses, "may_govern": policies.may_govern(request.user)}
    return render(request, "tags/show.html", context)


def _form_page(request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
    context = {"form": form, "cancel_url": reverse("tags:index"), **context}
    return render(request, "ui/form.html", context, status=422 if form is not None and form.errors else 200)


@page(policies.may_tag, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Make a tag before anything carries it."""
    form = TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            tag = services.create(by=request.user, **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _("The tag is made."))
            return redirect("tags:show", uuid=tag.uuid)
    return _form_page(request, form, title=_("New tag"), submit=_("Make the tag"))


@page(policies.may_govern, of=selectors.tag_by_uuid, methods=("GET", "POST"))
def change(request: HttpRequest, tag: Tag) -> HttpResponse:
    """Rename a tag wherever it sticks."""
    form = TagForm(request.POST or None, initial={"name": tag.name, "description": tag.description})
    if request.method == "POST" and form.is_valid():
        try:
            services.change(tag=tag, by=request.user, **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _("The tag is changed everywhere."))
            return redirect("tags:index")
    return _form_page(request, form, title=_("Change the tag"), submit=_("Keep the change"))


@page(policies.may_govern, of=selectors.tag_by_uuid, methods=("GET", "POST"))
def merge(request: HttpRequest, tag: Tag) -> HttpResponse:
    """Choose the tag that stays (GET), see what would happen (GET with `into`), do it (POST)."""
    given = request.POST if request.method == "POST" else request.GET if "into" in request.GET else None
    form = MergeForm(given, absorb=tag)
    valid = given is not None and form.is_valid()
    if request.method == "POST" and valid:
        keep = form.cleaned_data["into"]
        count = services.merge(keep=keep, absorb=tag, by=request.user)
        messages.success(
            request,
            ngettext(
                "Merged; %(count)s thing was retagged.", "Merged; %(count)s things were retagged.", count
            )
            % {"count": count},
        )
        return redirect("tags:show", uuid=keep.uuid)
    context: dict[str, Any] = {"form": form, "tag": tag, "others": selectors.all_tags().exclude(pk=tag.pk)}
    if valid:
        keep = form.cleaned_data["into"]
        uses = selectors.uses_of([tag, keep])
        both = selectors.shared_uses(tag, keep)
        context.update(
            keep=keep,
            absorbed=uses[tag.pk],
            kept=uses[keep.pk],
            both=both,
            after=uses[tag.pk] + uses[keep.pk] - both,
        )
    return render(request, "tags/merge.html", context, status=422 if given is not None and not valid else 200)


@page(policies.may_govern, of=selectors.tag_by_uuid, methods=("GET", "POST"))
def remove(request: HttpRequest, tag: Tag) -> HttpResponse:
    """Remove a tag after a look at what carries it."""
    if request.method == "POST":
        services.remove_tag(tag=tag, by=request.user)
        messages.success(
            request, _("The tag is removed. It can be brought back from the journal for 30 days.")
        )
        return redirect("tags:index")
    count = selectors.uses_of([tag])[tag.pk]
    intro = ngettext(
        "“%(name)s” is taken off %(count)s thing; the thing itself stays.",
        "“%(name)s” is taken off %(count)s things; the things themselves stay.",
        count,
    )
    return _form_page(
        request,
        None,
        title=_("Remove the tag"),
        intro=intro % {"name": tag.name, "count": count},
        submit=_("Remove the tag"),
        danger=True,
    )
