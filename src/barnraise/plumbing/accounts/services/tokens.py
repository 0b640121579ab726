"""Tokens: make, rename, revoke, note their use."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused
from barnraise.foundation.text import squeeze
from barnraise.foundation.tokens import digest, new_token
from barnraise.plumbing.journal.services import record

from ..models import Account, Token
from ..policies import may_have_tokens, may_revoke_token, require_self_or_admin

PREFIX = "brn"
LONGEST = 3660
"""Days a token may live at most; the usual is 365."""


def add_token(*, account: Account, scope: str, name: str, days: int = 365, by: Any) -> tuple[Token, str]:
    """A token and its secret ("brn_…", shown once and never again).

    Only the account itself or the system (None) makes one: an admin cannot act as somebody else.
    Raises Refused (also for inactive accounts), or ValidationError keyed scope, name or days.
    """
    if by is not None and by.pk != account.pk:
        raise Refused(_("Everybody makes their own tokens."))
    if not may_have_tokens(account):
        raise Refused(_("This account cannot have tokens."))
    if scope not in Token.Scopes.values:
        raise ValidationError({"scope": _("The scope is read or write.")})
    if not 1 <= days <= LONGEST:
        raise ValidationError({"days": _("A token lives 1 to %(most)s days.") % {"most": LONGEST}})
    secret, now = new_token(PREFIX), timezone.now()
    with transaction.atomic():
        token = Token.objects.create(
            account=account,
            name=_clean_name(name),
            digest=digest(secret),
            scope=scope,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        record(
            by=by, verb="accounts.token_added", about=[account], details={"name": token.name, "scope": scope}
        )
    return token, secret


def rename_token(*, token: Token, name: str, by: Any) -> Token:
    """Give it another name. Raises Refused, or ValidationError keyed name."""
    require_self_or_admin(by, token.account)
    before, after = token.name, _clean_name(name)
    if before == after:
        return token
    with transaction.atomic():
        token.name = after
        token.save(update_fields=["name", "updated_at"])
        record(
            by=by,
            verb="accounts.token_renamed",
            about=[token.account],
            changes={"name": (before, after)},
            details={"name": after},
        )
    return token


def revoke_token(*, token: Token, by: Any) -> Token:
    """It opens nothing from now on. Nothing happens when it was revoked before. Raises Refused."""
    if by is not None and not may_revoke_token(by, token):
        raise Refused(_("Only its owner or an admin may revoke a token."))
    with transaction.atomic():
        changed = Token.objects.filter(pk=token.pk, revoked_at=None).update(
            revoked_at=timezone.now(), updated_at=timezone.now()
        )
        if changed:
            record(by=by, verb="accounts.token_revoked", about=[token.account], details={"name": token.name})
    token.refresh_from_db(fields=["revoked_at"])
    return token


def touch_token(*, token: Token, now: datetime) -> None:
    """Write down that it was used, at most once per minute. No journal entry: it is no decision of anybody."""
    if token.last_used_at is None or now - token.last_used_at >= timedelta(minutes=1):
        Token.objects.filter(pk=token.pk).update(last_used_at=now)


def _clean_name(name: str) -> str:
    name = squeeze(name)
    if not 1 <= len(name) <= 80:
        raise ValidationError({"name": _("Say in 1 to 80 characters what the token is for.")})
    return name
