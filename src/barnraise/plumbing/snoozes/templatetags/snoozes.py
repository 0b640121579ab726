"""`{% load snoozes %}`: the button beside a line of Today."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.icons import icon

from .. import policies

register = template.Library()


@register.filter
def reference(thing: Any) -> str:
    """`{{ step|reference }}`: "label.model:id" of a row."""
    return str(Ref.to(thing))


@register.simple_tag(takes_context=True)
def snooze(context: Context, card: str, thing: Any, name: Any) -> Safe:
    """`{% snooze "events.close" event event.title %}`: a link that lets the card be silent about a row or Ref; nothing for whoever may not."""
    request = context.get("request")
    if request is None or not policies.may_snooze(request.user):
        return Safe("")
    ref = thing if isinstance(thing, Ref) else Ref.to(thing)
    return el(
        "a",
        icon("moon"),
        el("span", _("Snooze"), ": ", el("span", str(name), translate="no"), class_="visually-hidden"),
        class_="btn btn-plain btn-icon today-snooze",
        href=reverse("snoozes:snooze", args=[card, str(ref)]),
        title=_("Snooze"),
    )
