"""Accounts, invitations and tokens for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Schema

from barnraise.foundation.policy import admins
from barnraise.plumbing.ui import rest

from . import selectors, services
from .models import Account, Invitation, Token
from .policies import may_change_accounts, may_have_tokens, may_invite, may_revoke_token, may_see_accounts

router = rest.router(tags=["Accounts"])
RoleName = Literal["admin", "coordinator", "contributor", "viewer", "partner"]
ScopeName = Literal["read", "write"]


class AccountOut(Schema):
    """Somebody who may log in."""

    id: UUID = Field(description="Stays the same for ever.")
    email: str = Field(description="What they log in with.")
    name: str = Field(description="As they call themselves; may be empty.")
    role: RoleName = Field(description="What they may do.")
    is_active: bool = Field(description="False: deactivated, may not log in.")
    has_second_factor: bool = Field(description="A passkey or an authenticator app is on.")
    last_login: datetime | None = Field(description="The last login on a page; tokens do not count.")
    updated_at: datetime = Field(description="The last change.")


class InvitationOut(Schema):
    """An address that may make itself an account. Its link is never answered."""

    id: UUID = Field(description="Stays the same for ever.")
    email: str = Field(description="Where the link went.")
    role: RoleName = Field(description="The role the account will have.")
    sent_at: datetime | None = Field(description="When the mail server took the mail; null: it did not.")
    expires_at: datetime = Field(description="The link works before this instant.")
    updated_at: datetime = Field(description="The last change.")


class InvitationIn(Schema):
    """Whom to invite."""

    email: Annotated[str, Field(max_length=254)] = Field(description="The address that gets the link.")
    role: RoleName = Field(description="The role the account will have.")
    language: Literal["", "en", "es"] = Field("", description="Of the mail; empty: the partnership's.")


class AccountChange(Schema):
    """What to change; what is left out stays."""

    role: RoleName | None = Field(None, description="Another role.")
    is_active: bool | None = Field(None, strict=True, description="False deactivates, true reactivates.")


class TokenOut(Schema):
    """A token, without its secret."""

    id: UUID = Field(description="Stays the same for ever.")
    account: UUID = Field(description="Whose it is.")
    name: str = Field(description="What it is for.")
    scope: ScopeName = Field(description="read, or write (which reads too).")
    expires_at: datetime = Field(description="It works before this instant.")
    last_used_at: datetime | None = Field(description="Within a minute; null: never.")
    updated_at: datetime = Field(description="The last change.")


class TokenMade(TokenOut):
    """A token just made."""

    secret: str = Field(description="Answered this once and never again.")


class TokenIn(Schema):
    """A token to make for oneself; it reaches no further and lives no longer than the one that asks."""

    name: str = Field(min_length=1, max_length=80, description="What it is for.")
    scope: ScopeName = Field("read", description="read, or write (which reads too).")
    days: int = Field(365, strict=True, ge=1, le=3660, description="How long it works.")


class TokenChange(Schema):
    """Another name."""

    name: str = Field(min_length=1, max_length=80, description="What it is for.")


def _account(row: Any) -> dict[str, Any]:
    names = ("email", "name", "role", "is_active", "has_second_factor", "last_login", "updated_at")
    return {"id": row.uuid, **{name: getattr(row, name) for name in names}}


def _invitation(row: Invitation) -> dict[str, Any]:
    names = ("email", "role", "sent_at", "expires_at", "updated_at")
    return {"id": row.uuid, **{name: getattr(row, name) for name in names}}


def _token(row: Token) -> dict[str, Any]:
    names = ("name", "scope", "expires_at", "last_used_at", "updated_at")
    return {"id": row.uuid, "account": row.account.uuid, **{name: getattr(row, name) for name in names}}


@router.get("/accounts", response=rest.Page[AccountOut], operation_id="list_accounts")
@rest.asks(may_see_accounts)
def list_accounts(request: HttpRequest, paging: rest.PageQuery) -> Any:
    """Everybody who may or might log in. Admins only."""
    return rest.page_of(selectors.accounts(), paging, _account)


@router.get("/accounts/{uuid}", response=AccountOut, operation_id="read_account")
@rest.asks(may_see_accounts)
def read_account(request: HttpRequest, uuid: UUID) -> Any:
    """One account. Admins only."""
    return _account(rest.one(selectors.accounts(), uuid=uuid))


@router.patch("/accounts/{uuid}", response=AccountOut, operation_id="change_account")
@rest.asks(may_change_accounts)
def change_account(request: HttpRequest, uuid: UUID, change: AccountChange) -> Any:
    """Change the role, deactivate or reactivate. The last active admin stays. Admins only."""
    row: Account = rest.one(selectors.accounts(), uuid=uuid)
    with transaction.atomic():
        if change.role is not None:
            services.change_role(account=row, role=change.role, by=request.user)
        if change.is_active is not None:
            act = services.reactivate if change.is_active else services.deactivate
            act(account=row, by=request.user)
    return _account(rest.one(selectors.accounts(), uuid=uuid))


@router.delete("/accounts/{uuid}", operation_id="deactivate_account")
@rest.asks(may_change_accounts)
def deactivate_account(request: HttpRequest, uuid: UUID) -> Any:
    """Deactivate: no login, no sessions, no tokens. What the account did stays. Admins only."""
    services.deactivate(account=rest.one(selectors.accounts(), uuid=uuid), by=request.user)
    return 204, None


@router.get("/invitations", response=rest.Page[InvitationOut], operation_id="list_invitations")
@rest.asks(may_invite)
def list_invitations(request: HttpRequest, paging: rest.PageQuery) -> Any:
    """Invitations neither accepted nor revoked. Admins only."""
    return rest.page_of(selectors.waiting_invitations(), paging, _invitation)


@router.get("/invitations/{uuid}", response=InvitationOut, operation_id="read_invitation")
@rest.asks(may_invite)
def read_invitation(request: HttpRequest, uuid: UUID) -> Any:
    """One waiting invitation. Admins only."""
    return _invitation(rest.one(selectors.waiting_invitations(), uuid=uuid))


@router.post("/invitations", response={201: InvitationOut}, operation_id="invite")
@rest.asks(may_invite)
def invite(request: HttpRequest, wanted: InvitationIn) -> Any:
    """Invite an address by mail: how an account is created. Admins only."""
    invited = services.invite(**wanted.model_dump(), by=request.user)
    return 201, _invitation(invited.invitation)


@router.delete("/invitations/{uuid}", operation_id="revoke_invitation")
@rest.asks(may_invite)
def revoke_invitation(request: HttpRequest, uuid: UUID) -> Any:
    """Let the link die. Admins only."""
    row = rest.one(selectors.waiting_invitations(), uuid=uuid)
    services.revoke_invitation(invitation=row, by=request.user)
    return 204, None


def _tokens(request: HttpRequest) -> Any:
    """Those this caller may see: their own, admins everybody's."""
    return selectors.all_tokens() if admins(request.user) else selectors.tokens_of(request.user)


@router.get("/tokens", response=rest.Page[TokenOut], operation_id="list_tokens")
@rest.asks(may_have_tokens)
def list_tokens(request: HttpRequest, paging: rest.PageQuery) -> Any:
    """One's own tokens that are not revoked; admins see everybody's."""
    return rest.page_of(_tokens(request).select_related("account"), paging, _token)


@router.get("/tokens/{uuid}", response=TokenOut, operation_id="read_token")
@rest.asks(may_have_tokens)
def read_token(request: HttpRequest, uuid: UUID) -> Any:
    """One token."""
    return _token(rest.one(_tokens(request), uuid=uuid))


@router.post("/tokens", response={201: TokenMade}, operation_id="make_token")
@rest.asks(may_have_tokens)
def make_token(request: HttpRequest, wanted: TokenIn) -> Any:
    """A token for oneself. It reaches no further and lives no longer than the token that asks."""
    asking: Token = request.auth  # type: ignore[attr-defined]
    left = (asking.expires_at - timezone.now()).days
    if left < 1:
        raise rest.Problem(403, "This token is about to expire; make a new one on the page of your tokens.")
    days = min(wanted.days, left)
    made, secret = services.add_token(
        account=asking.account, scope=wanted.scope, name=wanted.name, days=days, by=request.user
    )
    return 201, {**_token(made), "secret": secret}


@router.patch("/tokens/{uuid}", response=TokenOut, operation_id="rename_token")
@rest.asks(may_have_tokens)
def rename_token(request: HttpRequest, uuid: UUID, change: TokenChange) -> Any:
    """Give a token another name."""
    row: Token = rest.one(_tokens(request), uuid=uuid)
    return _token(services.rename_token(token=row, name=change.name, by=request.user))


@router.delete("/tokens/{uuid}", operation_id="revoke_token")
@rest.asks(may_have_tokens)
def revoke_token(request: HttpRequest, uuid: UUID) -> Any:
    """Revoke a token; programs that use it are refused at once."""
    row: Token = rest.one(_tokens(request), uuid=uuid)
    rest.require(request, may_revoke_token, row)
    services.revoke_token(token=row, by=request.user)
    return 204, None
