"""Tokens of signed links: what they say, and why one is refused. Pure but for the key."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core import signing as django_signing

SALT = "barnraise.links"


class BadLink(Exception):
    """The token was not written by this installation, or was changed on its way."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a token says. `number` is random and tells one link from every other."""

    purpose: str
    ref: str
    data: Mapping[str, Any]
    expires_at: datetime
    number: str

    def is_expired(self, now: datetime) -> bool:
        """Its time has passed."""
        return now >= self.expires_at


def write(*, purpose: str, ref: str, data: Mapping[str, Any], expires_at: datetime) -> str:
    """A URL-safe token. `data` must be JSON and small: it travels in the address, readable by whoever has it."""
    said = {
        "p": purpose,
        "r": ref,
        "d": dict(data),
        "e": int(expires_at.timestamp()),
        "n": secrets.token_urlsafe(12),
    }
    return django_signing.Signer(salt=SALT).sign_object(said, compress=True)


def read(token: str) -> Signed:
    """What a token says, whether expired or not. Raises BadLink."""
    if len(token) > 4000:
        raise BadLink
    try:
        said = django_signing.Signer(salt=SALT).unsign_object(token)
        return Signed(said["p"], said["r"], said["d"], datetime.fromtimestamp(said["e"], tz=UTC), said["n"])
    except (django_signing.BadSignature, ValueError, KeyError, TypeError, OverflowError):
        raise BadLink from None
    except Exception as error:
        if type(error).__module__ in {"zlib", "binascii", "json.decoder"}:
            raise BadLink from None
        raise
