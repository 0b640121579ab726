"""What a person may ask of us: everything that is kept about them, and to be forgotten."""

from __future__ import annotations

import json

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from barnraise.foundation.text import words
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from .. import policies, selectors, services
from ..models import Person


@page(policies.may_export, of=selectors.one_row, methods=("POST",))
def export(request: HttpRequest, person: Person) -> HttpResponse:
    """Everything that is kept about the person, as a JSON file."""
    told = services.export_person(person, by=request.user)
    name = "-".join(words(person.display_name))[:60] or "person"
    content = json.dumps(told, ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response["Cache-Control"] = "no-store"
    return response


@page(policies.may_erase, of=selectors.one_row, methods=("GET", "POST"))
def erase(request: HttpRequest, person: Person) -> HttpResponse:
    """Erase a person everywhere; whoever does it types the name, as it cannot be undone."""
    problem = ""
    if request.method == "POST":
        typed = " ".join(request.POST.get("name", "").split())
        if typed.casefold() != person.display_name.casefold():
            problem = _("Type the name exactly as it stands above.")
        else:
            try:
                services.erase_person(person, by=request.user)
            except ValidationError as no:
                problem = " ".join(no.messages)
            else:
                say(request, _("The person has been erased."))
                return redirect("people:list")
    context = {"thing": person, "account": person.account, "problem": problem}
    return render(request, "people/erase.html", context, status=422 if problem else 200)
