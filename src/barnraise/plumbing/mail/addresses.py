"""Addresses as they are compared, and their keyed hash."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac


def tidy(address: str) -> str:
    """The address as it is compared: without blanks around it, in lower case, at most 254 characters."""
    return address.strip().strip("<>").strip().lower()[:254]


def digest(address: str, *, secret: Any = None) -> str:
    """64 hexadecimal digits of an address, under the installation's secret key."""
    key = settings.SECRET_KEY if secret is None else secret
    return salted_hmac(
        "barnraise.mail.suppression", tidy(address), secret=key, algorithm="sha256"
    ).hexdigest()


def digests(addresses: Iterable[str]) -> dict[str, str]:
    """Digest -> address as given, under the secret key and all that were in use before."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return {digest(one, secret=secret): one for one in addresses for secret in secrets}
