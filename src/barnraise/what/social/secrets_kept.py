"""Secrets of accounts, kept so that a copy of the database alone does not open them."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_FOR = b"barnraise social accounts"


def _box() -> MultiFernet:
    keys = []
    for secret in map(str, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)):
        made = HKDF(algorithm=SHA256(), length=32, salt=None, info=_FOR).derive(secret.encode())
        keys.append(Fernet(base64.urlsafe_b64encode(made)))
    return MultiFernet(keys)


def closed(secret: str) -> str:
    """The secret as it is kept."""
    return _box().encrypt(secret.encode()).decode()


def opened(kept: str) -> str:
    """The secret; empty where the installation's key is another one since."""
    try:
        return _box().decrypt(kept.encode()).decode()
    except InvalidToken:
        return ""
