"""A campaign as a mail: MJML made of its blocks, HTML made of that, and the plain text beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from mjml import mjml2html

from barnraise.foundation.html import text
from barnraise.foundation.mail.placeholders import filled
from barnraise.foundation.refs import Ref
from barnraise.plumbing.profile.selectors import installation

from .models import Campaign
from .selectors import postal_address
from .sockets import BlockField, Invited, blocks, occasions

FONT = "Inter, 'Helvetica Neue', Helvetica, Arial, sans-serif"
LARGEST = 100_000
"""Characters of HTML above which Gmail cuts a mail off."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a mail says, with placeholders still in it."""

    subject: str
    html: str
    text: str


def invited_to(campaign: Campaign) -> Invited | None:
    """What it invites to; None when it is nothing, or gone."""
    if not campaign.occasion:
        return None
    ref = Ref.parse(campaign.occasion)
    occasion = occasions.find(ref.kind)
    return occasion.invited(ref.id) if occasion else None


@dataclass(frozen=True, slots=True)
class Said:
    """What a campaign says in one language. `missing` counts the words that are not written in it: those of its own language stand there."""

    subject: str
    preview: str
    blocks: Sequence[Mapping[str, str]]
    missing: int


def is_worded(field: BlockField) -> bool:
    """What somebody types there is words, not an address or a choice."""
    return field.kind in {"line", "text"}


def said_in(campaign: Campaign, language: str) -> Said:
    """The campaign's words in this language."""
    if language == campaign.language:
        return Said(campaign.subject, campaign.preview, campaign.blocks, 0)
    there = campaign.texts.get(language, {})
    missing = int(bool(campaign.preview and not there.get("preview")))
    found: list[dict[str, str]] = []
    for one in campaign.blocks:
        block = blocks.find(one["kind"])
        own = dict(one)
        for field in block.fields if block is not None else ():
            words = one.get(f"{field.name}.{language}", "")
            if words:
                own[field.name] = words
            elif is_worded(field) and one.get(field.name):
                missing += 1
        found.append(own)
    return Said(
        there.get("subject") or campaign.subject, there.get("preview") or campaign.preview, found, missing
    )


def drawn(campaign: Campaign, language: str = "") -> Drawn:
    """The whole mail in this language, its own without one. Blocks that no room knows any more are left out."""
    language = language or campaign.language
    said = said_in(campaign, language)
    with translation.override(language):
        parts = [(blocks.find(one["kind"]), one) for one in said.blocks]
        known = [(block, given) for block, given in parts if block is not None]
        inside = "".join(block.mjml(given) for block, given in known)
        plain = [block.text(given) for block, given in known]
        event = invited_to(campaign)
        if event is not None:
            inside, plain = _event(event) + inside, [_event_text(event), *plain]
        foot, foot_text = _foot(campaign)
        whole = _page(said, language, inside, foot)
        return Drawn(said.subject, mjml2html(whole), "\n\n".join([*plain, foot_text]).strip() + "\n")


def _page(said: Said, language: str, inside: str, foot: str) -> str:
    preview = f"<mj-preview>{text(said.preview)}</mj-preview>" if said.preview else ""
    return (
        f'<mjml lang="{text(language)}"><mj-head><mj-title>{text(said.subject)}</mj-title>{preview}<mj-attributes>'
        f'<mj-all font-family="{FONT}" /><mj-text font-size="16px" line-height="24px" color="#22302b" />'
        '</mj-attributes></mj-head><mj-body background-color="#f6f3ec">'
        f'<mj-section background-color="#ffffff" border-radius="8px"><mj-column>{inside}</mj-column></mj-section>'
        f"<mj-section><mj-column>{foot}</mj-column></mj-section></mj-body></mjml>"
    )


def _event(event: Invited) -> str:
    lines = [
        f"<strong>{text(event.name)}</strong>",
        *(str(text(one)) for one in (event.when, event.where) if one),
    ]
    return f'<mj-text font-size="18px" line-height="26px">{"<br>".join(lines)}</mj-text>'


def _event_text(event: Invited) -> str:
    return "\n".join(one for one in (event.name, event.when, event.where, event.url) if one)


def _foot(campaign: Campaign) -> tuple[str, str]:
    """Why somebody gets it, how to stop it, and who we are: what laws on mails to many ask for."""
    house = installation().network_name or "Barnraise"
    purpose = campaign.purpose.name if campaign.purpose else "…"
    why = _("You get this mail from %(house)s because you agreed to “%(purpose)s”.") % {
        "house": house,
        "purpose": purpose,
    }
    stop = _("Unsubscribe")
    where = postal_address()
    markup = (
        f'<mj-text font-size="13px" line-height="20px" color="#5b544a" align="center">{text(why)} '
        f'<a href="{{{{unsubscribe_url}}}}">{text(stop)}</a><br>{text(where)}</mj-text>'
    )
    return markup, f"--\n{why}\n{stop}: {{{{unsubscribe_url}}}}\n{where}".rstrip()


def previewed(made: Drawn, values: Mapping[str, str]) -> Drawn:
    """With examples in the places of the placeholders."""
    return Drawn(
        filled(made.subject, values), filled(made.html, values, is_html=True), filled(made.text, values)
    )
