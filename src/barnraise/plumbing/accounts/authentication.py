"""Who a program is: the token in its Authorization header."""

from __future__ import annotations

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import AuthorizationError, Throttled
from ninja.security import HttpBearer

from barnraise.foundation.tokens import digest

from .models import Token
from .services import touch_token

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class TokenAuth(HttpBearer):
    """`Authorization: Bearer brn_…` makes `request.user` the token's account and `request.auth` the Token.

    Unknown, revoked or expired tokens and those of inactive accounts are nobody (401); after many of them from one
    address, 429. A token that may only read gets 403 for everything else.
    """

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The valid token, else None. Raises AuthorizationError or Throttled."""
        now = timezone.now()
        found = Token.objects.valid(now=now).select_related("account").filter(digest=digest(token)).first()
        if found is None or not found.account.is_active:
            self._note_failure(request)
            return None
        if found.scope == Token.Scopes.READ and request.method not in SAFE:
            raise AuthorizationError
        touch_token(token=found, now=now)
        request.user = found.account
        return found

    def _note_failure(self, request: HttpRequest) -> None:
        allowed = ratelimit.consume(
            request,
            app="barnraise",
            action="token_failed",
            config={"token_failed": app_settings.RATE_LIMITS["token_failed"]},
            limit_get=True,
        )
        if allowed is None:
            raise Throttled(wait=60)
