"""Keyed hashes of what an erased person was known by: enough to recognise an address when it comes again, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "barnraise.people.erasure"


def digest(value: str, *, secret: Any = None) -> str:
    """64 hexadecimal digits, under the installation's secret key."""
    key = settings.SECRET_KEY if secret is None else secret
    return salted_hmac(_SALT, value.casefold(), secret=key, algorithm="sha256").hexdigest()


def digests(values: Iterable[str]) -> dict[str, str]:
    """Digest -> value, under the secret key and all that were in use before."""
    found = {}
    for value in values:
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            found[digest(value, secret=secret)] = value
    return found


def of_address(kind: str, value: str) -> str:
    """What is hashed of an address."""
    return f"{kind}:{value}"
