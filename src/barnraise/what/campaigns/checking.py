"""What is wrong with a campaign before it is sent: what must be mended, and what is worth a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.mail.placeholders import broken_in, unknown_in
from barnraise.who.consent.models.purpose import Channel

from . import selectors
from .drawing import LARGEST, Drawn, drawn, invited_to, said_in
from .models import Campaign
from .sockets import blocks


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing. `where` is a field of the campaign or "blocks"; with `is_grave` it cannot be sent so."""

    where: str
    words: str
    is_grave: bool = True


def faults(campaign: Campaign, *, at: datetime) -> list[Fault]:
    """All that is wrong, the grave first."""
    made = drawn(campaign)
    found = [
        *_said(campaign),
        *_blocks(campaign),
        *_places(campaign, made),
        *_in_languages(campaign),
        *_to_whom(campaign, at),
        *_worth_a_look(campaign, made),
    ]
    return sorted(found, key=lambda one: not one.is_grave)


def _said(campaign: Campaign) -> list[Fault]:
    found = []
    if not campaign.subject.strip():
        found.append(Fault("subject", _("It has no subject.")))
    if not campaign.blocks:
        found.append(Fault("blocks", _("It says nothing yet: add a block.")))
    has_question = any(one["kind"] == "answer" for one in campaign.blocks)
    if campaign.is_invitation and not has_question:
        found.append(
            Fault("blocks", _("An invitation asks whether somebody comes: add the block “Do you come?”."))
        )
    if campaign.occasion and invited_to(campaign) is None:
        found.append(Fault("occasion", _("What it invites to is no longer there.")))
    return found


def _blocks(campaign: Campaign) -> list[Fault]:
    found = []
    for number, given in enumerate(campaign.blocks, start=1):
        block = blocks.find(given["kind"])
        if block is None:
            found.append(
                Fault(
                    "blocks", _("Block %(number)d is of a kind that is no longer there.") % {"number": number}
                )
            )
            continue
        said = {"number": number, "kind": block.label}
        for field in block.fields:
            if field.is_required and not given.get(field.name, "").strip():
                words = _("Block %(number)d (%(kind)s): “%(field)s” is empty.") % {
                    **said,
                    "field": field.label,
                }
                found.append(Fault("blocks", words))
        found += [
            Fault("blocks", _("Block %(number)d (%(kind)s): %(why)s") % {**said, "why": why})
            for why in block.faults(given)
        ]
    return found


def _places(campaign: Campaign, made: Drawn) -> list[Fault]:
    texts = (made.subject, made.text)
    found = [
        Fault("blocks", _("“%(what)s” is no placeholder: write it like {{given_name}}.") % {"what": one[:60]})
        for one in broken_in(*texts)
    ]
    known = selectors.known_places()
    found += [
        Fault("blocks", _("Nobody knows what to put for {{%(name)s}}.") % {"name": one[:60]})
        for one in unknown_in(known, *texts)
    ]
    return found


def _in_languages(campaign: Campaign) -> list[Fault]:
    """What is wrong with its words in further languages."""
    found = []
    for language in campaign.languages[1:]:
        name = dict(settings.LANGUAGES).get(language, language)
        said = said_in(campaign, language)
        found += [
            Fault(one.where, f"{name}: {one.words}", one.is_grave)
            for one in _places(campaign, drawn(campaign, language))
        ]
        if said.missing:
            words = ngettext(
                "%(language)s: %(n)d text is not translated; that of the campaign's own language stands in its place.",
                "%(language)s: %(n)d texts are not translated; those of the campaign's own language stand in their place.",
                said.missing,
            )
            found.append(Fault("blocks", words % {"language": name, "n": said.missing}, is_grave=False))
    return found


def _to_whom(campaign: Campaign, at: datetime) -> list[Fault]:
    if campaign.purpose is None:
        return [Fault("purpose", _("Say for which purpose it is sent: only who agreed to it gets it."))]
    if campaign.purpose.is_ended or Channel.EMAIL not in campaign.purpose.channels:
        return [
            Fault(
                "purpose",
                _("Nobody is written to by e-mail for “%(purpose)s”.") % {"purpose": campaign.purpose.name},
            )
        ]
    if campaign.audience is None:
        return [Fault("audience", _("Choose an audience: to whom does it go?"))]
    reach = selectors.reach_of(campaign, at=at)
    if reach is None or not reach.people.exists():
        return [Fault("audience", _("Nobody of this audience may be written to for this purpose."))]
    return []


def _worth_a_look(campaign: Campaign, made: Drawn) -> list[Fault]:
    found: list[tuple[str, Any]] = []
    if len(campaign.subject) > 70:
        found.append(("subject", _("The subject is long: phones show about 40 letters of it.")))
    if not campaign.preview:
        found.append(
            ("preview", _("It has no preview line; mail programs show the first words in its place."))
        )
    if len(made.html) > LARGEST:
        found.append(("blocks", _("It is longer than 100 KB: Gmail cuts it off.")))
    if not settings.ENVIRONMENT.email_url:
        found.append(("", _("No mail server is set: the mails will lie as files and reach nobody.")))
    if "," not in selectors.postal_address():
        found.append(
            (
                "",
                _(
                    "Our own organisation has no street address; laws on mails to many ask for one at their foot."
                ),
            )
        )
    return [Fault(where, words, is_grave=False) for where, words in found]
