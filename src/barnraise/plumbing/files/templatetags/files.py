"""`{% load files %}`: the files of a thing, with the way to add one."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from barnraise.foundation.refs import Ref

from ..policies import may_add
from ..selectors import files_about

register = template.Library()
SHOWN = 50


@register.inclusion_tag("files/panel.html", takes_context=True)
def files_of(context: Context, thing: Any) -> dict[str, Any]:
    """The files about a saved row that the reader may see, newest first, at most SHOWN."""
    request = context["request"]
    ref = Ref.to(thing)
    return {
        "files": list(files_about(ref, actor=request.user)[:SHOWN]),
        "about": str(ref),
        "next": request.path,
        "may_add": may_add(request.user),
        "request": request,
    }
