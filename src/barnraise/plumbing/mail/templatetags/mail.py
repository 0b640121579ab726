"""`{% load mail %}`: mails about a thing in its page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from barnraise.foundation.refs import Ref

from .. import facing
from ..policies import may_see
from ..selectors import about
from ..sockets import requests

register = template.Library()
SHOWN = 10


@register.simple_tag(takes_context=True)
def ask_by_mail(context: Context, thing: Any) -> SafeString:
    """`{% ask_by_mail thing %}`: the mails that asked for it with what became of them, and the way to write one. One query."""
    actor, ref = context["request"].user, Ref.to(thing)
    request = requests.get(ref.kind)
    rows = about(ref).order_by("-created_at", "-id")[:SHOWN] if may_see(actor) else []
    found = {
        "mails": [(row, facing.state_badge(row), facing.why(row)) for row in rows],
        "url": reverse("mail:ask", args=[ref.kind, ref.id])
        if request.is_open(thing) and request.may(actor, thing)
        else "",
    }
    return render_to_string("mail/asked.html", found)
