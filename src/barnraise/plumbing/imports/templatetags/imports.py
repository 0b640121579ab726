"""`{% load imports %}`: values, records and fields of an import."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, join, text
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.sockets import kinds

from .. import showing
from ..models import Finding, Import
from ..sockets import nouns

register = template.Library()
SHOWN = 6
NOTHING: tuple[Any, ...] = (None, "", [], {})
UNSAID = {"source", "kind", "scheme", "is_primary", "key"}
"""Entries of a part that stand behind its value, or are not for people."""

TAKEN_BACK = {Import.State.UNDONE, Import.State.CANCELLED, Import.State.FAILED}


@register.simple_tag
def value_shown(value: Any) -> Safe:
    """A field's value in a few words: lists by their items, mappings by their filled values."""
    if value in NOTHING:
        return el("span", _("empty"), class_="quiet")
    if isinstance(value, dict):
        return _part(value)
    if isinstance(value, list | tuple):
        more = [el("span", f"+{len(value) - SHOWN}", class_="quiet")] if len(value) > SHOWN else []
        return join([*(value_shown(item) for item in value[:SHOWN]), *more], "; ")
    return text(value)


def _part(value: dict[str, Any]) -> Safe:
    if not {"value", "code", "city", "street", "name"} & set(value):
        return text(", ".join(f"{name} {item}" for name, item in value.items() if item not in NOTHING))
    filled = [
        str(item) for name, item in value.items() if item not in (*NOTHING, False) and name not in UNSAID
    ]
    if not filled:
        filled = [str(item) for item in value.values() if item not in NOTHING]
    scheme = value.get("scheme")
    said = text(", ".join(filled[:SHOWN]))
    if scheme and scheme not in {"OWN"}:
        return join([el("span", scheme, class_="quiet"), said], " ")
    return said


@register.simple_tag
def change_shown(batch: Import, name: str, before: Any, after: Any) -> Safe:
    """Before and after of one field; of lists only what goes and what comes."""
    if isinstance(before, list) or isinstance(after, list):
        had, has = list(before or []), list(after or [])
        gone = [item for item in had if item not in has]
        new = [item for item in has if item not in had]
        if len(gone) == len(new) == 1 and isinstance(gone[0], dict) and isinstance(new[0], dict):
            gone, new = _differing(gone[0], new[0])
        parts = [el("del", value_shown(item)) for item in gone] + [
            el("ins", value_shown(item)) for item in new
        ]
        return join(parts, " ")
    noun, currency = nouns.find(batch.noun), "" if batch.format else installation().currency
    was, becomes = (
        showing.amount(name, showing.option(noun, name, value), currency) for value in (before, after)
    )
    arrow = el("span", "→", class_="arrow", aria_hidden="true")
    return join([el("del", value_shown(was)), arrow, el("ins", value_shown(becomes))], " ")


def _differing(before: dict[str, Any], after: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name) and name != "source"]
    return (
        [{name: before.get(name) for name in names if before.get(name) not in NOTHING}],
        [{name: after.get(name) for name in names if after.get(name) not in NOTHING}],
    )


@register.simple_tag
def record_link(batch: Import, finding: Finding) -> Safe:
    """The record's name, as a link when it is there."""
    noun = nouns.find(batch.noun)
    known = kinds.find(noun.kind) if noun else None
    if finding.key and known and batch.state not in TAKEN_BACK:
        return el("a", finding.title or finding.key, href=known.url(finding.key))
    return text(finding.title)


@register.simple_tag
def key_link(batch: Import, key: int, title: str) -> Safe:
    """A record of the import's noun, as a link while it is there."""
    noun = nouns.find(batch.noun)
    known = kinds.find(noun.kind) if noun else None
    return el("a", title, href=known.url(key)) if known and title else text(title or f"#{key}")


@register.simple_tag
def field_title(batch: Import, name: str) -> Any:
    """A field's title in the reader's language."""
    return showing.field_title(nouns.find(batch.noun), name)


@register.filter
def counted(number: int) -> str:
    """A whole number with the reader's separators."""
    return showing.counted(number or 0)


@register.simple_tag
def noun_list(batch: Import) -> str:
    """Where the records of the import's noun are listed."""
    return showing.list_of(batch.noun)
