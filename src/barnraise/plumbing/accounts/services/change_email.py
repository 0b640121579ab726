"""Another e-mail address: by a link mailed to it, or by an admin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused
from barnraise.plumbing.journal.services import record

from ..models import Account, Invitation
from ..policies import require_admin
from .add import AccountExists, clean_email
from .letters import address, post

SALT = "barnraise.accounts.change_email"
LASTS = timedelta(days=1)


def ask_for_email(*, account: Account, email: str, by: Any) -> bool:
    """Mail a link to the new address; only opening it and confirming changes anything. True when the mail server took it.

    An address that belongs to somebody else gets no mail, and the answer is the same: nobody learns who has an account.
    Raises Refused unless `by` is that account, or ValidationError keyed email.
    """
    if by is None or by.pk != account.pk:
        raise Refused(_("Everybody changes their own e-mail; an admin may do it for somebody."))
    email = clean_email(email)
    if email == account.email:
        raise ValidationError({"email": _("This is your e-mail already.")})
    if Account.objects.filter(email__iexact=email).exists():
        return True
    signed = signing.dumps([str(account.uuid), account.email, email], salt=SALT)
    url = address(reverse("accounts:confirm_email", kwargs={"signed": signed}))
    return post(name="email", to=email, language=account.language, context={"url": url, "account": account})


def asked_email(*, account: Any, signed: str) -> str:
    """The address that this link would give the account, "" when the link is not for it, too old or used."""
    try:
        uuid, before, after = signing.loads(signed, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return ""
    return str(after) if uuid == str(account.uuid) and before == account.email else ""


def confirm_email(*, account: Account, signed: str) -> Account:
    """Change to the address the link was mailed to. Raises ValidationError when the link does not work any more."""
    email = asked_email(account=account, signed=signed)
    if not email:
        raise ValidationError(_("This link no longer works. Ask for a new one on the page of your account."))
    return _change(account, email, by=account)


def change_email(*, account: Account, email: str, by: Any) -> Account:
    """An admin gives the account another address. Raises Refused, AccountExists, or ValidationError keyed email."""
    require_admin(by)
    return _change(account, clean_email(email), by=by)


def _change(account: Account, email: str, *, by: Any) -> Account:
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account.pk)
        before = row.email
        if before == email:
            return row
        if Account.objects.filter(email__iexact=email).exclude(pk=row.pk).exists():
            raise AccountExists
        row.email = email
        try:
            with transaction.atomic():
                row.save(update_fields=["email", "updated_at"])
        except IntegrityError:
            raise AccountExists from None
        Invitation.objects.waiting().filter(email__iexact=email).update(revoked_at=row.updated_at)
        record(by=by, verb="accounts.email_changed", about=[row], changes={"email": (before, email)})
    post(name="email_changed", to=before, language=row.language, context={"account": row})
    return row
