"""`{% load people %}`: spans of time and levels of reach."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el

from .. import facing
from ..models import PersonContact

register = template.Library()


@register.simple_tag
def span(start: date | None, end: date | None) -> Any:
    """`{% span role.started_on role.ended_on as when %}`."""
    return facing.span(start, end)


@register.simple_tag
def reach(contact: PersonContact) -> Safe:
    """A way to reach somebody, as a tap calls or writes."""
    return facing.contact_cell([contact])


@register.simple_tag
def levels(level: int | None) -> Safe:
    """Five dots, so many of them filled; nothing when no level was said."""
    if level is None:
        return Safe("")
    dots = [el("i", class_="is-on" if at <= level else None) for at in range(1, 6)]
    return el("span", *dots, class_="levels", role="img", aria_label=_("%(level)s of 5") % {"level": level})
