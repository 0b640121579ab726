"""How short links look."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.components import badge, data, icon
from barnraise.plumbing.ui.sockets import kinds

from .models import ShortLink


def linked(text: str) -> Any:
    """A typed reference as a link with its title; None when nobody knows it."""
    if not text:
        return None
    ref = Ref.parse(text)
    described = kinds.find(ref.kind)
    title = described.titles([ref.id]).get(ref.id) if described else None
    if described is None or title is None:
        return None
    return el("a", icon(described.icon), " ", data(title), href=described.url(ref.id))


def state_badge(row: ShortLink) -> Safe:
    """Whether it works, as word and colour."""
    return badge(_("Ended")) if row.is_ended else badge(_("Works"), tone="good")


def state_word(row: ShortLink) -> str:
    """The same in a word."""
    return _("Ended") if row.is_ended else _("Works")
