"""Codes, targets and visitors that are programs. Pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from urllib.parse import urlsplit

from barnraise.foundation.text import squeeze

_CODE = re.compile(r"^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_BOTS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|discord|slack|curl|wget|python|java/"
    r"|go-http|okhttp|headless|lighthouse|monitor|uptime|scan|fetch|safelinks|proofpoint|mimecast|barracuda",
    re.IGNORECASE,
)

RESERVED = frozenset({"act", "new", "qr"})
"""Codes that addresses of the house need."""

MOST_CHANNELS = 20


def fresh_code() -> str:
    """Six letters and digits that cannot be mistaken for each other."""
    return "".join(secrets.choice(_LETTERS) for _ in range(6))


def is_code(code: str) -> bool:
    """3 to 40 small letters, digits and inner hyphens, and not reserved."""
    return bool(_CODE.match(code)) and code not in RESERVED


def is_target(target: str) -> bool:
    """A path of this site ("/x", never "//x") or an https address with a host and without a user name."""
    if len(target) > 1000 or "\\" in target or any(ch.isspace() or not ch.isprintable() for ch in target):
        return False
    if target.startswith("/"):
        return not target.startswith("//")
    try:
        parts = urlsplit(target)
        return (
            parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
        )
    except ValueError:
        return False


def channel_labels(names: Iterable[str]) -> list[str]:
    """Channel labels as they are kept: small letters, digits, hyphens; each once; at most 40 characters and MOST_CHANNELS."""
    found = (re.sub(r"[^\w]+", "-", squeeze(name).lower()).strip("-")[:40] for name in names)
    return list(dict.fromkeys(label for label in found if label))[:MOST_CHANNELS]


def is_program(user_agent: str) -> bool:
    """A visitor that says it is a program, or says nothing."""
    return not user_agent.strip() or bool(_BOTS.search(user_agent))
