"""`{% load tags %}`: the tags of a thing as chips."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from barnraise.foundation.html import Safe, join
from barnraise.plumbing.ui.components import chip

from ..selectors import tags_on

register = template.Library()


@register.simple_tag
def tags_of(thing: Any) -> Safe:
    """The tags of one saved row as linked chips, by name."""
    return join((chip(tag.name, reverse("tags:show", args=[tag.uuid])) for tag in tags_on(thing)), " ")
