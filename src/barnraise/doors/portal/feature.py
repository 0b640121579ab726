"""What the portal plugs into the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.sockets import Sentence, sentences
from barnraise.plumbing.links.sockets import Purpose, purposes
from barnraise.plumbing.ui import sockets as ui
from barnraise.who.organisations.sockets import panels

from . import entering, policies


def _panel(actor: Any, organisation: Any) -> Mapping[str, Any] | None:
    return {"thing": organisation}


def _has_panel(actor: Any, organisation: Any) -> bool:
    return not organisation.is_own and policies.may_send(actor)


def _card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    return {"name": str(actor)}


purposes.plug(
    entering.PURPOSE,
    Purpose(
        title=_("Come into the portal"),
        text=_(
            "You see and answer what concerns your organisation. The link opens once; you stay in for twelve hours."
        ),
        button=_("Come in"),
        done=_("You are in."),
        act=entering.enter,
        template="portal/entering.html",
        select=entering.offer,
    ),
)
ui.navigation.plug(
    "portal",
    ui.NavigationItem(
        _("My organisation"), "portal:home", "today", policies.is_partner, "building-community"
    ),
    order=5,
)
ui.cards.plug(
    "portal",
    ui.Card(
        _("My organisation"), policies.is_partner, "portal/cards/portal.html", _card, lines=lambda context: 1
    ),
    order=2,
)
panels.plug(
    "portal",
    ui.Panel(
        _("Partner portal"), policies.may_send, "portal/panel.html", _panel, is_later=True, applies=_has_panel
    ),
    order=90,
)

for _verb, _text in {
    "link_sent": _("{who} sent the way into the portal for {what}"),
    "link_asked": _("Somebody asked at the door of the portal for the way in for {what}"),
    "kept": _("In the portal it was said that the promise {what} was kept {others}"),
    "late": _("In the portal it was said that the promise {what} will be late: {reason} {others}"),
    "mission_set": _("In the portal it was said what {what} is for {others}"),
    "corrected": _("In the portal a correction of the record of {what} was proposed {others}"),
}.items():
    sentences.plug(f"portal.{_verb}", Sentence(_text, icon="building-community"))
