"""Reads of accounts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, QuerySet

from barnraise.foundation.roles import Role
from barnraise.foundation.text import squeeze
from barnraise.foundation.tokens import digest

from .models import Account, Invitation, Token

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def accounts() -> QuerySet[Account]:
    """All accounts by name, each with `has_second_factor`."""
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    found: QuerySet[Account] = Account.objects.annotate(has_second_factor=Exists(factor))
    return found.order_by("name", "email", "pk")


def addresses_by_call(rows: Collection[Account]) -> dict[str, str]:
    """The e-mail of each of these by what a file may call them, in small letters: that e-mail, or a name that one alone has."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for row in rows:
        name = squeeze(row.name).casefold()
        shared |= {name} & set(found)
        found[name] = row.email
    addresses = {row.email.casefold(): row.email for row in rows}
    return {call: email for call, email in found.items() if call and call not in shared} | addresses


def account(key: int) -> Account:
    """One account, with `has_second_factor`. Raises Account.DoesNotExist."""
    return accounts().get(pk=key)


def has_active_admin() -> bool:
    """Somebody can administer this installation."""
    return Account.objects.active().filter(role=Role.ADMIN).exists()


def waiting_invitations() -> QuerySet[Invitation]:
    """Invitations neither accepted nor revoked, newest first, with who invited."""
    return Invitation.objects.waiting().select_related("invited_by").order_by("-created_at", "-pk")


def invitation(key: int) -> Invitation:
    """One invitation. Raises Invitation.DoesNotExist."""
    return Invitation.objects.select_related("invited_by").get(pk=key)


def invitation_of(secret: str, *, now: datetime) -> Invitation | None:
    """The open invitation that this link's secret belongs to, or None: unknown, used, revoked and expired look alike."""
    return Invitation.objects.open(now=now).select_related("invited_by").filter(digest=digest(secret)).first()


def tokens_of(account: Any) -> QuerySet[Token]:
    """The tokens of one account that are not revoked, newest first."""
    return Token.objects.filter(account=account, revoked_at=None).order_by("-created_at", "-pk")


def all_tokens() -> QuerySet[Token]:
    """Everybody's tokens that are not revoked, with their account, newest first."""
    return Token.objects.filter(revoked_at=None).select_related("account").order_by("-created_at", "-pk")


def token(key: int) -> Token:
    """One token that is not revoked, with its account. Raises Token.DoesNotExist."""
    return all_tokens().get(pk=key)


def sessions_of(account: Any) -> list[UserSession]:
    """The living sessions of an account, last used first. Forgets those that have ended."""
    found: list[UserSession] = UserSession.objects.purge_and_list(account)
    return sorted(found, key=lambda session: session.last_seen_at, reverse=True)


def factors_of(account: Any) -> dict[str, int]:
    """How many of each: "totp" (0 or 1), "webauthn", "recovery_codes" (0 or 1: whether there is a set)."""
    kinds = list(Authenticator.objects.filter(user_id=account.pk).values_list("type", flat=True))
    return {kind: kinds.count(kind) for kind in ("totp", "webauthn", "recovery_codes")}
