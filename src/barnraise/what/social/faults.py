"""What a message, a variant or an account may not say, in words for people."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.faults import Fault, text_faults

from . import selectors
from .models import Message, SocialAccount
from .sockets import Network, networks

MOST = {"name": 120, "text": 5000, "link": 500, "address": 500, "server": 200, "secret": 2000}


def is_web(address: str) -> bool:
    """An address of the web that a link may lead to."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in address
    except ValueError:
        return False


def message_faults(row: Message) -> list[Fault]:
    """What is wrong with a message."""
    found = text_faults(MOST, name=row.name, text=row.text, link=row.link)
    if not row.name:
        found.append(("name", _("Give it a name.")))
    if not row.text:
        found.append(("text", _("Write what to say.")))
    if row.language not in dict(settings.LANGUAGES):
        found.append(("language", _("Choose one of the languages.")))
    if row.link and not is_web(row.link):
        found.append(("link", _("This is no web address.")))
    if row.cites:
        try:
            kind = Ref.parse(row.cites).kind
        except ValueError:
            kind = ""
        if kind not in selectors.CITED:
            found.append(("cites", _("A message serves a project, an event, a goal or an objective.")))
    return found


def network_faults(text: str, network: Network) -> list[str]:
    """What the network would refuse about a text."""
    if not text.strip():
        return [_now("It is empty.")]
    found = []
    many = network.count(text)
    if many > network.most:
        said = {"many": many, "most": network.most, "over": many - network.most}
        found.append(_now("It counts %(many)s of at most %(most)s: %(over)s too many.") % said)
    return [*found, *network.faults(text)]


def account_faults(row: SocialAccount) -> list[Fault]:
    """What is wrong with an account."""
    found = text_faults(MOST, name=row.name, address=row.address, server=row.server)
    network = networks.find(row.network)
    if network is None:
        return [*found, ("network", _("Choose one of the networks."))]
    if not row.name:
        found.append(("name", _("Give it a name.")))
    if row.address and not is_web(row.address):
        found.append(("address", _("This is no web address.")))
    if network.needs_server and not _is_safe_server(row.server):
        found.append(("server", _("Write the address of its server, beginning with https://.")))
    return found


def _is_safe_server(server: str) -> bool:
    """https, or this machine: the secret travels there."""
    if not is_web(server):
        return False
    parts = urlsplit(server)
    if parts.path not in ("", "/") or parts.query or parts.username:
        return False
    return parts.scheme == "https" or parts.hostname in ("127.0.0.1", "::1", "localhost")


def reach_faults(on: date, reached: int, engaged: int | None, today: date) -> list[Fault]:
    """What is wrong with a number of reach."""
    found: list[Fault] = []
    if on > today:
        found.append(("on", _("This day has not come yet.")))
    if on.year < 2000:
        found.append(("on", _("Write a day after 2000.")))
    for name, value in (("reached", reached), ("engaged", engaged or 0)):
        if not 0 <= value <= 2_000_000_000:
            found.append((name, _("Write a number from 0 to two thousand million.")))
    return found
