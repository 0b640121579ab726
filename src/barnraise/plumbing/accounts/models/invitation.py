"""An invitation: an e-mail address that may make itself an account, once, until a day."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .account import Account


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Named selections of invitations."""

    def waiting(self) -> InvitationQuerySet:
        """Neither accepted nor revoked; some may have expired."""
        return self.filter(used_at=None, revoked_at=None)

    def open(self, *, now: datetime) -> InvitationQuerySet:
        """Those whose link still works."""
        return self.waiting().filter(expires_at__gt=now)


class Invitation(models.Model):
    """Its link is a secret of which only the hash is kept; sending it again makes a new one and the old one dies."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=12, choices=Account.Roles.choices)
    language = models.CharField(_("language"), max_length=10)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True, help_text="When the mail server took the mail; empty: not yet.")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(used_at=None, revoked_at=None),
                name="accounts_invitation_waiting_once",
            )
        ]

    def __str__(self) -> str:
        return self.email

    def is_open(self, *, now: datetime) -> bool:
        """Its link still works."""
        return self.used_at is None and self.revoked_at is None and self.expires_at > now
