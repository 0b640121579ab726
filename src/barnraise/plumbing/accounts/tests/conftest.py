"""Every test of this room starts with fresh rate limits and an empty mail folder."""

from __future__ import annotations

import re
import time

import pytest
from django.core import mail
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_limits(db, settings, tmp_path):
    """A cache of the test's own: tests beside it in another process must not clear its counts."""
    default = settings.CACHES["default"]
    if default["BACKEND"].endswith("FileBasedCache"):
        settings.CACHES = {"default": {**default, "LOCATION": str(tmp_path / "cache")}}
    else:
        cache.clear()


@pytest.fixture
def link_in_mail():
    """The path of the link in the last mail sent (to that address)."""

    def find(to: str = "") -> str:
        sent = [one for one in mail.outbox if not to or one.to == [to]]
        found = re.findall(r"http://testserver(/\S+)", str(sent[-1].body))
        return found[0]

    return find


@pytest.fixture
def with_app():
    """Gives an account an authenticator app; what it returns makes the code of now."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal import auth

    def give(account):
        secret = auth.generate_totp_secret()
        auth.TOTP.activate(account, secret)
        RecoveryCodes.activate(account)
        return lambda: f"{auth.hotp_value(secret, int(time.time()) // 30):06d}"

    return give
