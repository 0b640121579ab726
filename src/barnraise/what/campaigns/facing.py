"""How campaigns look."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.components import badge, data, icon
from barnraise.plumbing.ui.sockets import kinds
from barnraise.who.consent.selectors import words_of

from .models import Campaign, CampaignReader
from .sockets import blocks, occasions

_TONES: dict[str, Any] = {
    "draft": "neutral",
    "review": "warning",
    "approved": "accent",
    "sending": "accent",
    "sent": "good",
    "cancelled": "neutral",
}
_ICONS = {"draft": "edit", "approved": "check", "sending": "send", "cancelled": "ban"}


def state_badge(row: Campaign) -> Safe:
    """The state as word and icon."""
    return badge(row.get_state_display(), tone=_TONES[row.state], icon=_ICONS.get(row.state))


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


def block_line(given: dict[str, str]) -> Safe:
    """A block in the list of blocks: kind and beginning."""
    block = blocks.find(given["kind"])
    if block is None:
        return el("span", icon("alert-circle"), " ", _("a block that is no longer there"))
    said = block.summary(given)
    return el("span", icon(block.icon), " ", block.label, *([" · ", data(said)] if said else []))


def reason_words(campaign: Campaign, why: str) -> str:
    """Why somebody was left out."""
    if why == "suppressed":
        return _("Nothing is sent to their address.")
    return words_of(why, campaign.purpose, "email") if campaign.purpose else why


def reach_url(campaign: Campaign, why: str) -> str:
    """Those of its audience who may be written to, or who may not for a reason; "" while audience or purpose is missing."""
    if campaign.audience is None or campaign.purpose is None:
        return ""
    reach = f"{campaign.purpose.pk}:email:{why}"
    return f"{reverse('audiences:members')}?audience={campaign.audience.uuid}&reach={reach}"


def occasion_choices() -> list[tuple[str, str]]:
    """(reference, title) of what people may be invited to now."""
    found = []
    for kind, plug in occasions.items():
        label, _dot, model = kind.partition(".")
        found += [(str(Ref(label, model, key)), title) for key, title in plug.choices()]
    return found


def answer_word(row: CampaignReader) -> str:
    """What they said."""
    return str(row.get_answer_display()) if row.answer else ""


def mail_word(row: CampaignReader) -> str:
    """What became of the mail."""
    return row.message.state_word if row.message else ""
