"""Who a program is: the token in its Authorization header."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer


class TokenAuth(HttpBearer):
    """`Authorization: Bearer brn_…`. Nobody is let in until tokens exist."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The account of a valid token, else None."""
        return None
