"""Secrets handed out once and kept only as a hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_token(prefix: str, *, octets: int = 32) -> str:
    """A fresh secret "<prefix>_<url-safe text>" with `octets` bytes (>= 16) of randomness."""
    if octets < 16:
        raise ValueError("A token needs at least 16 octets.")
    return f"{prefix}_{secrets.token_urlsafe(octets)}"


def digest(token: str) -> str:
    """64 hexadecimal characters to keep in place of the token. Tokens are random, so a plain SHA-256 suffices."""
    return hashlib.sha256(token.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())
