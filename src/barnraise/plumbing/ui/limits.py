"""At most so many requests from one address, or of one account, in a minute, without keeping the address."""

from __future__ import annotations

import hashlib
import hmac
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 60
"""Seconds."""


def address_of(request: HttpRequest) -> str:
    """The visitor's address; behind proxies the one the nearest trusted proxy saw."""
    proxies = settings.ENVIRONMENT.trusted_proxies
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(chain) >= proxies:
        return chain[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def this_minute() -> int:
    """The number of the minute that requests are counted in."""
    return int(time.time()) // WINDOW


def is_over(request: HttpRequest, name: str, most: int, *, account: Any = None) -> bool:
    """Count this request; True when its address, or the account if one is given, has made more than `most` of `name` in this minute.

    Only a keyed hash is kept, and only for two minutes.
    """
    said = f"{name}|{this_minute()}|{address_of(request) if account is None else account.uuid}"
    mark = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()[:32]
    key = f"limits:{mark}"
    if cache.add(key, 1, WINDOW * 2):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:
        return False
