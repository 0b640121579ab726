"""What an organisation may ask of us: everything that is kept about it."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from barnraise.foundation.text import words
from barnraise.plumbing.ui.pages import page

from .. import policies, selectors, services
from ..models import Organisation


@page(policies.may_export, of=selectors.one_row, methods=("POST",))
def export(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Everything that is kept about the organisation, as a JSON file."""
    told = services.export_organisation(organisation, by=request.user)
    name = "-".join(words(organisation.name))[:60] or "organisation"
    content = json.dumps(told, ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response["Cache-Control"] = "no-store"
    return response
