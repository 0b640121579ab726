"""How a person looks: the parts of the page and the cells of lists, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from barnraise.foundation import contacts
from barnraise.foundation.html import Safe, el, join
from barnraise.plumbing.ui.components import chip, data

from .models import PersonContact, Role


def role_words(role: Role) -> Safe:
    """Title and organisation, linked."""
    link = el("a", role.organisation.name, href=role.organisation.get_absolute_url(), translate="no")
    return join([data(role.title), ", ", link]) if role.title else link


def role_cell(roles: Sequence[Role]) -> Safe:
    """Current roles for a list's cell, two at most."""
    shown = [role_words(role) for role in roles[:2]]
    return join([*shown, f"+{len(roles) - 2}"] if len(roles) > 2 else shown, "; ")


def role_text(roles: Sequence[Role]) -> str:
    """Current roles for a file."""
    return "; ".join(f"{role.title}, {role.organisation.name}".removeprefix(", ") for role in roles)


def contact_cell(found: Sequence[PersonContact]) -> Safe:
    """The main way to reach the person, as a link."""
    if not found:
        return Safe("")
    first = found[0]
    shown, href = contacts.readable(first.kind, first.value), contacts.link(first.kind, first.value)
    return el("a", shown, href=href, translate="no", rel="noreferrer") if href else data(shown)


def contact_text(found: Sequence[PersonContact]) -> str:
    """All ways to reach the person, for a file."""
    return "; ".join(one.value for one in found)


def chips(names: Iterable[tuple[str, str | None]]) -> Safe:
    """Linked names as chips."""
    return el("span", *(chip(name, href) for name, href in names), class_="chips")


def contact_rows(found: Iterable[PersonContact]) -> list[dict[str, Any]]:
    """Kind in words, how people write it, and what a tap opens."""
    return [
        {
            "kind": one.get_kind_display(),
            "shown": contacts.readable(one.kind, one.value),
            "href": contacts.link(one.kind, one.value),
            "label": one.label,
        }
        for one in found
    ]
