"""Make an account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.roles import Role
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record

from ..models import Account, Invitation
from ..policies import require_admin
from ..sockets import role_given


class AccountExists(ValidationError):
    """There is an account with this e-mail already."""

    def __init__(self) -> None:
        super().__init__({"email": _("There is an account with this e-mail already.")})


def clean_email(value: str) -> str:
    """The address in lower case. Raises ValidationError when it is none."""
    email = value.strip().lower()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise ValidationError({"email": wrong.messages}) from None
    return email


def clean_role(value: str) -> Role:
    """The role of that name. Raises ValidationError naming those there are."""
    try:
        return Role(value)
    except ValueError:
        known = ", ".join(Role)
        raise ValidationError({"role": _("The role is one of: %(known)s.") % {"known": known}}) from None


def check_password(value: str, account: Account) -> None:
    """Raises ValidationError, keyed "password", with every reason why this password is too weak for this account."""
    try:
        validate_password(value, account)
    except ValidationError as weak:
        raise ValidationError({"password": weak.error_list}) from None


def make(*, email: str, role: str, name: str, password: str | None, language: str = "") -> Account:
    """Save the row; without a password only a password reset or a passkey lets somebody in. Part of another service's transaction."""
    account = Account(
        email=clean_email(email), role=clean_role(role), name=squeeze(name)[:150], language=language
    )
    if password is None:
        account.set_unusable_password()
    else:
        check_password(password, account)
        account.set_password(password)
    if Account.objects.filter(email__iexact=account.email).exists():
        raise AccountExists
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise AccountExists from None
    role_given(account)
    return account


def add_account(*, email: str, role: str, name: str, password: str | None = None, by: Any) -> Account:
    """An active account, made without invitation (command line). `by` is an admin or None for the system.

    Open invitations for the address end. Raises Refused, AccountExists, or ValidationError keyed email, role, password.
    """
    require_admin(by)
    with transaction.atomic():
        account = make(email=email, role=role, name=name, password=password)
        Invitation.objects.waiting().filter(email__iexact=account.email).update(revoked_at=timezone.now())
        record(by=by, verb="accounts.added", about=[account], details={"role": account.role})
    return account
