"""Signed return paths: the envelope sender of a mail names it, so that a notice of its failure finds it (VERP)."""

from __future__ import annotations

import base64
import binascii
import hmac
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

PREFIX = "back+"
_KEY, _MARK = 8, 10


def _mark(key: int, secret: Any = None) -> bytes:
    said = str(key)
    return salted_hmac("barnraise.mail.path", said, secret=secret, algorithm="sha256").digest()[:_MARK]


def return_path(key: int) -> str:
    """The envelope sender of the mail with this key: its own under BARNRAISE_MAIL_DOMAIN, else that of BARNRAISE_EMAIL_FROM."""
    domain = str(settings.ENVIRONMENT.mail_domain)
    if not domain:
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    token = base64.b32encode(key.to_bytes(_KEY, "big") + _mark(key)).decode().rstrip("=").lower()
    return f"{PREFIX}{token}@{domain}"


def is_return_path(address: str) -> bool:
    """Whether it looks like one of ours. Case does not count: servers on the way change it."""
    local, _at, domain = address.strip().strip("<>").lower().rpartition("@")
    return bool(domain) and domain == str(settings.ENVIRONMENT.mail_domain) and local.startswith(PREFIX)


def key_of(address: str) -> int | None:
    """The key of the mail that a return path names; None when it is not ours or was changed."""
    if not is_return_path(address):
        return None
    token = address.strip().strip("<>").lower().rpartition("@")[0].removeprefix(PREFIX).upper()
    try:
        octets = base64.b32decode(token + "=" * (-len(token) % 8))
    except (binascii.Error, ValueError):
        return None
    if len(octets) != _KEY + _MARK:
        return None
    key = int.from_bytes(octets[:_KEY], "big")
    # Base32 leaves bits over at the end that carry nothing: the one way it is written is the only one.
    if base64.b32encode(octets).decode().rstrip("=") != token or key >= 2**63:
        return None
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if hmac.compare_digest(octets[_KEY:], _mark(key, secret)):
            return key
    return None
