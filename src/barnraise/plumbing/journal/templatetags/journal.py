"""`{% load journal %}`: timelines in pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from barnraise.foundation.refs import Ref

from ..policies import may_see_thing
from ..selectors import timeline as read_timeline

register = template.Library()


@register.simple_tag(takes_context=True)
def timeline(context: Context, thing: Any, limit: int = 15) -> SafeString | str:
    """`{% timeline thing %}`: what happened to this row (or Ref), newest first, with a link to more; "" for whom may not read it."""
    request = context["request"]
    ref = thing if isinstance(thing, Ref) else Ref.to(thing)
    if not may_see_thing(request.user, ref):
        return ""
    found = read_timeline(ref, actor=request.user, limit=limit)
    return render_to_string("journal/timeline.html", {"ref": str(ref), "page": found}, request=request)


@register.inclusion_tag("journal/entries.html")
def told(entries: Any) -> dict[str, Any]:
    """`{% told page.entries %}`: the list items of told entries."""
    return {"entries": entries}
