"""Addresses that nothing is sent to."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Suppression(models.Model):
    """Nothing is sent to this address, until somebody lifts it. `digest` is a keyed hash of the address in lower case; after
    an erasure it is all that is left of it.
    """

    class Reason(models.TextChoices):
        BOUNCE = "bounce", _("There is no such mailbox")
        SOFT = "soft", _("Mails came back several times")
        COMPLAINT = "complaint", _("The reader complained")
        ASKED = "asked", _("Asked for it")
        IMPORTED = "imported", _("Came with a list")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    address = models.CharField(_("address"), max_length=254, blank=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    since_at = models.DateTimeField(_("since"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    lifted_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("lifted"), null=True
    )
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("lifted by")
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], name="mail_suppressed_once", condition=Q(lifted_at__isnull=True)
            )
        ]
        indexes = [
            models.Index(fields=["since_at", "id"], name="mail_suppressed_since"),
            models.Index(fields=["reason", "since_at", "id"], name="mail_suppressed_reason"),
            models.Index(fields=["lifted_at"], name="mail_suppressed_lifted"),
            models.Index(fields=["address"], name="mail_suppressed_address"),
            models.Index(fields=["digest", "id"], name="mail_suppressed_digest"),
            models.Index(fields=["updated_at", "id"], name="mail_suppressed_updated"),
        ]

    def __str__(self) -> str:
        return self.address or str(_("an address that was erased"))

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("mail:suppression", args=[self.uuid])

    @property
    def is_lifted(self) -> bool:
        """Mails go there again."""
        return self.lifted_at is not None
