"""Invite, send again, revoke, accept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.tokens import digest, new_token
from barnraise.plumbing.journal.services import record

from ..models import Account, Invitation
from ..policies import require_admin
from ..sockets import house, tongue_of
from .add import clean_email, clean_role, make
from .letters import address, mails_are_files, post

LASTS = timedelta(days=14)
"""How long an invitation's link works."""


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of an invitation: its row, its link (known only now), and whether the mail server took the mail."""

    invitation: Invitation
    url: str
    is_sent: bool


def invite(*, email: str, role: str, language: str = "", by: Any) -> Invited:
    """Invite an address to become an account with that role; an earlier waiting invitation of the address ends.

    `language` is that of the mail; "" what the reader is known to prefer, else the partnership's.
    Raises Refused, or ValidationError keyed email or role:
    an account with the address exists, also a deactivated one.
    """
    require_admin(by)
    email, role = clean_email(email), clean_role(role)
    secret, now = new_token("inv"), timezone.now()
    with transaction.atomic():
        _refuse_existing(email)
        Invitation.objects.waiting().filter(email__iexact=email).update(revoked_at=now)
        invitation = Invitation.objects.create(
            email=email,
            role=role,
            language=language or tongue_of(email.strip()) or house().language,
            digest=digest(secret),
            invited_by=by,
            expires_at=now + LASTS,
        )
        record(by=by, verb="accounts.invited", about=[invitation], details={"role": str(role)})
    return _hand_over(invitation, secret)


def resend_invitation(*, invitation: Invitation, by: Any) -> Invited:
    """Mail a new link that works 14 days; the old one is dead. Raises Refused, or ValidationError when it no longer waits."""
    require_admin(by)
    secret, now = new_token("inv"), timezone.now()
    with transaction.atomic():
        row = _waiting(invitation)
        _refuse_existing(row.email)
        row.digest, row.expires_at, row.sent_at = digest(secret), now + LASTS, None
        row.save(update_fields=["digest", "expires_at", "sent_at", "updated_at"])
        record(by=by, verb="accounts.invitation_sent_again", about=[row])
    return _hand_over(row, secret)


def revoke_invitation(*, invitation: Invitation, by: Any) -> Invitation:
    """Its link is dead from now on. Raises Refused, or ValidationError when it no longer waits."""
    require_admin(by)
    with transaction.atomic():
        row = _waiting(invitation)
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at", "updated_at"])
        record(by=by, verb="accounts.invitation_revoked", about=[row])
    return row


def accept_invitation(*, invitation: Invitation, name: str, password: str) -> Account:
    """The account that the invitation promised. Works once; raises ValidationError when the link died meanwhile,
    when the address has an account by now, or when the password is too weak.
    """
    with transaction.atomic():
        row = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
        now = timezone.now()
        if row is None or row.digest != invitation.digest or not row.is_open(now=now):
            raise ValidationError(_("This link no longer works. Ask whoever invited you for a new one."))
        account = make(email=row.email, role=row.role, name=name, password=password, language=row.language)
        row.used_at, row.account = now, account
        row.save(update_fields=["used_at", "account", "updated_at"])
        record(by=account, verb="accounts.joined", about=[account, row], details={"role": account.role})
    return account


def _refuse_existing(email: str) -> None:
    found = Account.objects.filter(email__iexact=email).first()
    if found is None:
        return
    reason = (
        _("There is an account with this e-mail already.")
        if found.is_active
        else _("There is a deactivated account with this e-mail. Reactivate it instead.")
    )
    raise ValidationError({"email": reason})


def _waiting(invitation: Invitation) -> Invitation:
    row = Invitation.objects.select_for_update().waiting().filter(pk=invitation.pk).first()
    if row is None:
        raise ValidationError(_("This invitation has been accepted or revoked already."))
    return row


def _hand_over(invitation: Invitation, secret: str) -> Invited:
    url = address(reverse("accounts:invitation", kwargs={"secret": secret}))
    context = {"url": url, "invitation": invitation}
    was_taken = post(name="invitation", to=invitation.email, language=invitation.language, context=context)
    is_sent = was_taken and not mails_are_files()
    if is_sent:
        invitation.sent_at = timezone.now()
        Invitation.objects.filter(pk=invitation.pk, digest=invitation.digest).update(
            sent_at=invitation.sent_at
        )
    return Invited(invitation=invitation, url=url, is_sent=is_sent)
