"""The client for Mastodon: two calls of its REST API (docs.joinmastodon.org/methods/statuses, /methods/accounts)."""

from __future__ import annotations

from typing import Any

import requests
from django.utils.translation import gettext as _

from ...sockets import Access, Away, No, Posted

WAIT = (5, 20)
"""Seconds to connect, and to wait for an answer."""
_LATER = frozenset({408, 425, 429})


class Mastodon:
    """Posts for an account that gave us an access token with the scopes `read:accounts` and `write:statuses`."""

    def whose(self, access: Access) -> tuple[str, str]:
        """See Client."""
        told = _asked("GET", access, "/api/v1/accounts/verify_credentials")
        return str(told.get("acct") or told.get("username") or ""), str(told.get("url") or "")

    def publish(self, access: Access, text: str, *, key: str, language: str) -> Posted:
        """See Client. The key goes as Idempotency-Key, which the server remembers for an hour."""
        sent = {"status": text, "visibility": "public", "language": language}
        told = _asked("POST", access, "/api/v1/statuses", json=sent, headers={"Idempotency-Key": key})
        address = str(told.get("url") or told.get("uri") or "")
        if not told.get("id") or not address:
            raise No(_("The server took it, but did not say where it stands: look there."))
        return Posted(address, str(told["id"]))


def _asked(
    method: str, access: Access, path: str, *, json: Any = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """The server's answer. No redirect is followed: the token goes to the server that was named and to no other."""
    try:
        answer = requests.request(
            method,
            f"{access.server.rstrip('/')}{path}",
            json=json,
            headers={
                "Authorization": f"Bearer {access.secret}",
                "Accept": "application/json",
                **(headers or {}),
            },
            timeout=WAIT,
            allow_redirects=False,
        )
    except requests.RequestException as no:
        raise Away(_("The server did not answer: %(why)s") % {"why": type(no).__name__}) from None
    if answer.status_code in _LATER or answer.status_code >= 500:
        raise Away(_("The server asked to come again later (%(code)s).") % {"code": answer.status_code})
    if answer.status_code in (401, 403):
        raise No(_("The server does not accept the token (%(code)s).") % {"code": answer.status_code})
    told = _read(answer)
    if answer.status_code >= 300:
        reason = str(told.get("error") or "")[:200]
        raise No(
            _("The server refused it (%(code)s): %(reason)s") % {"code": answer.status_code, "reason": reason}
        )
    return told


def _read(answer: requests.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        told = {}
    return told if isinstance(told, dict) else {}
