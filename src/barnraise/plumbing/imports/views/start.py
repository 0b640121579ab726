"""Giving files."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused
from barnraise.foundation.tabular import UnreadableFile
from barnraise.foundation.text import fold
from barnraise.plumbing.ui.pages import page

from .. import notices, policies, screens, services
from ..forms import GiveForm
from ..sockets import formats, nouns


@page(policies.may_import, methods=("GET", "POST"))
def give(request: HttpRequest) -> HttpResponse:
    """What can be taken in, and the place to drop it."""
    form = GiveForm(request.POST, request.FILES) if request.method == "POST" else GiveForm()
    if form.is_bound and form.is_valid():
        try:
            batch = services.give(files=form.cleaned_data["files"], by=request.user)
        except Refused as no:
            form.add_error("files", _named(no, form.cleaned_data["files"]))
        else:
            return redirect("imports:reading", uuid=batch.uuid)
    status = 422 if form.is_bound else 200
    context = {
        "form": form,
        "formats": [f for _, f in formats.items()],
        "nouns": sorted((n for _, n in nouns.items()), key=lambda n: fold(str(n.title))),
    }
    context |= {"recent": screens.imports()[:5]}
    return render(request, "imports/start.html", context, status=status)


def _named(no: Refused, given: list[Any]) -> str:
    """The refusal with the name of the file before it, where that is sure and not in the sentence already."""
    name = str(given[0].name) if len(given) == 1 else ""
    return f"{name}: {no.reason}" if name and name not in no.reason else no.reason


@page(policies.may_see)
def template(request: HttpRequest, noun: str) -> HttpResponse:
    """An empty table with the headings that need no mapping."""
    found = nouns.find(noun)
    if found is None:
        raise Http404
    out = StringIO()
    csv.writer(out).writerow([str(field.title) for field in found.fields])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{noun}.csv"'
    return response


def say_refused(request: HttpRequest, no: Refused | UnreadableFile) -> None:
    """Tell on the next page why nothing was done."""
    if isinstance(no, UnreadableFile):
        what, mend = notices.refused(no)
        messages.error(request, f"{what} {mend}")
    else:
        messages.error(request, no.reason or _("That is not possible now."))
