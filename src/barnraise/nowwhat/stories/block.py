"""A story in a mail: title, short version, picture and the way to read it; nothing once it is no longer public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, text
from barnraise.what.campaigns.sockets import Block, BlockField, Given

from . import facing, selectors
from .models import Story

CHOSEN = 60


def _choices() -> Sequence[tuple[str, Any]]:
    rows = selectors.public_stories(timezone.localdate())[:CHOSEN]
    return [(str(row.uuid), row.title) for row in rows]


def _story(given: Given) -> Story | None:
    """The story, as long as it is public."""
    try:
        uuid = UUID(given.get("story", ""))
    except ValueError:
        return None
    return selectors.live(timezone.localdate()).filter(uuid=uuid).first()


def _mjml(given: Given) -> Safe:
    row = _story(given)
    if row is None:
        return Safe("")
    title, words = facing.short(row, (get_language() or "")[:2])
    pictures = selectors.pictures_of(row)
    shown = ""
    if pictures:
        path = reverse("stories:picture", args=[row.uuid, pictures[0].uuid])
        shown = f'<mj-image src="{text(facing.absolute(path))}" alt="{text(pictures[0].alt_text)}" />'
    return Safe(
        f'{shown}<mj-text font-weight="700">{text(title)}</mj-text><mj-text>{text(words)}</mj-text>'
        f'<mj-text><a href="{text(facing.absolute(row.public_path))}">{text(_("Read the story"))}</a></mj-text>'
    )


def _text(given: Given) -> str:
    row = _story(given)
    if row is None:
        return ""
    title, words = facing.short(row, (get_language() or "")[:2])
    return f"{title}\n\n{words}\n\n{_('Read the story')}:\n{facing.absolute(row.public_path)}"


def _faults(given: Given) -> list[str]:
    if _story(given) is None:
        return [_("The story is not public, or no longer: choose another one or take the block away.")]
    return []


def _summary(given: Given) -> str:
    row = _story(given)
    return row.title if row is not None else _("A story that is not public")


STORY = Block(
    gettext_lazy("Story"),
    "book",
    (BlockField("story", gettext_lazy("Story"), "choice", options=_choices),),
    _mjml,
    _text,
    _faults,
    _summary,
)
