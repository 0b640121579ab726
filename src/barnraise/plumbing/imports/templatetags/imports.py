"""`{% load imports %}`: values, records and fields of an import."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, join, text
from barnraise.plumbing.ui.sockets import kinds

from ..models import Finding, Import
from ..sockets import nouns

register = template.Library()
SHOWN = 6


@register.simple_tag
def value_shown(value: Any) -> Safe:
    """A field's value in a few words: lists by their items, mappings by their filled values."""
    if value in (None, "", [], {}):
        return el("span", _("empty"), class_="muted")
    if isinstance(value, dict):
        filled = [str(item) for item in value.values() if item not in (None, "", [], {})]
        return text(", ".join(filled[:SHOWN]))
    if isinstance(value, list | tuple):
        more = [el("span", f"+{len(value) - SHOWN}", class_="muted")] if len(value) > SHOWN else []
        return join([*(value_shown(item) for item in value[:SHOWN]), *more], "; ")
    return text(value)


@register.simple_tag
def record_link(batch: Import, finding: Finding) -> Safe:
    """The record's name, as a link when it is there."""
    noun = nouns.find(batch.noun)
    known = kinds.find(noun.kind) if noun else None
    if finding.key and known:
        return el("a", finding.title or finding.key, href=known.url(finding.key))
    return text(finding.title)


@register.simple_tag
def thing_link(kind: str, key: int) -> Safe:
    """Any thing's title as a link."""
    known = kinds.find(kind)
    if known is None:
        return text(f"{kind}:{key}")
    return el("a", known.titles([key]).get(key, f"{known.noun} {key}"), href=known.url(key))


@register.simple_tag
def field_title(batch: Import, name: str) -> Any:
    """A field's title in the reader's language."""
    noun = nouns.find(batch.noun)
    found = next((f.title for f in noun.fields if f.name == name), None) if noun else None
    return found or name.replace("_", " ")


@register.simple_tag
def decision(batch: Import, finding: Finding) -> Any:
    """What was decided for the finding's row: a key, "new" or None."""
    return batch.decisions.get(str(finding.row))


@register.simple_tag
def noun_list(batch: Import) -> str:
    """Where the records of the import's noun are listed."""
    return reverse(f"{batch.noun}:list")
