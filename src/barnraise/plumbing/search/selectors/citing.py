"""What a thing serves, typed by its title and kept as a reference."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.ui.sockets import kinds as described

from .find import find


def cited_title(text: str) -> str:
    """The title of what a typed reference names; empty when there is no such room or thing."""
    try:
        ref = Ref.parse(text)
    except ValueError:
        return ""
    found = described.find(ref.kind)
    return str(found.titles([ref.id]).get(ref.id, "")) if found else ""


def cited_titles(texts: Collection[str]) -> dict[str, str]:
    """The titles of what many typed references name; those that nobody knows are left out. One look-up for each kind."""
    keys: dict[str, list[int]] = {}
    for text in set(texts) - {""}:
        ref = Ref.parse(text)
        keys.setdefault(ref.kind, []).append(ref.id)
    found: dict[str, str] = {}
    for kind, some in keys.items():
        known = described.find(kind)
        titles = known.titles(some) if known else {}
        found |= {f"{kind}:{key}": str(title) for key, title in titles.items()}
    return found


def cited(title: str, *, actor: Any, kinds: Sequence[str]) -> str:
    """The typed reference of what is called so among these kinds, empty for an empty title.

    Raises ValidationError when there is none that the actor may find, or several.
    """
    text = squeeze(title)
    if not text:
        return ""
    hits = find(text, actor=actor, kinds=[kind for kind in kinds if kind in described], limit=20)
    same = [hit.ref for hit in hits if fold(cited_title(str(hit.ref))) == fold(text)]
    if len(same) == 1:
        return str(same[0])
    if same:
        raise ValidationError(_("Several are called so. Give them names that tell them apart."))
    raise ValidationError(_("There is no project, objective, goal or need of this name."))
